using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Nabla.Tests.Shared;

namespace Nabla.MLNet.Tests;

/// <summary>A table of the test material, read and prepared by ML.NET.</summary>
/// <param name="name">The table's name.</param>
/// <param name="target">The column to predict.</param>
internal sealed class RealTable(string name, string target)
{
    /// <summary>The numbers of people who left a telephone company, and of those who stayed.</summary>
    public static RealTable Churn => new("wa_churn", "churn");

    /// <summary>Prices of houses.</summary>
    public static RealTable Ames => new("ames", "Sale_Price");

    private (string Name, bool IsNumber)[] Columns { get; } = ReadColumns(Repository.SharedOrSkip("tables", $"{name}-train.csv"));

    public IDataView Train(MLContext context) => Load(context, "train");

    public IDataView Test(MLContext context) => Load(context, "test");

    /// <summary>ML.NET's transforms: texts become one-hot categories, missing numbers the mean.</summary>
    public IEstimator<ITransformer> Features(MLContext context)
    {
        string[] texts = [.. Columns.Where(column => !column.IsNumber && column.Name != target).Select(column => column.Name)];
        string[] numbers = [.. Columns.Where(column => column.IsNumber && column.Name != target).Select(column => column.Name)];
        return context.Transforms.Categorical.OneHotEncoding(Pairs(texts))
            .Append(context.Transforms.ReplaceMissingValues(
                Pairs(numbers), Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(context.Transforms.Concatenate("Features", [.. numbers, .. texts]));
    }

    /// <summary>The features, and a column Label: true where the target has this text.</summary>
    public IEstimator<ITransformer> FeaturesAndLabel(MLContext context, string isTrue, string isFalse) => Features(context).Append(
        context.Transforms.Conversion.MapValue("Label", new Dictionary<string, bool> { [isTrue] = true, [isFalse] = false }, target));

    private static InputOutputColumnPair[] Pairs(string[] names) => [.. names.Select(name => new InputOutputColumnPair(name))];

    private IDataView Load(MLContext context, string part)
    {
        TextLoader.Column[] columns = [.. Columns.Select(
            (column, index) => new TextLoader.Column(column.Name, column.IsNumber ? DataKind.Single : DataKind.String, index))];
        return context.Data.CreateTextLoader(columns, separatorChar: ',', hasHeader: true, allowQuoting: true)
            .Load(Repository.SharedOrSkip("tables", $"{name}-{part}.csv"));
    }

    // A column is one of numbers if all of its cells are numbers or empty. No cell of these tables has a comma.
    private static (string Name, bool IsNumber)[] ReadColumns(string path)
    {
        string[][] rows = [.. File.ReadLines(path).Select(line => line.Split(','))];
        return [.. rows[0].Select((column, index) => (column, rows.Skip(1).All(
            row => row[index].Length == 0 || float.TryParse(row[index], CultureInfo.InvariantCulture, out _))))];
    }
}
