namespace Nabla.Studio;

/// <summary>Data with two features and some classes, as points in the plane.</summary>
internal static class PointSet
{
    private const int Most = 1000;
    private const float Margin = 0.15f;

    /// <summary>Whether data have two features and are classified.</summary>
    public static bool Fits(Dataset data) => data is { Inputs: { Columns: 2, IsBytes: false }, Targets: ClassTargets };

    /// <summary>The points to draw: at most a thousand of each part.</summary>
    public static PointsMessage From(StudioData data)
    {
        var points = new List<float>();
        AddTo(points, data.Train, 0);
        AddTo(points, data.Test, 1);
        return new PointsMessage(["x", "y"], [.. data.Train.Targets.Names], Bounds(data.Train), points);
    }

    /// <summary>Left, right, bottom and top of a picture with all points and a margin.</summary>
    public static float[] Bounds(Dataset data)
    {
        float[] bounds = new float[4];
        for (int column = 0; column < 2; column++)
        {
            float least = float.PositiveInfinity, most = float.NegativeInfinity;
            for (int row = 0; row < data.Count; row++)
            {
                float value = Value(data, row, column);
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
            float margin = most > least ? (most - least) * Margin : 1;
            (bounds[2 * column], bounds[2 * column + 1]) = (least - margin, most + margin);
        }
        return bounds;
    }

    private static void AddTo(List<float> points, Dataset data, int part)
    {
        for (int row = 0; row < Math.Min(Most, data.Count); row++)
            points.AddRange([Value(data, row, 0), Value(data, row, 1), data.Classes.Labels[row], part]);
    }

    private static float Value(Dataset data, int row, int column) => (float)RawFeature.Value(data.Inputs, row, column);
}
