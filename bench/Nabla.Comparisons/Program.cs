using Nabla;
using Nabla.Comparisons;

string Value(string option, string otherwise) => Array.LastIndexOf(args, option) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : otherwise;

string[] names = Value("--workloads", "W1,W1-dense,W4,W2,W3").Split(',');
int rounds = int.Parse(Value("--rounds", "5"), System.Globalization.CultureInfo.InvariantCulture);
bool both = !args.Contains("training") && !args.Contains("products");
string folder = Path.Combine(Value("--out", "results"), Machine.Folder);
var workloads = Workload.All
    .Where(workload => names.Contains(workload.Name))
    .Select(workload => args.Contains("--whole-epochs") ? workload with { Steps = 0 } : workload)
    .ToList();

Directory.CreateDirectory(folder);
if (both || args.Contains("products"))
    Write("products.md", new ProductComparison(rounds).Run(workloads));
if (both || args.Contains("training"))
    Write("training.md", new TrainingComparison(Load(), rounds).Run(workloads));

void Write(string name, string text)
{
    string path = Path.Combine(folder, name);
    File.WriteAllText(path, text);
    Console.WriteLine(path);
}

static Dataset Load() => Mnist.Find(MnistOptions.ForProcess()) is { } source ? Mnist.Read(source).Train : Digits.Load(testCount: 1).Train;
