namespace Nabla.Tests;

/// <summary>Small data sets that can be learned, drawn from a seed.</summary>
internal static class RandomData
{
    /// <summary>Floats around one centre for each class.</summary>
    public static Dataset Blobs(int count, int features = 6, int classes = 3, int seed = 1)
    {
        var random = new Random(seed);
        var centres = new double[classes * features];
        foreach (ref double centre in centres.AsSpan())
            centre = 4 * random.NextDouble() - 2;
        var values = new float[count * features];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(classes);
            for (int j = 0; j < features; j++)
                values[i * features + j] = (float)(centres[labels[i] * features + j] + random.NextDouble() - 0.5);
        }
        return new Dataset("blobs", FeatureTable.FromFloats(values, count, features), new ClassTargets(labels, Names(classes)));
    }

    /// <summary>Bytes, many of them zero, as in images.</summary>
    public static Dataset Images(int count, int side = 6, int classes = 4, int seed = 1)
    {
        var random = new Random(seed);
        int features = side * side;
        var pixels = new byte[count * features];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(classes);
            for (int j = labels[i]; j < features; j += classes)
                pixels[i * features + j] = (byte)(random.Next(3) == 0 ? 0 : random.Next(256));
        }
        return new Dataset("images", FeatureTable.FromBytes(pixels, count, features), new ClassTargets(labels, Names(classes)),
            inputShape: [side, side]);
    }

    private static string[] Names(int classes) => [.. Enumerable.Range(0, classes).Select(i => $"class {i}")];
}
