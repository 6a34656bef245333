using System.Globalization;
using System.Text;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Made data for self tests: the same on every machine.</summary>
internal static class SampleData
{
    /// <summary>Bytes, mostly zeros.</summary>
    public static Dataset Digits { get; } = Nabla.Digits.Generate(400, seed: 3);

    /// <summary>Floats and two values for each example.</summary>
    public static Dataset Values { get; } = MakeValues(300, 21);

    /// <summary>Numbers, whole numbers, categories, dates and missing cells, with a class in the column "kind", as CSV.</summary>
    public static string Csv { get; } = MakeTable(400);

    /// <summary>The table in <see cref="Csv"/>.</summary>
    public static Table Table => Table.FromCsv(new StringReader(Csv), name: "made table");

    /// <summary>Floats without zeros, and a class for each example.</summary>
    public static Dataset Numbers(int examples, int features, int classes)
    {
        var random = new Random(examples);
        var labels = new int[examples];
        var values = new float[examples * features];
        for (int i = 0; i < examples; i++)
        {
            labels[i] = i % classes;
            for (int j = 0; j < features; j++)
                values[i * features + j] = random.NextSingle() + (j % classes == labels[i] ? 0.5f : 0.01f);
        }
        string[] names = [.. Enumerable.Range(0, classes).Select(number => $"class {number}")];
        return new Dataset("made numbers", FeatureTable.FromFloats(values, examples, features), new ClassTargets(labels, names));
    }

    private static Dataset MakeValues(int examples, int features)
    {
        var random = new Random(examples);
        var inputs = new float[examples * features];
        var targets = new double[2 * examples];
        for (int i = 0; i < examples; i++)
        {
            for (int j = 0; j < features; j++)
            {
                float value = random.NextSingle() - 0.5f;
                inputs[i * features + j] = value;
                targets[2 * i + j % 2] += j * value;
            }
        }
        return new Dataset(
            "made values", FeatureTable.FromFloats(inputs, examples, features), new ValueTargets(targets, ["first", "second"]));
    }

    private static string MakeTable(int rows)
    {
        var random = new Random(rows);
        string[] colours = ["red", "green", "blue", "amber"];
        var csv = new StringBuilder("size,count,colour,day,kind\n");
        for (int i = 0; i < rows; i++)
        {
            int colour = random.Next(colours.Length), count = random.Next(100);
            double size = random.NextDouble() * 10;
            string shown = random.Next(10) == 0 ? "" : size.ToString("0.000", CultureInfo.InvariantCulture);
            string kind = size + colour > 7 ? "large" : count > 50 ? "many" : "few";
            csv.Append(CultureInfo.InvariantCulture, $"{shown},{count},{colours[colour]},2024-{1 + i % 12:00}-{1 + i % 28:00},{kind}\n");
        }
        return csv.ToString();
    }
}
