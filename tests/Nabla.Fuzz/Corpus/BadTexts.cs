using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>Tables and requests that must be refused.</summary>
internal static class BadTexts
{
    private static readonly string[] Tables =
    [
        "", "\n\n", "a,a\n1,2\n", "a,\"b\n1,2\n", "a,b\n1,\"2\" 3\n", "a,b\n1\n", "a,b\n1,2,3\n", "a,,c\n1,2,3\n", "a,b\n1,2\0\n",
        "<!DOCTYPE html><p>", "PK\u0003\u0004",
        "{\"a\": 1}", "@relation x\n@attribute a numeric\n@data\n1\n",
    ];

    private static readonly string[] Drawings =
    [
        "", "null", "[]", "{", "{}", "{\"width\":280}", "{\"width\":280,\"width\":280,\"height\":280,\"pen\":1,\"strokes\":[]}", D("0",
        "1", "[]"), D("-1", "1", "[]"),
        D("1e999", "1", "[]"), D("10001", "1", "[]"), D("\"1\"", "1", "[]"), D("NaN", "1", "[]"), D("280", "0", "[]"), D("280", "281",
        "[]"), D("280", "1", "[[]]"),
        D("280", "1", "[[1]]"), D("280", "1", "[null]"), D("280", "1", "null"), D("280", "1", "[[1,2,3]]"), D("280", "1", "[[1,1e9]]"),
        D("280", "1", "[[[1,2]]]"),
        D("280", "1", "[],\"more\":1"), D("2801", "1", "[]"),
    ];

    public static IEnumerable<BadFile> All()
    {
        foreach (string table in Tables)
            yield return new("csv", $"table {table.ReplaceLineEndings("\\n")}", Utf8(table));
        yield return new("csv", "a byte that is not UTF-8", [.. "a,b\n1,"u8, 0xFF, (byte)'\n']);
        byte[] packed = ArrayMaker.Gzip([.. "a,b\n1,2\n3,4\n"u8]);
        foreach (var file in Truncations("csv", "a table in gzip", packed, 5).Skip(1))
            yield return file;
        // RFC 1951: a block with a code of its own, of nineteen codes of one bit. The decompressor throws an exception of another kind.
        yield return new(
            "csv", "gzip with an impossible code",
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x05, 0xE0, 0x93, 0x24, 0x49, 0x92, 0x24, 0x49, 0x92, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        foreach (string drawing in Drawings)
            yield return new("studio", $"drawing {drawing}", [0, .. Utf8(drawing)]);
    }

    private static string D(string width, string pen,
        string strokes) => $"{{\"width\":{width},\"height\":280,\"pen\":{pen},\"strokes\":{strokes}}}";
}
