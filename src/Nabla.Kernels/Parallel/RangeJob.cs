namespace Nabla.Kernels;

/// <summary>Work on a range of outputs, any part of which can be done by itself.</summary>
internal interface IRangeJob
{
    /// <summary>Computes the outputs from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    void Execute(int start, int end);
}

/// <summary>Cuts a range among the threads of a team.</summary>
/// <typeparam name="TJob">Holds pointers rather than references: it lives on the caller's stack.</typeparam>
internal struct RangeJob<TJob>(TJob job, int length, int grain) : IParallelJob
    where TJob : unmanaged, IRangeJob
{
    /// <summary>Computes the outputs from 0 to before <paramref name="length"/>.</summary>
    /// <param name="team">The threads that share the work.</param>
    /// <param name="job">The work.</param>
    /// <param name="length">Number of outputs.</param>
    /// <param name="grain">Parts begin at multiples of it: a cache line that two threads write would wander between them.</param>
    /// <param name="worthAThread">Outputs that a thread must have to compute before waking it pays.</param>
    public static void Run(ThreadTeam team, TJob job, int length, int grain, int worthAThread)
    {
        var ranges = new RangeJob<TJob>(job, length, grain);
        team.Run(ref ranges, Partition.WorthwhileParts(length, worthAThread, team.Threads));
    }

    public readonly void Execute(int part, int parts)
    {
        var (start, end) = Partition.Range(length, grain, part, parts);
        if (start < end)
            job.Execute(start, end);
    }
}
