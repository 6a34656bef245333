using Nabla.Kernels;

namespace Nabla;

/// <summary>Inputs that stay on disk. They are checked in one pass, as those in memory are, and have the same values.</summary>
internal static class StoredInputs
{
    private const int ValuesTogether = 1 << 16;

    /// <summary>A table whose rows are read when they are needed.</summary>
    /// <param name="array">[examples, shape].</param>
    /// <param name="shape">Shape of an example.</param>
    /// <param name="location">The file, for messages.</param>
    /// <exception cref="InvalidInputException">A value is not finite, or an example is too large.</exception>
    public static FeatureTable Read(StoredArray array, int[] shape, FileLocation location)
    {
        int columns = ArrayShape.CountOf(shape, sizeof(double));
        if (columns < 0)
            throw location.Error($"an example of [{string.Join(", ", shape)}] takes more than 2 GB", "Use smaller examples.");
        if (array.ElementType == ElementType.UInt8)
            return FeatureTable.FromRows(new StoredBytes(array, columns), columns);
        if (DatasetBuilder.NeedsOrigins(array, shape))
        {
            var origins = FindOrigins(array, shape, columns, location);
            return FeatureTable.FromFiniteRows(new StoredFloats(array, columns, origins), columns, origins);
        }
        var floats = new StoredFloats(array, columns);
        if (array.ElementType == ElementType.Boolean)
            RequireBooleans(floats, columns, location);
        else if (array.ElementType is ElementType.Float16 or ElementType.Float32 or ElementType.Float64) // integers are finite
            floats.ForEachBlock(columns, (start, values) => RequireFinite(array, shape, location, start, Finite.IndexOfOther(values)));
        return FeatureTable.FromFiniteRows(floats, columns);
    }

    private static double[] FindOrigins(StoredArray array, int[] shape, int columns, FileLocation location)
    {
        var found = new ColumnOrigins(columns);
        int rows = array.Shape[0], together = Math.Max(1, ValuesTogether / columns);
        var block = new double[Math.Min(rows, together) * columns];
        for (long start = 0; start < rows; start += together)
        {
            var some = block.AsSpan(0, (int)Math.Min(together, rows - start) * columns);
            array.Read(start * columns, some);
            RequireFinite(array, shape, location, (int)start, IndexOfOther(some));
            found.Add(some);
        }
        return found.Find();
    }

    /// <summary>The first number that is not finite as a float; -1 if there is none.</summary>
    private static int IndexOfOther(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite((float)values[i]))
                return i;
        }
        return -1;
    }

    private static void RequireBooleans(StoredFloats rows, int columns, FileLocation location) =>
        rows.ForEachBlock(columns, (start, values) =>
        {
            int wrong = values.IndexOfAnyExcept(0f, 1f);
            if (wrong >= 0)
            {
                throw location.Error(
                    $"{values[wrong]} of example {start + wrong / columns} is not a boolean (0 or 1)", "Save the array as uint8.");
            }
        });

    private static void RequireFinite(StoredArray array, int[] shape, FileLocation location, int start, int wrong)
    {
        if (wrong < 0)
            return;
        int columns = ArrayShape.CountOf(shape);
        string value = array.ElementAsText((long)start * columns + wrong);
        throw DatasetBuilder.NotFinite(location, shape, start + wrong / columns, wrong % columns, value);
    }
}
