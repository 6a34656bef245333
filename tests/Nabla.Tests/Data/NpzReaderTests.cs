using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla.Tests;

public class NpzReaderTests
{
    private static readonly double[] Counting = [0, 1, 2, 3, 4, 5];

    [Theory]
    [InlineData("types.npz")]
    [InlineData("types-big-endian.npz")]
    [InlineData("types-fortran.npz")]
    [InlineData("types-compressed.npz")]
    public void Each_element_type_is_read_in_each_order(string name)
    {
        using var archive = NpzReader.Open(TestFiles.FromNumPy(name));
        string[] codes = ["b1", "i1", "i2", "i4", "i8", "f2", "f4", "f8", "u1", "u2", "u4", "u8"];
        Assert.Equal(codes, archive.Names);
        Assert.Equal([true, false, true, false, false, true], archive.Read("b1").ToBytes().Select(b => b == 1));
        foreach (string code in codes[1..])
        {
            var array = archive.Read(code);
            Assert.Equal([2, 3], array.Shape);
            Assert.Equal(Counting.Select(x => code[0] == 'u' ? x : x - 3), array.ToDoubles());
            Assert.Equal(array.ToDoubles(), array.ToFloats().Select(x => (double)x));
            Assert.Equal(array.ToDoubles(), array.ToInt64s().Select(x => (double)x));
        }
    }

    [Fact]
    public void Each_shape_is_read()
    {
        using var archive = NpzReader.Open(TestFiles.FromNumPy("shapes.npz"));
        Assert.Equal([2.5], archive.Read("scalar").ToDoubles());
        Assert.Empty(archive.Read("scalar").Shape);
        Assert.Equal([0, 3], archive.Read("empty").Shape);
        Assert.Equal([0, 1, 2, 3, 4], archive.Read("row").ToInt64s());
        Assert.Equal(archive.Read("cube").ToFloats(), archive.Read("cube_fortran").ToFloats());
        Assert.Equal([2, 3, 4], archive.Read("cube_fortran").Shape);
    }

