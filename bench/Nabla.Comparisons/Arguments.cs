using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>The parsed command line; bench/compare documents it.</summary>
internal sealed class Arguments
{
    /// <summary>All goals in one table.</summary>
    public const string Quick = "--quick";

    /// <summary>The quick comparison of two workloads.</summary>
    public const string Short = "short";

    public const string Widths = "widths";
    public const string Resources = "resources";

    private const string Workloads = "--workloads";
    private const string Rounds = "--rounds";
    private const string WholeEpochs = "--whole-epochs";
    private const int MostRounds = 100;

    /// <summary>What each comparison uses, beside --width and --out.</summary>
    private static readonly Dictionary<string, string[]> Uses = new()
    {
        [ProductContenders.Comparison] = [Workloads, Rounds],
        [PredictionContenders.Comparison] = [Workloads, Rounds],
        [TrainingContenders.Comparison] = [Workloads, Rounds, WholeEpochs],
        [Widths] = [],
        [Resources] = [Rounds],
        [Quick] = [Workloads, Rounds],
        [Short] = [],
    };

    private Arguments()
    {
    }

    /// <summary>Comparisons to run, by name.</summary>
    public List<string> Names { get; } = [];

    /// <summary>How much is measured.</summary>
    public Scope Scope { get; private set; } = new(Workload.All, 5, IsQuick: false);

    /// <summary>Bits of the longest vectors to use, where the processor has longer ones.</summary>
    public int Width { get; private set; } = 512;

    /// <summary>Folder of the results; each processor has its own folder in it.</summary>
    public string Out { get; private set; } = Path.Combine("bench", "results");

    /// <summary>Parses a command line.</summary>
    /// <exception cref="FormatException">A name, option or value is unknown or missing, or a comparison does not use an option.</exception>
    public static Arguments Parse(string[] args)
    {
        var parsed = new Arguments();
        var words = new Queue<string>(args);
        List<string> options = [];
        while (words.TryDequeue(out string? word))
        {
            if (parsed.Read(word, words))
                options.Add(word);
        }
        parsed.Check(options);
        return parsed;
    }

    /// <summary>Reads one word, and the value of an option.</summary>
    /// <returns>Whether the word is an option that not all comparisons use.</returns>
    private bool Read(string word, Queue<string> words)
    {
        string Value() => words.TryDequeue(out string? value) ? value : throw new FormatException($"{word} needs a value.");
        switch (word)
        {
            case Workloads: Scope = Scope with { Workloads = [.. Value().Split(',').Distinct().Select(Find)] }; break;
            case WholeEpochs:
                Scope = Scope with { Workloads = [.. Scope.Workloads.Select(workload => workload with { Steps = 0 })] };
                break;
            case Rounds: Scope = Scope with { Rounds = RoundsIn(Value()) }; break;
            case "--width": Width = WidthIn(Value()); return false;
            case "--out": Out = Value(); return false;
            case var name when Uses.ContainsKey(name): Names.Add(name); return false;
            default:
                string kind = word.StartsWith('-') ? "option" : "comparison";
                throw new FormatException(
                    $"Unknown {kind} '{word}'. Comparisons are {string.Join(", ", Uses.Keys)}; bench/compare --help describes them.");
        }
        return true;
    }

    private void Check(List<string> options)
    {
        if (Names.Find(name => name is Quick or Short) is { } alone && Names.Count > 1)
            throw new FormatException($"{alone} is a comparison of its own: name no other beside it.");
        foreach (string name in Names)
        {
            if (options.Find(option => !Uses[name].Contains(option)) is { } unused)
                throw new FormatException($"{name} does not use {unused}: leave it out.");
        }
        if (Names is [PredictionContenders.Comparison] && Scope.Workloads.All(workload => workload.PredictionGoals is null))
            throw new FormatException("prediction compares W1 and W2 only: name one of them in --workloads.");
        if (Names.Count == 0)
            Names.AddRange(Uses.Keys.Where(name => name is not (Quick or Short)));
    }

    private Workload Find(string name) =>
        Scope.Workloads.FirstOrDefault(workload => workload.Name == name)
        ?? throw new FormatException($"Unknown workload '{name}'. Use some of {string.Join(", ", Scope.Workloads.Select(w => w.Name))}.");

    private static int RoundsIn(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds is > 0 and <= MostRounds
            ? rounds
            : throw new FormatException($"{Rounds} is '{text}'. Use a whole number from 1 to {MostRounds}.");

    private static int WidthIn(string text) =>
        text is "256" or "512"
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : throw new FormatException($"--width is '{text}'. Use 256 or 512.");
}
