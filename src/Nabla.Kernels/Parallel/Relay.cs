namespace Nabla.Kernels;

/// <summary>How far each of some stages has come, where each goes over the same places and needs what the stage before it left there.</summary>
/// <remarks>
/// Whoever takes a stage does it at once, and then takes what is left beginning with the first: so somebody is always at work on the first that is not done, and nobody
/// waits for ever.
/// </remarks>
internal sealed class Relay(int stages)
{
    // Stages that share a cache line would make each other wait. Processors fetch lines in pairs.
    private const int Distance = 2 * Cache.LineBytes / sizeof(int);

    private readonly int[] taken = new int[stages];
    private readonly int[] reached = new int[BufferSize.Elements("The places of the stages", sizeof(int), stages + 1, Distance)];

    /// <summary>All stages are at the beginning, and nobody's.</summary>
    public void Begin()
    {
        Array.Clear(taken);
        Array.Clear(reached);
    }

    /// <summary>Takes a stage, if nobody has.</summary>
    public bool TryTake(int stage) => Volatile.Read(ref taken[stage]) == 0 && Interlocked.Exchange(ref taken[stage], 1) == 0;

    /// <summary>A stage is done with all places below this one.</summary>
    public void Reached(int stage, int place) => Volatile.Write(ref reached[Place(stage)], place);

    /// <summary>Waits until a stage is.</summary>
    public void WaitFor(int stage, int place)
    {
        for (int looks = 0; Volatile.Read(ref reached[Place(stage)]) < place; looks++)
            Waiting.Pause(looks);
    }

    private static int Place(int stage) => (stage + 1) * Distance;
}
