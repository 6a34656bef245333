using System.Globalization;
using Nabla.Explain;

namespace Nabla.Studio;

/// <summary>Shows examples as people see them: as pictures, or as values by the names of their columns.</summary>
internal sealed class ExampleLooks
{
    private const int LargestSide = 64; // of a picture that is sent
    private const int MostColumns = 40;
    private const int LongestText = 60;

    private readonly StudioData data;
    private readonly int rows, columns, channels; // of the pictures of the data

    public ExampleLooks(StudioData data)
    {
        this.data = data;
        IsPicture = data.Train.InputShape is [>= 2, >= 2] or [>= 2, >= 2, 1 or 3];
        if (IsPicture)
        {
            (rows, columns) = (data.Train.InputShape[0], data.Train.InputShape[1]);
            channels = data.Train.InputShape is [_, _, 3] ? 3 : 1;
            return;
        }
        var names = data.Encoding?.Columns.Select(column => column.Name)
            ?? Enumerable.Range(1, data.Train.Inputs.Columns).Select(number => $"feature {number}");
        Columns = [.. names.Take(MostColumns).Select(Shorten)];
        MoreColumns = (data.Encoding?.Columns.Count ?? data.Train.Inputs.Columns) - Columns.Count;
    }

    public bool IsPicture { get; }

    /// <summary>The names of the values; empty for pictures.</summary>
    public IReadOnlyList<string> Columns { get; } = [];

    /// <summary>How many columns are left out.</summary>
    public int MoreColumns { get; }

    /// <summary>A name as long as a page shows it.</summary>
    public static string Shorten(string text) => text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…");

    /// <summary>Shows one example.</summary>
    /// <param name="inputs">The training data's inputs, or the test data's.</param>
    /// <param name="row">Number of the example.</param>
    public ExampleLookMessage Show(FeatureTable inputs, int row)
    {
        if (IsPicture)
            return Picture(Levels(inputs, row));
        if (data.Encoding is { } encoding)
        {
            var values = RowValue.Read(encoding, inputs, row).Take(Columns.Count);
            return new ExampleLookMessage { Values = [.. values.Select(value => value.Text is { } text ? Shorten(text) : null)] };
        }
        return new ExampleLookMessage { Values = [.. Enumerable.Range(0, Columns.Count).Select(column => ValueOf(inputs, row, column))] };
    }

    private static string? ValueOf(FeatureTable inputs, int row, int column)
    {
        double value = RawFeature.Value(inputs, row, column);
        bool isFloat = value == (float)value; // whose shortest digits are those of the data
        return double.IsNaN(value) ? null
            : isFloat ? ((float)value).ToString(CultureInfo.InvariantCulture) : value.ToString("G12", CultureInfo.InvariantCulture);
    }

    /// <summary>From 0 to 255, [rows, columns, channels]; floats from the lowest of the example to the highest.</summary>
    private static byte[] Levels(FeatureTable inputs, int row) =>
        inputs.IsBytes ? inputs.ByteRow(row).ToArray() : Encoded.ToLevels(inputs.FloatRow(row));

    /// <summary>Large pictures become smaller: each pixel is the mean of a square.</summary>
    private ExampleLookMessage Picture(byte[] levels)
    {
        int step = (Math.Max(rows, columns) + LargestSide - 1) / LargestSide;
        int height = (rows + step - 1) / step, width = (columns + step - 1) / step;
        var small = new byte[height * width * channels];
        for (int i = 0; i < small.Length; i++)
        {
            int top = i / (width * channels) * step, left = i / channels % width * step, channel = i % channels;
            int sum = 0, count = 0;
            for (int y = top; y < Math.Min(top + step, rows); y++)
            {
                for (int x = left; x < Math.Min(left + step, columns); x++, count++)
                    sum += levels[(y * columns + x) * channels + channel];
            }
            small[i] = (byte)((sum + count / 2) / count);
        }
        return new ExampleLookMessage { Rows = height, Columns = width, Channels = channels, Levels = Convert.ToBase64String(small) };
    }
}
