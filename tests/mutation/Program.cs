using System.Diagnostics;
using System.Globalization;
using Nabla.Mutation;

// dotnet run -c Release --project tests/mutation -- --areas Losses,Optimizers --n 200 --seed 1 --minutes 60
string[] areas = Option("areas", string.Join(',', Area.All.Select(area => area.Name))).Split(',');
int n = Number("n", 200), seed = Number("seed", 1), minutes = Number("minutes", 600), parallel = Number("parallel", 2);
var clock = Stopwatch.StartNew();
int found = 0, tried = 0;
foreach (var area in areas.Select(name => Area.All.Single(area => area.Name == name)))
{
    var (areaFound, areaTried) = Try(area, n / areas.Length);
    found += areaFound;
    tried += areaTried;
}
Console.WriteLine($"all: {Score(found, tried)}; n {n}, seed {seed}");
return 0;

(int Found, int Tried) Try(Area area, int share)
{
    string folder = Copy(area);
    var command = new CompilerCommand(Repository("src", area.Project, area.Project + ".csproj"));
    var mutants = MutatedAssembly.Write(area, command, Path.Combine(folder, area.Project + ".dll"));
    Console.WriteLine($"{area.Name}: {mutants.Count} mutants compile");
    var runs = new TestRuns(Path.Combine(folder, area.Tests + ".dll"));
    foreach (string name in area.Classes)
        runs.Record(name);
    var sample = mutants.ToArray();
    new Random(seed).Shuffle(sample);
    int areaFound = 0, areaTried = 0;
    Parallel.ForEach(sample.Take(share), new ParallelOptions { MaxDegreeOfParallelism = parallel }, mutant =>
    {
        if (clock.Elapsed.TotalMinutes > minutes)
            return;
        bool? result = runs.Finds(mutant);
        Interlocked.Increment(ref areaTried);
        if (result == true)
            Interlocked.Increment(ref areaFound);
        else
            Console.WriteLine($"  {(result is null ? "not reached" : "survived")}: {mutant}");
    });
    Console.WriteLine($"{area.Name}: {Score(areaFound, areaTried)}");
    return (areaFound, areaTried);
}

// The tests as they were built, in a folder where an assembly can be replaced.
string Copy(Area area)
{
    string from = Repository("tests", area.Tests, "bin", "Release", "net10.0"), to = Repository("artifacts", "mutation", area.Name);
    if (Directory.Exists(to))
        Directory.Delete(to, recursive: true);
    foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
    {
        string copy = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy);
    }
    return to;
}

string Repository(params string[] path)
{
    string root = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(root, "Nabla.slnx")))
        root = Path.GetDirectoryName(root)!;
    return Path.Combine([root, .. path]);
}

string Score(int hits, int of) => $"{hits} of {of} mutants found, {100.0 * hits / Math.Max(of, 1):F1} %";

string Option(string name, string fallback) => Array.IndexOf(args, "--" + name) is >= 0 and var at ? args[at + 1] : fallback;

int Number(string name, int fallback) => int.Parse(Option(name, $"{fallback}"), CultureInfo.InvariantCulture);
