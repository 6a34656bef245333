using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>What the command line asks for; bench/compare documents it.</summary>
internal sealed class Arguments
{
    private Arguments()
    {
    }

    /// <summary>Comparisons by name; none for all.</summary>
    public List<string> Names { get; } = [];

    /// <summary>What is trained, multiplied and predicted with.</summary>
    public IReadOnlyList<Workload> Workloads { get; private set; } = Workload.All;

    /// <summary>Measurements of each contender.</summary>
    public int Rounds { get; private set; } = 5;

    /// <summary>Where results go, in a folder for each processor.</summary>
    public string Out { get; private set; } = "results";

    /// <summary>Reads the words of a command line.</summary>
    /// <exception cref="FormatException">A value is missing or is no number.</exception>
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
