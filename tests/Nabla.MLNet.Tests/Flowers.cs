using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet.Tests;

/// <summary>An invented table that can be learned: two features that say something, and one that does not.</summary>
internal static class Flowers
{
    private static readonly string[] Kinds = ["rose", "tulip", "aster"];

    /// <summary>Options that train in a fraction of a second.</summary>
    public static TrainingOptions Quick { get; } = new() { Hidden = [8], Epochs = 4, BatchSize = 16, Seed = 7, Threads = 1 };

    public sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public string Kind { get; set; } = "";

        public float Price { get; set; }

        public bool IsDear { get; set; }

        public float Weight { get; set; } = 1;
    }

    public static Row[] Rows(int count = 90, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float length = random.NextSingle() * 2, width = random.NextSingle() * 2;
            float price = 10 + 3 * length - 2 * width;
            return new Row
            {
                Features = [length, width, random.NextSingle()],
                Kind = Kinds[length < 0.7f ? 0 : width < 1 ? 1 : 2],
                Price = price,
                IsDear = price > 11,
                Weight = 1 + i % 3,
            };
        })];
    }

    public static IDataView View(MLContext context, IEnumerable<Row>? rows = null) => context.Data.LoadFromEnumerable(rows ?? Rows());

    /// <summary>The same rows as a data set of the library.</summary>
    public static Dataset Dataset(IReadOnlyList<Row> rows, Targets targets, bool weighted = false) => new(
        "flowers", FeatureTable.FromFloats([.. rows.SelectMany(row => row.Features)], rows.Count, 3), targets,
        weighted ? [.. rows.Select(row => row.Weight)] : default);
}
