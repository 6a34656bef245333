namespace Nabla.Cli.Tests;

/// <summary>File formats: how they are detected, and who takes them.</summary>
public sealed class FormatTests
{
    public static TheoryData<string, byte[]> Beginnings => new()
    {
        { "empty", [] },
        { "npz", [.. "PK\u0003\u0004"u8, 0] },
        { "npz", [.. "PK\u0005\u0006"u8, 0] },
        { "npy", [0x93, .. "NUMPY"u8, 1, 0] },
        { "png", [0x89, .. "PNG\r\n"u8] },
        { "jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] },
        { "bmp", [.. "BM"u8, 0x3E, 9, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 28] },
        { "gzip", [0x1F, 0x8B, 8] },
        { "idx", [0, 0, 8, 3, 0, 0] },
        { "idx", [0, 0, 0x0E, 1, 0, 0] },
        { "safetensors", [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8] },
        { "hdf5", [0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n', 0] },
        { "pickle", [0x80, 4, 0x95] },
        { "git-lfs-pointer", [.. "version https://git-lfs.github.com/spec/v1\n"u8] },
        { "html", [.. "\n <!DocType html>"u8] },
        { "html", [0xEF, 0xBB, 0xBF, .. "<html lang=en>"u8] },
        { "text", [.. "<header>,b\n1,2\n"u8] },
        { "text", [.. "a,b\n1,2\n\u001a"u8] },
        { "text", [.. "größe\n1\n"u8] },
        { "zip", [.. "PK\u0003\u0004"u8, .. new byte[22], 5, 0, 0, 0, .. "t.csv"u8] },
        { "xlsx", [.. "PK\u0003\u0004"u8, .. new byte[22], 19, 0, 0, 0, .. "[Content_Types].xml"u8] },
        { "npz", [.. "PK\u0003\u0004"u8, .. new byte[22], 5, 0, 0, 0, .. "x.npy"u8] },
        { "parquet", [.. "PAR1"u8, 0x15, 4] },
        { "arrow", [.. "ARROW1\0\0"u8] },
        { "sqlite", [.. "SQLite format 3\0"u8] },
        { "xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0] },
        { "json", [.. " [{\"a\": 1}]"u8] },
        { "arff", [.. "% about\n@RELATION iris\n"u8] },
        { "text", [.. "[a],b\n1,2\n"u8] },
        { "unknown", [0, 0, 7, 3] },
        { "unknown", [0x1F] },
        { "unknown", [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    };

    [Theory, MemberData(nameof(Beginnings))]
    public void A_format_is_detected_from_the_first_bytes(string name, byte[] start) =>
        Assert.Equal(name, FileFormat.Detect(start)?.Name ?? "unknown");

    [Fact]
    public void Every_format_has_a_name_of_its_own_and_a_test()
    {
        var names = FileFormat.All.Select(format => format.Name).ToArray();
        Assert.Distinct(names);
        Assert.Equal([.. names.Except(["folder"]).Append("unknown").Order()], Beginnings.Select(row => row.Data.Item1).Distinct().Order());
    }

    [Fact]
    public void No_two_usable_formats_take_the_same_files() => Assert.Distinct(CliFormats.All.SelectMany(format => format.Formats));

    // The bytes decide; a name counts only if they leave the format open, or if no reader takes it.
    [Theory]
    [InlineData("table.txt", "a,b\n1,2\n", "a .csv table")]
    [InlineData("no-extension", "a,b\n1,2\n", "a .csv table")]
    [InlineData("table.csv.gz", "a,b\n1,2\n", "a .csv table")]
    [InlineData("page.csv", "<html>404</html>", "a .csv table")]
    [InlineData("page.npz", "<html>404</html>", "a .npz archive")]
    [InlineData("text.npy", "1 2 3\n", "a .npy array")]
    [InlineData("text.PNG", "1 2 3\n", "a PNG image")]
    [InlineData("pointer.safetensors", "version https://git-lfs.github.com/spec/v1\n", "a model")]
    [InlineData("array.csv", "\u0093NUMPY", "a .npy array")]
    [InlineData("page", "<html>404</html>", null)]
    [InlineData("empty.npz", "", null)]
    public void A_name_decides_only_what_the_bytes_leave_open(string name, string content, string? expected)
    {
        using var session = new Session().With(name, System.Text.Encoding.Latin1.GetBytes(content));
        var file = new NamedFile(name, session.PathOf(name), name);
        if (expected is null)
            Assert.Throws<InvalidInputException>(() => CliFormats.Find<IInspectableFormat>(file, "", ""));
        else
            Assert.Equal(expected, CliFormats.Find<IInspectableFormat>(file, "", "").Noun);
    }
}
