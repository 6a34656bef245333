using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>The parsed command line; bench/compare documents it.</summary>
internal sealed class Arguments
{
    private Arguments()
    {
    }

    /// <summary>Comparisons to run, by name; empty for all.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Workloads of the products, prediction and training comparisons.</summary>
    public IReadOnlyList<Workload> Workloads { get; private set; } = Workload.All;

    /// <summary>Measurements of each contender.</summary>
    public int Rounds { get; private set; } = 5;

    /// <summary>Folder of the results; each processor has its own folder in it.</summary>
    public string Out { get; private set; } = "results";

    /// <summary>Parses a command line.</summary>
    /// <exception cref="FormatException">A value is missing or is not a number.</exception>
    public static Arguments Parse(string[] args)
    {
        var parsed = new Arguments();
        var words = new Queue<string>(args);
        while (words.TryDequeue(out string? word))
        {
            string Value() => words.TryDequeue(out string? value) ? value : throw new FormatException($"{word} needs a value.");
            switch (word)
            {
                case "--workloads":
                    string[] names = Value().Split(',');
                    parsed.Workloads = [.. parsed.Workloads.Where(workload => names.Contains(workload.Name))];
                    break;
                case "--whole-epochs":
                    parsed.Workloads = [.. parsed.Workloads.Select(workload => workload with { Steps = 0 })];
                    break;
                case "--rounds":
                    parsed.Rounds = int.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--out":
                    parsed.Out = Value();
                    break;
                default:
                    parsed.Names.Add(word);
                    break;
            }
        }
        return parsed;
    }
}
