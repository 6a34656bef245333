namespace Nabla.Comparisons;

/// <summary>The data of the workloads: MNIST, or Nabla's own digits where it was not found, and a random table.</summary>
internal static class WorkloadData
{
    public const int TableFeatures = 26;
    public const int TableClasses = 5;

    private const int TableRows = 15_000;

    private static readonly Lazy<(Dataset Train, Dataset Test)> Images = new(
        () => Mnist.Find(MnistOptions.ForProcess()) is { } source ? Mnist.Read(source) : Digits.Load());

    private static readonly Lazy<Dataset> Table = new(CreateTable);

    /// <summary>The images that are predicted.</summary>
    public static Dataset Test => Images.Value.Test;

    /// <summary>The training data of a workload.</summary>
    public static Dataset TrainingFor(Workload workload) => workload.IsTable ? Table.Value : Images.Value.Train;

    /// <summary>A line about the data of workloads.</summary>
    public static string Describe(IReadOnlyList<Workload> workloads) =>
        $"- data: {string.Join(", ", workloads.Select(workload => TrainingFor(workload).Name).Distinct())}";

    /// <summary>Normally distributed features; the class of an example is the greatest of its first features.</summary>
    private static Dataset CreateTable()
    {
        var random = new System.Random(1);
        var values = new float[TableRows * TableFeatures];
        foreach (ref float value in values.AsSpan())
            value = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        var labels = Enumerable.Range(0, TableRows)
            .Select(row => Enumerable.Range(0, TableClasses).MaxBy(column => values[(row * TableFeatures) + column]));
        return new Dataset("random table", FeatureTable.FromFloats(values, TableRows, TableFeatures), ClassTargets.From(labels));
    }
}
