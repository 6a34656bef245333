using System.Text;

namespace Nabla.Tables;

/// <summary>The texts that stand for a missing value. An empty cell always does.</summary>
/// <remarks>Immutable. Upper and lower case do not matter.</remarks>
internal sealed class MissingMarkers
{
    private readonly Marker[] everywhere;
    private readonly Marker[] amongNumbers; // all of them
    private readonly int longest;

    private MissingMarkers(string[] everywhere, string[] amongNumbers)
    {
        this.everywhere = [.. everywhere.Select(text => new Marker(text))];
        this.amongNumbers = [.. amongNumbers.Select(text => new Marker(text))];
        AmongNumbers = amongNumbers;
        longest = this.amongNumbers.Select(marker => marker.Length).DefaultIfEmpty().Max();
        HaveDigits = Array.Exists(amongNumbers, marker => marker.Any(char.IsAsciiDigit));
    }

    /// <summary>The usual markers. Words that can be a category are markers among numbers and dates only.</summary>
    public static MissingMarkers Default { get; } = From(
        ["NA", "N/A", "NaN", "null", "?", "#N/A", "<NA>", "#NA", "\\N"],
        ["-NaN", "NaT", "n.a.", "None", "nil", "missing", ".", "#NULL!", "#VALUE!", "#DIV/0!", "#REF!", "#NAME?", "#NUM!"]);

    /// <summary>Markers that a user chose.</summary>
    /// <param name="markers">Null for the usual ones.</param>
    public static MissingMarkers Of(IReadOnlyList<string>? markers) => markers is null ? Default : From([.. markers], []);

    /// <summary>Whether a marker could be a number, such as -99.</summary>
    public bool HaveDigits { get; }

    /// <summary>The texts that mark a missing number or date.</summary>
    public IReadOnlyList<string> AmongNumbers { get; }

    /// <summary>Whether a cell is missing in a column of texts.</summary>
    public bool Contain(ReadOnlySpan<byte> cell) => Contain(cell, everywhere);

    /// <summary>Whether a cell is missing in a column of numbers or dates.</summary>
    public bool ContainAmongNumbers(ReadOnlySpan<byte> cell) => Contain(cell, amongNumbers);

    private static MissingMarkers From(string[] everywhere, string[] more) => new(everywhere, [.. everywhere, .. more]);

    private bool Contain(ReadOnlySpan<byte> cell, Marker[] markers)
    {
        if (cell.IsEmpty)
            return true;
        if (!HaveDigits && char.IsAsciiDigit((char)cell[0]))
            return false; // Most cells of most tables.
        cell = cell.Trim(" \t\r\n"u8);
        if (cell.IsEmpty)
            return true;
        if (cell.Length > longest)
            return false;
        foreach (var marker in markers)
        {
            if (marker.Is(cell))
                return true;
        }
        return false;
    }

    private sealed class Marker(string text)
    {
        private readonly byte[] bytes = Encoding.UTF8.GetBytes(text);
        private readonly bool isAscii = Ascii.IsValid(text);

        /// <summary>Bytes, as UTF-8.</summary>
        public int Length => bytes.Length;

        public bool Is(ReadOnlySpan<byte> cell) => cell.Length == bytes.Length && (isAscii
            ? Ascii.EqualsIgnoreCase(cell, bytes)
            : text.Equals(Encoding.UTF8.GetString(cell), StringComparison.OrdinalIgnoreCase));
    }
}
