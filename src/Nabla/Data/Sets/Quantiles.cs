namespace Nabla;

/// <summary>Quantiles of numbers, without sorting all of them.</summary>
internal static class Quantiles
{
    /// <summary>Interpolates between neighbouring values, as NumPy does by default.</summary>
    /// <param name="values">Without NaN; reordered.</param>
    /// <param name="probabilities">Each from 0 to 1.</param>
    /// <returns>A number for each; NaN if there are no values.</returns>
    public static double[] Of(Span<float> values, ReadOnlySpan<double> probabilities)
    {
        var quantiles = new double[probabilities.Length];
        for (int i = 0; i < quantiles.Length; i++)
        {
            if (values.IsEmpty)
            {
                quantiles[i] = double.NaN;
                continue;
            }
            double position = probabilities[i] * (values.Length - 1);
            int below = (int)position;
            double lower = Select(values, below);
            // What stands behind the selected value is not less.
            double upper = below + 1 < values.Length ? Least(values[(below + 1)..]) : lower;
            quantiles[i] = Interpolate(lower, upper, position - below);
        }
        return quantiles;
    }

    /// <summary>Interpolates linearly, from the nearer end.</summary>
    public static double Interpolate(double lower, double upper, double fraction) =>
        fraction < 0.5 ? lower + (upper - lower) * fraction : upper - (upper - lower) * (1 - fraction);

    /// <summary>Moves the value that would stand at a position if all were sorted to that position, and lesser ones before it.</summary>
    private static float Select(Span<float> values, int position)
    {
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            float pivot = MedianOf(values[low], values[low + (high - low) / 2], values[high]);
            int left = low, right = high;
            while (left <= right)
            {
                while (values[left] < pivot)
                    left++;
                while (values[right] > pivot)
                    right--;
                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }
            if (position <= right)
                high = right;
            else if (position >= left)
                low = left;
            else
                break;
        }
        return values[position];
    }

    private static float MedianOf(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private static float Least(ReadOnlySpan<float> values)
    {
        float least = values[0];
        foreach (float value in values)
            least = Math.Min(least, value);
        return least;
    }
}
