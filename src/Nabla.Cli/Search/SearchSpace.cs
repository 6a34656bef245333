using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>The options that a search tries, and their combinations.</summary>
/// <param name="options">At least one, each with another name.</param>
internal sealed class SearchSpace(TriedOption[] options)
{
    /// <summary>An example of a tried option, for messages.</summary>
    public const string Example = "--try \"learning-rate=0.001 0.01\"";

    private const int MostTrials = 100_000;
    private const int MostRepeats = 1000;

    /// <summary>The options, in the order of the command line.</summary>
    public TriedOption[] Options { get; } = options;

    /// <summary>Reads the values of <c>--try</c>.</summary>
    /// <exception cref="UsageException">There are none, an option is tried twice, or a value is wrong.</exception>
    public static SearchSpace Read(IReadOnlyList<string> texts, TrialCommand trial)
    {
        if (texts.Count == 0)
            throw new UsageException("--try is missing", "it names an option and the values to try", Example);
        var options = new TriedOption[texts.Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < options.Length; i++)
        {
            options[i] = TriedOption.Read(texts[i], trial);
            if (!names.Add(options[i].Name))
                throw new UsageException($"{options[i].Name} is tried twice", "each option has one list of values", Example);
        }
        return new SearchSpace(options);
    }

    /// <summary>All combinations of values, [trials][options]; the values of the last option change first.</summary>
    /// <exception cref="UsageException">An option has a range, or there are too many combinations.</exception>
    public IReadOnlyList<string[]> Grid()
    {
        double count = 1;
        foreach (var option in Options)
        {
            if (option.IsRange)
            {
                throw new UsageException(
                    $"all values of {option.Name} cannot be tried", "it has a range", "Name some values, or draw some with --trials N.");
            }
            count *= option.Values.Length;
        }
        if (count > MostTrials)
        {
            throw new UsageException(
                $"{count:0} combinations are too many", $"at most {MostTrials} can be tried", "Draw some at random with --trials N.");
        }
        var trials = new List<string[]> { Array.Empty<string>() };
        foreach (var option in Options)
            trials = [.. trials.SelectMany(trial => option.Values.Select(value => (string[])[.. trial, value]))];
        return trials;
    }

    /// <summary>Random combinations, [trials][options], all different; fewer than asked for if no more are found.</summary>
    /// <param name="count">Number of combinations.</param>
    /// <param name="seed">Decides which.</param>
    /// <exception cref="UsageException">They are too many.</exception>
    public IReadOnlyList<string[]> Draw(int count, ulong seed)
    {
        if (count > MostTrials)
            throw new UsageException($"{count} trials are too many", $"at most {MostTrials} are possible", $"--trials {MostTrials}");
        var trials = new List<string[]>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (trials.Count < count && DrawOther(known, seed, trials.Count) is { } trial)
            trials.Add(trial);
        return trials;
    }

    /// <returns>Null if all seem to be known.</returns>
    private string[]? DrawOther(HashSet<string> known, ulong seed, int number)
    {
        var stream = new RandomStream(seed, RandomPurpose.Search, (ulong)number);
        for (int repeat = 0; repeat < MostRepeats; repeat++)
        {
            var trial = new string[Options.Length];
            for (int i = 0; i < trial.Length; i++)
                trial[i] = Options[i].Draw(ref stream);
            if (known.Add(string.Join('\n', trial)))
                return trial;
        }
        return null;
    }
}
