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

    /// <summary>How much is measured.</summary>
    public Scope Scope { get; private set; } = new(Workload.All, 5, IsQuick: false);

    /// <summary>Bits of the longest vectors to use, where the processor has longer ones.</summary>
    public int Width { get; private set; } = 512;

    /// <summary>Folder of the results; each processor has its own folder in it.</summary>
    public string Out { get; private set; } = Path.Combine("bench", "results");

    /// <summary>Parses a command line.</summary>
    /// <exception cref="FormatException">A value is missing, is not a number or is not known.</exception>
    public static Arguments Parse(string[] args)
    {
        var parsed = new Arguments();
        var words = new Queue<string>(args);
        while (words.TryDequeue(out string? word))
        {
            string Value() => words.TryDequeue(out string? value) ? value : throw new FormatException($"{word} needs a value.");
            var scope = parsed.Scope;
            switch (word)
            {
                case "--workloads":
                    string[] names = Value().Split(',');
                    parsed.Scope = scope with { Workloads = [.. names.Select(name => Find(scope.Workloads, name))] };
                    break;
                case "--whole-epochs":
                    parsed.Scope = scope with { Workloads = [.. scope.Workloads.Select(workload => workload with { Steps = 0 })] };
                    break;
                case "--rounds":
                    parsed.Scope = scope with { Rounds = int.Parse(Value(), CultureInfo.InvariantCulture) };
                    break;
                case "--quick":
                    parsed.Scope = scope with { IsQuick = true };
                    break;
                case "--width":
                    parsed.Width = Value() switch
                    {
                        "256" => 256,
                        "512" => 512,
                        string width => throw new FormatException($"The width is {width}. Use 256 or 512."),
                    };
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

    private static Workload Find(IReadOnlyList<Workload> workloads, string name) =>
        workloads.FirstOrDefault(workload => workload.Name == name)
        ?? throw new FormatException($"Unknown workload '{name}'. Use some of {string.Join(", ", workloads.Select(w => w.Name))}.");
}
