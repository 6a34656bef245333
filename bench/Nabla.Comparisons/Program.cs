using Nabla;
using Nabla.Comparisons;

var data = new Lazy<(Dataset Train, Dataset Test)>(
    () => Mnist.Find(MnistOptions.ForProcess()) is { } source ? Mnist.Read(source) : Digits.Load());

if (args is [ContenderServer.Command, "training", ..])
{
    TrainingContender.Serve(args[2..], data.Value.Train);
    return 0;
}
if (args is [ContenderServer.Command, "products", ..])
{
    ProductContender.Serve(args[2..]);
    return 0;
}
var arguments = Arguments.Parse(args);
var comparisons = new (string Name, Func<string?> Run)[]
{
    ("products", () => new ProductComparison(arguments.Rounds).Run(arguments.Workloads)),
    ("prediction", () => new PredictionComparison(data.Value.Train, data.Value.Test, arguments.Rounds).Run(arguments.Workloads)),
    ("training", () => new TrainingComparison(data.Value.Train, arguments.Rounds).Run(arguments.Workloads)),
    ("widths", () => new WidthComparison(data.Value.Train).Run()),
    ("resources", () => new ResourceComparison(arguments.Rounds).Run()),
};

if (arguments.Names is ["short"])
{
    new ShortComparison(data.Value.Train, data.Value.Test).Run(Console.Out);
    return 0;
}
if (arguments.Names.Find(name => comparisons.All(comparison => comparison.Name != name)) is { } unknown)
{
    string known = string.Join(", ", comparisons.Select(comparison => comparison.Name));
    Console.Error.WriteLine($"Unknown comparison '{unknown}'. Use some of {known}, or short alone.");
    return 2;
}
string folder = Path.Combine(arguments.Out, Machine.Folder);
Directory.CreateDirectory(folder);
foreach (var (name, run) in comparisons.Where(comparison => arguments.Names.Count == 0 || arguments.Names.Contains(comparison.Name)))
{
    if (run() is not { } text)
        continue;
    string path = Path.Combine(folder, $"{name}.md");
    File.WriteAllText(path, text);
    Console.WriteLine(path);
}
return 0;
