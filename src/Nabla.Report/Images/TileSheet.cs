namespace Nabla.Report;

/// <summary>Small pictures of the same size in one image, side by side in rows.</summary>
internal sealed class TileSheet
{
    private const int Columns = 8;
    private const int Gap = 1; // pixels between tiles

    private readonly int width, height, channels, count;
    private readonly byte[] pixels;

    /// <param name="shape">Of one tile: [height, width] or [height, width, 3].</param>
    /// <param name="count">Number of tiles, at least 1.</param>
    public TileSheet(IReadOnlyList<int> shape, int count)
    {
        (height, width, channels) = (shape[0], shape[1], shape.Count == 3 ? 3 : 1);
        this.count = count;
        SheetWidth = Math.Min(count, Columns) * (width + Gap) - Gap;
        SheetHeight = (count + Columns - 1) / Columns * (height + Gap) - Gap;
        pixels = new byte[SheetWidth * SheetHeight * channels];
        Array.Fill(pixels, (byte)128);
    }

    /// <summary>Width of the image in pixels.</summary>
    public int SheetWidth { get; }

    /// <summary>Height of the image in pixels.</summary>
    public int SheetHeight { get; }

    /// <summary>Whether examples of a shape are pictures of a size that can be shown.</summary>
    public static bool IsPicture(IReadOnlyList<int> shape) =>
        shape is [>= 2 and <= 64, >= 2 and <= 64] or [>= 2 and <= 64, >= 2 and <= 64, 3];

    /// <summary>Sets the pixels of a tile.</summary>
    /// <param name="tile">Its number, from 0.</param>
    /// <param name="values">[height, width, channels].</param>
    /// <param name="low">The value that is black.</param>
    /// <param name="high">The value that is white.</param>
    public void Set(int tile, ReadOnlySpan<float> values, double low, double high)
    {
        double scale = high > low ? 255 / (high - low) : 0;
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / (width * channels), within = i % (width * channels);
            int place = ((tile / Columns * (height + Gap) + row) * SheetWidth + tile % Columns * (width + Gap)) * channels + within;
            pixels[place] = (byte)Math.Clamp(Math.Round((values[i] - low) * scale), 0, 255);
        }
    }

    /// <summary>The part of the image that a tile takes, for <c>viewBox</c>.</summary>
    public string ViewBoxOf(int tile) => $"{tile % Columns * (width + Gap)} {tile / Columns * (height + Gap)} {width} {height}";

    /// <summary>Writes the image as a hidden symbol, of which each tile shows a part.</summary>
    public void WriteSymbol(HtmlWriter html, string id) => html.Element("svg", () => html.Element("defs", () => html.Empty(
        "image", ("id", id), ("href", ToDataAddress()), ("width", $"{SheetWidth}"), ("height", $"{SheetHeight}"),
        ("class", "pixels"))), ("class", "hidden"), ("width", "0"), ("height", "0"), ("aria-hidden", "true")).Line();

    /// <summary>Writes one tile.</summary>
    public void WriteTile(HtmlWriter html, string id, int tile, string label) => html.Element(
        "svg", () => html.Empty("use", ("href", $"#{id}")), ("class", "tile"), ("viewBox", ViewBoxOf(tile)), ("role", "img"),
        ("aria-label", label));

    /// <summary>The image as a data address.</summary>
    public string ToDataAddress() => Png.ToDataAddress(pixels, SheetWidth, SheetHeight, channels);

    /// <inheritdoc/>
    public override string ToString() => $"{count} tiles of {height} x {width}";
}
