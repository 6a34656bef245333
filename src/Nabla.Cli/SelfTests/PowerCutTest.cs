using System.CommandLine;

namespace Nabla.Cli;

/// <summary>
/// <c>nabla selftest powercut</c>: the power is cut after each operation of a training run that saves checkpoints and models, and any part
/// of what had not been flushed is lost. No file may be damaged, and everything that had been saved must be there.
/// </summary>
internal sealed class PowerCutTest(Terminal terminal)
    : SelfTest("powercut", "After a power cut at any moment, a complete checkpoint is there.", "states of the disk", 100_000, terminal)
{
    private const int MostSubsets = 1 << 10;

    /// <inheritdoc/>
    protected override SelfTestResult Run(ParseResult parse, int n, ulong randomSeed, Terminal outside)
    {
        using var folder = new TemporaryFolder();
        return Cut(RecordedSaves.Record(folder.Path, randomSeed), n, randomSeed, outside.Out, outside.Interruption.Token);
    }

    /// <summary>Cuts the power during recorded saves.</summary>
    /// <param name="saves">The saves.</param>
    /// <param name="n">How often.</param>
    /// <param name="seed">What is lost follows from this.</param>
    /// <param name="findings">Receives what was lost.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    public static SelfTestResult Cut(RecordedSaves saves, int n, ulong seed, TextWriter findings, CancellationToken cancellationToken)
    {
        var disk = new SimulatedDisk(saves.Operations);
        int states = 0, orders = 0, wrong = 0;
        foreach (var (done, lost, torn) in States(disk, saves.Operations.Count, new Random(unchecked((int)seed))).Take(n))
        {
            cancellationToken.ThrowIfCancellationRequested();
            states++;
            orders += torn is null ? 1 : 0;
            if (saves.FindLoss(done, disk.Files(done, lost, torn)) is { } loss && wrong++ < 20)
            {
                findings.WriteLine(
                    $"lost after operation {done}, {saves.Operations[done - 1]}, without {lost.Count} operations: {loss}");
            }
        }
        return new(
            wrong == 0,
            $"{states} states after {saves.Operations.Count} operations of the disk (seed {seed}): {orders} sets of lost operations, "
            + $"{states - orders} with torn writes; {wrong} without the files that were saved");
    }

    /// <summary>First all sets of lost operations, then random ones with torn writes, without end.</summary>
    private static IEnumerable<(int Done, HashSet<int> Lost, Random? Torn)> States(SimulatedDisk disk, int operations, Random random)
    {
        int[][] unsafeAfter = [.. Enumerable.Range(1, operations).Select(disk.Unflushed)];
        for (int done = 1; done <= operations; done++)
        {
            int[] candidates = unsafeAfter[done - 1];
            for (int subset = 0; subset < Math.Min(MostSubsets, 1L << candidates.Length); subset++)
                yield return (done, [.. candidates.Where((_, i) => (subset >> i & 1) != 0)], null);
        }
        int[] torn = [.. Enumerable.Range(1, operations).Where(done => disk.MayTear(unsafeAfter[done - 1]))];
        while (true)
        {
            int done = torn[random.Next(torn.Length)];
            int share = random.Next(4); // of four: from none to most
            yield return (done, [.. unsafeAfter[done - 1].Where(_ => random.Next(4) < share)], random);
        }
    }
}
