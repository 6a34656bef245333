using CsCheck;

namespace Nabla.Tests;

public class NpyWriterTests
{
    [Fact]
    public void The_bytes_are_those_of_numpy_save()
    {
        var cube = NumericArray.Create<float>([.. Enumerable.Range(0, 24)], 2, 3, 4);
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, cube);
        Assert.Equal(File.ReadAllBytes(TestFiles.FromNumPy("version-1.npy")), stream.ToArray());
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        using var files = new TestFiles();
        string path = files["a.npz"];
        Gen.Select(Gen.Int[0, 4].Array[0, 4], Gen.Bool, Gen.ULong).Sample((shape, compress, seed) =>
        {
            int count = shape.Aggregate(1, (product, size) => product * size);
            var doubles = Enumerable.Range(0, count).Select(i => BitConverter.UInt64BitsToDouble(seed * (ulong)(i + 1))).ToArray();
            var shorts = Enumerable.Range(0, count).Select(i => (short)(seed >> (i % 64))).ToArray();
            NpzWriter.Write(path,
                [("doubles", NumericArray.Create<double>(doubles, shape)), ("shorts", NumericArray.Create<short>(shorts, shape))],
                compress);
            using var archive = NpzReader.Open(path);
            Assert.Equal(["doubles", "shorts"], archive.Names);
            Assert.Equal(doubles.Select(BitConverter.DoubleToUInt64Bits), archive.Read("doubles").ToDoubles().Select(
                BitConverter.DoubleToUInt64Bits));
            Assert.Equal(shorts.Select(x => (long)x), archive.Read("shorts").ToInt64s());
            Assert.Equal(shape, archive.Read("shorts").Shape);
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes()
    {
        using var files = new TestFiles();
        var array = NumericArray.Create<byte>([1, 2, 3], 3);
        NpzWriter.Write(files["a.npz"], [("x", array)], compress: true);
        NpzWriter.Write(files["b.npz"], [("x", array)], compress: true);
        Assert.Equal(File.ReadAllBytes(files["a.npz"]), File.ReadAllBytes(files["b.npz"]));
    }

    [Theory]
    [InlineData("x", "")]
    [InlineData("x", "y", "x")]
    public void Each_array_of_an_archive_needs_a_different_name(params string[] names)
    {
        var array = NumericArray.Create<byte>([1], 1);
        using var stream = new MemoryStream();
        var error = Assert.Throws<ArgumentException>(() => NpzWriter.Write(stream, [.. names.Select(name => (name, array))]));
        Assert.StartsWith("Each array needs a different name.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }
}
