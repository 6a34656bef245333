namespace Nabla.Studio;

/// <summary>Features as the data have them.</summary>
internal static class RawFeature
{
    /// <summary>The value of a feature. Tables store numbers as their distance from an origin.</summary>
    public static double Value(FeatureTable inputs, int row, int column) => inputs.IsBytes
        ? inputs.ByteRow(row)[column]
        : inputs.FloatRow(row)[column] + (inputs.Origins.IsEmpty ? 0 : inputs.Origins[column]);
}
