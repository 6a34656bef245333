namespace Nabla.Cli;

/// <summary>
/// The rounds of a search: all ranks report to rank 0 what they have finished, and it tells all what to do next. A process alone is rank 0.
/// </summary>
/// <remarks>
/// Between two rounds the thread sleeps, because a rank that waits for a message of MPI takes a processor. All ranks take part in all
/// rounds, so that no message is sent that nobody waits for.
/// </remarks>
/// <param name="pool">The jobs of this rank.</param>
/// <param name="ranks">The ranks; null for this process alone.</param>
/// <param name="asked">Cancelled when a signal asks this process to stop.</param>
internal sealed class SearchRounds(JobPool pool, ICommunicator? ranks, CancellationToken asked)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    /// <summary>Does jobs until rank 0 says that there are no more.</summary>
    /// <param name="lead">Decides, on rank 0; null on the others.</param>
    /// <returns>False if a signal ended the search.</returns>
    /// <exception cref="CommunicationException">Another rank cannot be reached.</exception>
    public bool Run(SearchLead? lead)
    {
        while (true)
        {
            var finished = pool.Take();
            var reports = Gather(new RankReport(pool.Idle, asked.IsCancellationRequested, finished));
            var orders = Share(lead?.Next(reports!));
            if (!orders.IsLast)
                orders.Begin(ranks?.Rank ?? 0, pool);
            lead?.Save();
            if (orders.IsLast)
                return !orders.IsStop;
            if (ranks is null)
                pool.Wait(Between);
            else
                Thread.Sleep(Between);
        }
    }

    /// <returns>[ranks] on rank 0; null elsewhere.</returns>
    private RankReport[]? Gather(RankReport own)
    {
        if (ranks is null)
            return [own];
        return ranks.GatherBytes(own.ToBytes(), 0) is { } all ? Array.ConvertAll(all, RankReport.Read) : null;
    }

    private RankOrders Share(RankOrders? decided) =>
        ranks is null ? decided! : RankOrders.Read(ranks.BroadcastBytes(decided?.ToBytes(), 0));
}
