namespace Nabla.Studio;

/// <summary>Features before they are scaled.</summary>
internal static class RawFeature
{
    /// <summary>The value of a feature, as a table in CSV or Parquet encodes it, or as arrays have it.</summary>
    public static double Value(FeatureTable inputs, int row, int column) => inputs.IsBytes
        ? inputs.ByteRow(row)[column]
        : inputs.FloatRow(row)[column] + (inputs.Origins.IsEmpty ? 0 : inputs.Origins[column]);
}
