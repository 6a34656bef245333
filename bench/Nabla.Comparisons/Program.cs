using Nabla.Comparisons;

if (args is [ContenderServer.Command, var kind, var contender, var threads, .. var task])
{
    ContenderServer.Serve(kind, contender, int.Parse(threads), task);
    return 0;
}
Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
if (!LibrarySettings.AreSet)
    return LibrarySettings.Run(args, arguments.Width);

var scope = arguments.Scope;
if (arguments.Names is ["short"])
{
    Workload[] workloads = [.. Workload.All.Where(workload => workload.Name is "W1" or "W4")];
    Console.WriteLine(new QuickComparison(new Scope(workloads, 3, IsQuick: true)).Run());
    return 0;
}
if (scope.IsQuick && arguments.Names.Count == 0)
    arguments.Names.Add("quick");
var comparisons = new (string Name, Func<string?> Run)[]
{
    (ProductContenders.Comparison, () => new ProductComparison(scope).Run()),
    (PredictionContenders.Comparison, () => new PredictionComparison(scope).Run()),
    (TrainingContenders.Comparison, () => new TrainingComparison(scope).Run()),
    ("widths", () => new WidthComparison(WorkloadData.TrainingFor(Workload.All[0])).Run()),
    ("resources", () => new ResourceComparison(scope.Rounds).Run()),
    ("quick", () =>
    {
        string text = new QuickComparison(scope with { IsQuick = true }).Run();
        Console.WriteLine(text);
        return text;
    }),
};
if (arguments.Names.Find(name => comparisons.All(comparison => comparison.Name != name)) is { } unknown)
{
    string known = string.Join(", ", comparisons.Select(comparison => comparison.Name));
    Console.Error.WriteLine($"Unknown comparison '{unknown}'. Use some of {known}, or short alone.");
    return 2;
}
if (arguments.Names.Count == 0)
    arguments.Names.AddRange(comparisons.Select(comparison => comparison.Name).Where(name => name != "quick"));
string folder = Path.Combine(arguments.Out, Machine.Folder);
Directory.CreateDirectory(folder);
foreach (var (name, run) in comparisons.Where(comparison => arguments.Names.Contains(comparison.Name)))
{
    if (run() is not { } text)
        continue;
    string path = Path.Combine(folder, $"{name}.md");
    File.WriteAllText(path, text.TrimEnd() + "\n");
    Console.WriteLine(path);
}
return 0;
