using System.Diagnostics;
using System.Globalization;

namespace Nabla.Fuzz;

/// <summary>The command line: --reader NAME|all, --seed S, --n EXECUTIONS, --seconds T, --first K, --replay K, --save FILE.</summary>
internal sealed class FuzzCommand
{
    private const int Batch = 64; // executions of one reader before the next one's turn
    private const int LongestExecution = 30; // seconds until the watchdog gives up on an execution

    private readonly Dictionary<string, string> options;
    private readonly ulong seed;
    private (int Run, long Index, int Seconds) watched; // the execution that the watchdog saw last

    private FuzzCommand(Dictionary<string, string> options)
    {
        this.options = options;
        seed = ulong.Parse(options.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture);
    }

    /// <summary>Whether arguments are ours, and not those of the test runner.</summary>
    public static bool IsMeant(string[] args) => args is ["--reader" or "--n" or "--seconds", ..];

    public static int Run(string[] args)
    {
        if (args.Length % 2 != 0)
        {
            Console.Error.WriteLine("Each option takes a value; see tests/Nabla.Fuzz/README.md.");
            return 2;
        }
        var command = new FuzzCommand(args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]));
        return command.options.ContainsKey("--replay") ? command.Replay() : command.Fuzz();
    }

    private FuzzTarget[] Targets()
    {
        string name = options.GetValueOrDefault("--reader", "all");
        FuzzTarget[] chosen = [.. FuzzTargets.All().Where(target => name == "all" || name.Split(',').Contains(target.Name))];
        return chosen.Length > 0
            ? chosen
            : throw new ArgumentException($"{name} is not one of {string.Join(", ", FuzzTargets.All().Select(target => target.Name))}.");
    }

    private long Number(string option, long otherwise) =>
        options.TryGetValue(option, out string? text) ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Makes the file of one execution again, and says what becomes of it.</summary>
    private int Replay()
    {
        var target = Targets()[0];
        byte[] file = target.Make(new Rng(seed, target.Name, Number("--replay", 0)));
        if (options.TryGetValue("--save", out string? path))
            File.WriteAllBytes(path, file);
        var run = new FuzzRun(target, seed);
        run.ReadSamples();
        string? finding = run.Judge(file);
        string what = run.Accepted > 0 ? "accepted" : "refused";
        Console.WriteLine($"{target.Name}: {file.Length} bytes, {what}: {finding ?? "nothing is wrong"}");
        try
        {
            target.Read(file);
        }
        catch (NablaException error)
        {
            Console.WriteLine(error.Message);
        }
        return finding is null ? 0 : 1;
    }

    /// <summary>All readers in turn, so that each has its share of the time.</summary>
    private int Fuzz()
    {
        var targets = Targets();
        long each = Number("--n", options.ContainsKey("--seconds") ? long.MaxValue : 100_000) / targets.Length;
        var until = TimeSpan.FromSeconds(Number("--seconds", int.MaxValue / 1000));
        FuzzRun[] runs = [.. targets.Select(target => new FuzzRun(target, seed))];
        var times = new TimeSpan[runs.Length];
        using var watchdog = new Timer(_ => Watch(targets, runs), null, 1000, 1000);
        foreach (var run in runs)
            run.ReadSamples();
        var clock = Stopwatch.StartNew();
        var active = new HashSet<int>(Enumerable.Range(0, runs.Length));
        long first = Number("--first", 0);
        for (long done = 0; active.Count > 0 && done < each && clock.Elapsed < until; done += Batch)
        {
            foreach (int i in active.ToList())
            {
                var began = clock.Elapsed;
                for (long index = done; index < Math.Min(done + Batch, each); index++)
                {
                    if (!runs[i].Execute(first + index))
                        active.Remove(i);
                }
                times[i] += clock.Elapsed - began;
            }
        }
        return Report(targets, runs, times);
    }

    private int Report(FuzzTarget[] targets, FuzzRun[] runs, TimeSpan[] times)
    {
        Console.WriteLine("reader       executions   accepted    refused  per second  memory  slowest");
        foreach (var (i, run) in runs.Index())
        {
            double rate = run.Executions / Math.Max(times[i].TotalSeconds, 1e-9);
            Console.WriteLine(FormattableString.Invariant(
                $"{targets[i].Name,-11}{run.Executions,12}{run.Accepted,11}{run.Executions - run.Accepted,11}{rate,12:F0}{
                    run.LargestShare,8:P0}{run.Slowest.TotalMilliseconds,7:F0} ms"));
        }
        string[] findings = [.. runs.SelectMany(run => run.Findings)];
        foreach (string finding in findings)
            Console.WriteLine(finding);
        long total = runs.Sum(run => run.Executions);
        Console.WriteLine(FormattableString.Invariant(
            $"{total} executions with seed {seed} in {times.Sum(time => time.TotalSeconds):F0} s, {findings.Length} findings"));
        return findings.Length == 0 ? 0 : 1;
    }

    /// <summary>
    /// Called each second. Ends the process if an execution does not end; time in which the whole process was stopped does not count.
    /// </summary>
    private void Watch(FuzzTarget[] targets, FuzzRun[] runs)
    {
        var (at, current) = runs.Select(run => run.Current).Index().MaxBy(each => each.Item.Began);
        bool isSame = current.Began != 0 && watched.Run == at && watched.Index == current.Index;
        watched = (at, current.Index, isSame ? watched.Seconds + 1 : 0);
        if (watched.Seconds < LongestExecution)
            return;
        Console.WriteLine($"{targets[at].Name}: an execution does not end. "
            + $"Repeat it with --reader {targets[at].Name} --seed {seed} --replay {current.Index}");
        Environment.Exit(1);
    }
}
