namespace Nabla.Kernels;

/// <summary>
/// Tracks the progress of pipeline stages. Each stage visits the same places in order, and needs the result of the previous stage at each
/// place.
/// </summary>
/// <remarks>
/// A thread that claims a stage must run it at once, and then claim the first stage not yet claimed. The first unfinished stage is
/// therefore always running, and no thread waits forever.
/// </remarks>
internal sealed class Relay(int stages)
{
    // Stages that share a cache line would make each other wait. Processors fetch lines in pairs.
    private const int Distance = 2 * Cache.LineBytes / sizeof(int);

    private readonly int[] taken = new int[stages];
    private readonly int[] reached = new int[BufferSize.Elements("The progress of the stages", sizeof(int), stages + 1, Distance)];

    /// <summary>Resets all stages: none is claimed, and none has visited a place.</summary>
    public void Begin()
    {
        Array.Clear(taken);
        Array.Clear(reached);
    }

    /// <summary>Claims a stage, unless another thread has claimed it.</summary>
    public bool TryTake(int stage) => Volatile.Read(ref taken[stage]) == 0 && Interlocked.Exchange(ref taken[stage], 1) == 0;

    /// <summary>Reports that a stage has finished all places before this one.</summary>
    public void Reached(int stage, int place) => Volatile.Write(ref reached[Place(stage)], place);

    /// <summary>Waits until a stage has finished all places before this one.</summary>
    public void WaitFor(int stage, int place)
    {
        for (int checks = 0; Volatile.Read(ref reached[Place(stage)]) < place; checks++)
            Waiting.Pause(checks);
    }

    private static int Place(int stage) => (stage + 1) * Distance;
}
