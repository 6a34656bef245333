using System.Diagnostics;
using System.Globalization;

namespace Nabla.Mutation;

/// <summary>Runs the test classes of an area, each in a process of its own.</summary>
/// <param name="program">The dll of the tests, beside the mutated assembly.</param>
internal sealed class TestRuns(string program)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly List<(string Name, HashSet<int> Reached, TimeSpan Time)> classes = [];

    /// <summary>Runs a class with all mutants off: what it reaches, and how long it takes. It has to pass.</summary>
    public void Record(string name)
    {
        string file = Path.Combine(Path.GetDirectoryName(program)!, name + ".reached");
        File.Delete(file);
        var watch = Stopwatch.StartNew();
        bool? passed = Processes.Succeeds(
            "dotnet", Arguments(name), new Dictionary<string, string> { [MutantSwitch.Reached] = file }, Patience);
        if (passed != true)
        {
            Console.WriteLine($"  {name} is left out: it fails without a mutant.");
            return;
        }
        int[] reached = File.Exists(file)
            ? [.. File.ReadLines(file).Select(line => int.Parse(line, CultureInfo.InvariantCulture))]
            : [];
        classes.Add((name, [.. reached], watch.Elapsed));
        Console.WriteLine($"  {name}: {reached.Length} mutants reached in {watch.Elapsed.TotalSeconds:F1} s");
    }

    /// <summary>Whether a test fails, or takes far too long, with a mutant on; null if no test reaches it.</summary>
    public bool? Finds(Mutant mutant)
    {
        var reaching = classes.Where(c => c.Reached.Contains(mutant.Id)).OrderBy(c => c.Time).ToArray();
        if (reaching.Length == 0)
            return null;
        var environment = new Dictionary<string, string>
        {
            [MutantSwitch.Active] = mutant.Id.ToString(CultureInfo.InvariantCulture),
        };
        return reaching.Any(c => Processes.Succeeds(
            "dotnet", Arguments(c.Name), environment, TimeSpan.FromSeconds(20) + 4 * c.Time) != true);
    }

    private string[] Arguments(string name) => [program, "-noLogo", "-noColor", "-stopOnFail", "-class", "*." + name];
}
