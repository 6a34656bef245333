using System.Text;
using Nabla.Tables;

namespace Nabla.Studio;

/// <summary>The data sets that can be chosen. Each is loaded when it is first needed. Thread-safe.</summary>
/// <param name="mnist">Where MNIST may be. It is not downloaded.</param>
/// <param name="given">Data that the studio was given; null if there are none.</param>
internal sealed class DataShelf(MnistOptions mnist, GivenData? given)
{
    public const string Mnist = "mnist", Digits = "digits", Given = "given";

    private readonly Dictionary<string, StudioData> loaded = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly bool hasMnist = Nabla.Mnist.Find(mnist) is not null;
    private volatile SentFile? sent; // the last one

    /// <summary>The data for the default model: MNIST if it is on this machine.</summary>
    public string Default => hasMnist ? Mnist : Digits;

    /// <summary>
    /// Keeps a file that the user sent, in place of the one before. Each has a name of its own, so that a page does not train on a file
    /// that another page has sent since.
    /// </summary>
    public void Keep(Upload file) => sent = new SentFile((sent?.Number ?? 0) + 1, file);

    /// <summary>What the page offers.</summary>
    public IReadOnlyList<DataMessage> List()
    {
        var all = new List<DataMessage>();
        if (given is not null)
            all.Add(new(Given, given.Title, "The data that the studio was started with.", Usual));
        if (hasMnist)
            all.Add(new(Mnist, "MNIST", "70,000 handwritten digits of 28 x 28 pixels, ten classes.", Usual));
        all.Add(new(Digits, "Digits", "70,000 digits of 28 x 28 pixels that this program draws itself.", Usual));
        all.AddRange(Shape.All.Select(shape => new DataMessage(shape.Name, shape.Title, shape.Description, shape.Defaults)));
        if (sent is { } last)
            all.Add(new(last.Name, last.File.Name, "The file that you chose.", Usual) { Columns = last.File.Columns });
        return all;
    }

    /// <summary>Loads data.</summary>
    /// <param name="name">One of the names in <see cref="List"/>.</param>
    /// <param name="target">The column of a table to predict.</param>
    /// <param name="options">
    /// How to train on them: the seed decides which examples are held out if the data have no test set, and the loss whether targets that
    /// could be both are classes or values.
    /// </param>
    /// <exception cref="InvalidInputException">There are no such data, or they cannot be used.</exception>
    public StudioData Load(string name, string? target, TrainingOptions options)
    {
        if (name.StartsWith(SentFile.Prefix, StringComparison.Ordinal))
            return sent is { } last && last.Name == name ? last.File.Read(target, options) : throw Replaced();
        if (name == Given)
            return (given ?? throw Unknown(name)).Load(options);
        lock (gate)
        {
            if (!loaded.TryGetValue(name, out var data))
                loaded.Add(name, data = LoadNamed(name));
            return data;
        }
    }

    private static IReadOnlyDictionary<string, string> Usual { get; } =
        new Dictionary<string, string> { ["layers"] = "128", ["activation"] = "relu", ["batch-size"] = "128", ["epochs"] = "5" };

    private StudioData LoadNamed(string name) => name switch
    {
        Mnist when hasMnist => Named(Mnist, "MNIST", Nabla.Mnist.Load(mnist), "var (train, test) = Mnist.Load();"),
        Digits => Named(Digits, "Digits", Nabla.Digits.Load(), "var (train, test) = Digits.Load();"),
        _ => LoadShape(Shape.All.Concat(Shape.ForLessons).FirstOrDefault(shape => shape.Name == name) ?? throw Unknown(name)),
    };

    private static StudioData Named(string name, string title, (Dataset Train, Dataset Test) sets, string code) =>
        new(title, sets.Train, sets.Test, name, code);

    private static StudioData LoadShape(Shape shape)
    {
        var fitted = TableDataset.Fit(Open(shape.TrainTable, shape.Name), new TableOptions { Targets = ["class"] });
        var test = fitted.Encoding.Encode(Open(shape.TestTable, shape.Name));
        return new StudioData(
            shape.Title, fitted.Data, test.Data,
            $"{shape.Name}.csv --target class --validation {shape.Name}-test.csv --preset default",
            $$"""
            var table = TableDataset.Fit(Table.FromCsv("{{shape.Name}}.csv"), new TableOptions { Targets = ["class"] });
            var train = table.Data;
            var test = table.Encoding.Encode(Table.FromCsv("{{shape.Name}}-test.csv")).Data;
            """)
        {
            Files = [$"{shape.Name}.csv", $"{shape.Name}-test.csv"], Encoding = fitted.Encoding,
        };
    }

    private static Table Open(string csv, string name) => Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(csv)), null, name);

    private static InvalidInputException Unknown(string name) =>
        new("cannot train", "the data", $"there are no data named {name}", "Choose one of the data sets of the page.");

    private InvalidInputException Replaced() => new(
        "cannot train", "the file",
        sent is { } last ? $"it is no longer kept, because another one was sent: {last.File.Name}" : "it is no longer kept",
        "Choose the file again.");

    /// <summary>A file, and its name in requests.</summary>
    private sealed record SentFile(int Number, Upload File)
    {
        public const string Prefix = "upload-";

        public string Name => $"{Prefix}{Number}";
    }
}
