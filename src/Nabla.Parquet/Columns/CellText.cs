using System.Globalization;

namespace Nabla.Parquet;

/// <summary>Values as they stand in a table.</summary>
internal static class CellText
{
    /// <summary>Bytes that are enough for any value.</summary>
    public const int Longest = 64;

    public static int Write(bool value, Span<byte> text)
    {
        var word = value ? "True"u8 : "False"u8;
        word.CopyTo(text);
        return word.Length;
    }

    /// <summary>Nothing for NaN.</summary>
    public static int Write(double value, Span<byte> text) => double.IsNaN(value) ? 0 : Write<double>(value, text);

    /// <summary>A date, with its time if there is one.</summary>
    public static int Write(DateTime value, Span<byte> text)
    {
        string format = value.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF";
        value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>A time of day.</summary>
    /// <param name="value">Since midnight.</param>
    /// <param name="perSecond">How many of its units make a second.</param>
    /// <param name="text">Receives the text.</param>
    public static int WriteTime(long value, long perSecond, Span<byte> text) =>
        Write(new TimeSpan(perSecond > TimeSpan.TicksPerSecond
            ? value / (perSecond / TimeSpan.TicksPerSecond)
            : value * (TimeSpan.TicksPerSecond / perSecond)), text);

    /// <summary>A value in the shortest form that is read as the same one.</summary>
    public static int Write<T>(T value, Span<byte> text)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        return length;
    }
}