    [Fact]
    public void An_archive_written_to_a_pipe_is_read()
    {
        using var archive = NpzReader.Open(TestFiles.FromNumPy("streamed.npz"));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), archive.Read("cube").ToFloats());
    }

    [Fact]
    public void A_missing_array_is_named_with_those_that_are_there()
    {
        using var archive = NpzReader.Open(TestFiles.FromNumPy("shapes.npz"));
        var error = Hostile.Refused(() => archive.Read("x_train"));
        Assert.Contains("no array x_train; it has scalar, empty, row, cube, cube_fortran", error.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "web page (HTML)")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "Git LFS pointer")]
    [InlineData("x,y\n1,2\n", "text file")]
    [InlineData("\u001f", "unknown kind")]
    [InlineData("", "empty file")]
    public void A_file_of_another_kind_is_named(string content, string why)
    {
        using var files = new TestFiles();
        string path = files.Write("a.npz", System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Contains(why, Hostile.Refused(() => NpzReader.Open(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_array_called_npz_is_named()
    {
        using var files = new TestFiles();
        string path = files.Write("a.npz", File.ReadAllBytes(TestFiles.FromNumPy("version-1.npy")));
        Assert.Contains("single NumPy array (.npy)", Hostile.Refused(() => NpzReader.Open(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_refused_is_closed()
    {
        using var files = new TestFiles();
        var source = ByteSource.Open(files.Write("a.npz", "text"u8));
        Hostile.Refused(() => NpzReader.Open(source, "a.npz"));
        Assert.Throws<ObjectDisposedException>(() => source.Read(new byte[1], 0));
    }

    [Fact]
    public void A_folder_is_named_as_such() =>
        Assert.Contains("it is a folder", Hostile.Refused(() => NpzReader.Open(Path.GetTempPath())).Why, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_truncation_is_refused_wherever_it_falls(bool compress) =>
        Hostile.RefusesEachTruncation(Small(compress), "a.npz", path => ReadAll(path));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flipped_byte_is_found(bool compress)
    {
        // What the directory says besides (dates, attributes, versions) may change; no value of the array may.
        int refused = Hostile.FlipEachByte(Small(compress), "a.npz", path =>
        {
            foreach (var array in ReadAll(path))
                Assert.Equal([1, 2, 3, 4, 5], array.ToInt64s());
        });
        Assert.InRange(refused, 200, 600);
    }

    [Fact]
    public void A_byte_flipped_in_the_data_fails_the_checksum()
    {
        var file = Small(compress: false);
        file[file.AsSpan().IndexOf((byte[])[1, 0, 2, 0, 3, 0])] ^= 0x40;
        using var files = new TestFiles();
        string path = files.Write("a.npz", file);
        var error = Hostile.Refused(() => ReadAll(path));
        Assert.Contains("its checksum is", error.Why, StringComparison.Ordinal);
        Assert.StartsWith("byte ", error.Where, StringComparison.Ordinal);
        Assert.EndsWith("member x.npy", error.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 0x01, "encrypted")] // flags
    [InlineData(10, 12, "bzip2")] // method
    [InlineData(27, 0x40, "cannot expand to the")] // 1 GB of content
    [InlineData(23, 0x40, "into the archive's directory")] // 1 GB compressed
    [InlineData(45, 0x40, "its header is not at byte")] // header at 1 GB
    public void A_directory_that_lies_is_refused(int field, byte value, string why)
    {
        var file = Small(compress: true);
        file[file.AsSpan().IndexOf("PK\u0001\u0002"u8) + field] = value;
        using var files = new TestFiles();
        string path = files.Write("a.npz", file);
        Assert.Contains(why, Hostile.Refused(() => ReadAll(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_the_bytes_could_give_but_do_not_is_refused_without_much_memory()
    {
        // 16 KB of deflated bytes could expand to the 10 MB that directory and header claim, but these do not.
        var noise = new byte[16384];
        ulong state = 1;
        for (int i = 0; i < noise.Length; i++)
            noise[i] = (byte)((state = (state * 6364136223846793005) + 1442695040888963407) >> 56);
        using var npy = new MemoryStream();
        NpyWriter.Write(npy, NumericArray.Create<byte>(new byte[10_000_000], 10_000_000));
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var content = zip.CreateEntry("x.npy").Open())
            content.Write([.. npy.ToArray().AsSpan(0, 128), .. noise]);
        var file = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.AsSpan().IndexOf("PK\u0001\u0002"u8) + 24), 10_000_128);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), 10_000_128);
        using var files = new TestFiles();
        string path = files.Write("a.npz", file);
        Assert.Contains("it ends there", Hostile.Refused(() => ReadAll(path)).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(9000, 0)]
    public void Bytes_behind_the_compressed_data_of_a_member_are_refused_and_gaps_between_members_are_not(int hidden, int gap)
    {
        using var files = new TestFiles();
        string path = files.Write("a.npz", WithBytesAfterMember(Small(compress: true), hidden, gap));
        if (hidden == 0)
            Assert.Equal([1, 2, 3, 4, 5], Assert.Single(ReadAll(path)).ToInt64s());
        else
            Assert.Contains("would be hidden", Hostile.Refused(() => ReadAll(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_members_of_one_name_are_refused()
    {
        using var files = new TestFiles();
        using (var zip = ZipFile.Open(files["a.npz"], ZipArchiveMode.Create))
        {
            zip.CreateEntry("x.npy");
            zip.CreateEntry("x.npy");
        }
        Assert.Contains("two members", Hostile.Refused(() => NpzReader.Open(files["a.npz"])).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip64_directory_is_read()
    {
        var file = Small(compress: false);
        using var files = new TestFiles();
        var array = Assert.Single(ReadAll(files.Write("a.npz", Zip64.Widen(file))));
        Assert.Equal([1, 2, 3, 4, 5], array.ToInt64s());
        Hostile.RefusesEachTruncation(Zip64.Widen(file), "a.npz", path => ReadAll(path));
    }

    /// <summary>Adds bytes to the only member of an archive, and bytes behind it, which belong to no member.</summary>
    private static byte[] WithBytesAfterMember(byte[] file, int hidden, int gap)
    {
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8), end = file.AsSpan().IndexOf("PK\u0005\u0006"u8);
        foreach (int field in (int[])[18, directory + 20]) // the compressed length in the header and in the directory
            Add(field, hidden);
        Add(end + 16, hidden + gap); // where the directory begins
        return [.. file[..directory], .. new byte[hidden + gap], .. file[directory..]];

        void Add(int field, int count) => BinaryPrimitives.WriteInt32LittleEndian(
            file.AsSpan(field), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(field)) + count);
    }

    private static List<NumericArray> ReadAll(string path)
    {
        using var archive = NpzReader.Open(path);
        return [.. archive.Names.Select(archive.Read)];
    }

    private static byte[] Small(bool compress)
    {
        using var stream = new MemoryStream();
        NpzWriter.Write(stream, [("x", NumericArray.Create<short>([1, 2, 3, 4, 5], 5))], compress);
        return stream.ToArray();
    }
}
