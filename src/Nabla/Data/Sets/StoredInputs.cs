using System.Numerics;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Inputs that stay on disk. They are checked in one pass, as those in memory are, and have the same values.</summary>
internal static class StoredInputs
{
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
            return FeatureTable.FromRows(new StoredRows<byte>(array, columns), columns);
        if (array.ElementType == ElementType.Boolean)
            RequireBooleans(array, columns, location);
        if (DatasetBuilder.NeedsOrigins(array, shape))
        {
            var origins = FindOrigins(array, shape, columns, location);
            return FeatureTable.FromRows(new StoredRows<float>(array, columns, origins), columns, origins);
        }
        // Integers are finite.
        if (array.ElementType is ElementType.Float16 or ElementType.Float32 or ElementType.Float64)
            Check<float>(array, columns, (start, values) => RequireFinite(array, shape, location, start, Finite.IndexOfOther(values)));
        return FeatureTable.FromRows(new StoredRows<float>(array, columns), columns, []);
    }

    private static double[] FindOrigins(StoredArray array, int[] shape, int columns, FileLocation location)
    {
        var found = new ColumnOrigins(columns);
        Check<double>(array, columns, (start, values) =>
        {
            RequireFinite(array, shape, location, start, values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue));
            found.Add(values);
        });
        return found.Find();
    }

    private static void RequireBooleans(StoredArray array, int columns, FileLocation location) =>
        Check<byte>(array, columns, (start, values) =>
        {
            int wrong = values.IndexOfAnyExceptInRange((byte)0, (byte)1);
            if (wrong >= 0)
            {
                throw location.Error(
                    $"the value {values[wrong]} of example {start + wrong / columns} is not a boolean (0 or 1)", "Save the array as uint8.");
            }
        });

    private static void Check<T>(StoredArray array, int columns, RowAction<T> check)
        where T : unmanaged, INumberBase<T> => new StoredRows<T>(array, columns).ForEachBlock(columns, check);

    private static void RequireFinite(StoredArray array, int[] shape, FileLocation location, int start, int wrong)
    {
        if (wrong < 0)
            return;
        int columns = ArrayShape.CountOf(shape);
        long index = (long)start * columns + wrong;
        throw DatasetBuilder.NotFinite(
            location, shape, start + wrong / columns, wrong % columns, array.ElementAsText(index));
    }
}
