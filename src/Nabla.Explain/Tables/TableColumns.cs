using Nabla.Tables;

namespace Nabla.Explain;

/// <summary>The columns of a table among the features of its rows.</summary>
internal static class TableColumns
{
    /// <summary>Requires that features are those of an encoded table, in memory.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void Require(TableEncoding encoding, FeatureTable inputs)
    {
        if (inputs.IsBytes || inputs.Columns != encoding.FeatureNames.Count || !inputs.Origins.IsEmpty || !inputs.IsInMemory)
            throw new ArgumentException($"The encoding gives {encoding.FeatureNames.Count} features in memory, and the data are {inputs}.");
    }

    /// <summary>Where the features of a column begin.</summary>
    public static int StartOf(TableEncoding encoding, int column) => encoding.Columns.Take(column).Sum(before => before.Width);

    /// <summary>The data with other features.</summary>
    /// <param name="data">Rows of a table.</param>
    /// <param name="values">[rows, features].</param>
    public static Dataset With(Dataset data, float[] values) => new(
        data.Name, FeatureTable.FromFloats(values, data.Inputs.Rows, data.Inputs.Columns, data.Inputs.Indicators), data.Targets,
        data.Weights, data.InputShape);
}
