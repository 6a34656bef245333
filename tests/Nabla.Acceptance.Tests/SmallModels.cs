using System.Globalization;
using Nabla.Tables;

namespace Nabla.Acceptance.Tests;

/// <summary>Small trained classifiers of three kinds, as their users get them: saved, and loaded again.</summary>
internal static class SmallModels
{
    private static readonly TrainingOptions Options = new() { Hidden = [16, 8], Epochs = 3, BatchSize = 16, Seed = 3 };

    /// <summary>Digits, as bytes.</summary>
    public static (Classifier Model, Dataset Data) Bytes(string folder) => Train(Digits.Generate(500, seed: 5), folder);

    /// <summary>Points around the centres of three classes, as floats.</summary>
    public static (Classifier Model, Dataset Data) Floats(string folder) => Train(
        Dataset.From(Measurements(500), row => [row.Length, row.Width], row => row.Species, "points"), folder);

    /// <summary>A CSV file with a column of numbers, a column of texts and a column of classes.</summary>
    public static (Classifier Model, Dataset Data, TableEncoding Encoding, string Path) Table(string folder)
    {
        string path = Path.Combine(folder, "table.csv");
        File.WriteAllText(path, "length,width,colour,species\n" + string.Concat(Measurements(500).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{row.Length},{row.Width},{row.Colour},{row.Species}\n"))));
        var fitted = TableDataset.Fit(Tables.Table.FromCsv(path), new TableOptions { Targets = ["species"] });
        var model = Classifier.Train(fitted.Data, Options);
        model.Notes[TableModel.NoteKey] = fitted.Encoding.ToJson();
        model.Save(PathOf(folder));
        return (Classifier.Load(PathOf(folder)), fitted.Data, fitted.Encoding, path);
    }

    /// <summary>The path that a model is saved at.</summary>
    public static string PathOf(string folder) => Path.Combine(folder, "model.safetensors");

    private static (Classifier Model, Dataset Data) Train(Dataset data, string folder)
    {
        Classifier.Train(data, Options).Save(PathOf(folder));
        return (Classifier.Load(PathOf(folder)), data);
    }

    private static IEnumerable<(double Length, double Width, string Colour, string Species)> Measurements(int count)
    {
        string[] colours = ["red", "white", "blue"], species = ["setosa", "versicolor", "virginica"];
        for (int i = 0; i < count; i++)
        {
            int kind = i % 3;
            yield return (1.5 * kind + i * 37 % 101 / 50.0, 3 - kind + i * 53 % 97 / 64.0, colours[i * 29 % 89 % 3], species[kind]);
        }
    }

    /// <summary>A table of two species of flowers that differ in length and colour.</summary>
    public static string FlowerTable() => "length,colour,species\n" + string.Concat(
        Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? $"{1 + i % 5}.5,red,setosa\n" : $"{6 + i % 4}.25,blue,virginica\n"));
}
