using Nabla.Tables;

namespace Nabla.Explain;

/// <summary>The columns of a table among the features of its rows.</summary>
internal static class TableColumns
{
    /// <summary>Requires that features are those of an encoded table.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void Require(TableEncoding encoding, FeatureTable inputs)
    {
        if (inputs.IsBytes || inputs.Columns != encoding.FeatureNames.Count || !inputs.Origins.IsEmpty)
            throw new ArgumentException($"The encoding gives {encoding.FeatureNames.Count} features, and the data are {inputs}.");
    }

    /// <summary>Some rows, in memory.</summary>
    /// <param name="encoding">How the table became features.</param>
    /// <param name="data">All rows, in memory or on disk.</param>
    /// <param name="most">The most rows.</param>
    /// <exception cref="ArgumentException">The features are not those of an encoded table.</exception>
    public static Dataset Sample(TableEncoding encoding, Dataset data, int most)
    {
        var inputs = data.Inputs;
        Require(encoding, inputs);
        var sample = data.Select(RowSample.Spread(data.Count, most));
        if (inputs.IsInMemory)
            return sample;
        var values = new float[sample.Count * inputs.Columns];
        for (int row = 0; row < sample.Count; row++)
            sample.Inputs.FloatRow(row).CopyTo(values.AsSpan(row * inputs.Columns));
        return With(sample, values);
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
