using System.Text;

namespace Nabla.Tests;

/// <summary>What is true of each element type, and what differs.</summary>
public sealed class ElementTypeTests
{
    private const double TwoTo63 = 9223372036854775808.0;

    [Theory]
    [InlineData(ElementType.Boolean, "|b1", 1, true)]
    [InlineData(ElementType.Int8, "|i1", 1, true)]
    [InlineData(ElementType.UInt8, "|u1", 1, true)]
    [InlineData(ElementType.Int16, "<i2", 2, true)]
    [InlineData(ElementType.UInt16, "<u2", 2, true)]
    [InlineData(ElementType.Int32, "<i4", 4, false)]
    [InlineData(ElementType.UInt32, "<u4", 4, false)]
    [InlineData(ElementType.Int64, "<i8", 8, false)]
    [InlineData(ElementType.UInt64, "<u8", 8, false)]
    [InlineData(ElementType.Float16, "<f2", 2, true)]
    [InlineData(ElementType.Float32, "<f4", 4, true)]
    [InlineData(ElementType.Float64, "<f8", 8, false)]
    public void Each_type_is_written_read_and_converted(ElementType type, string code, int size, bool fitsFloats)
    {
        var array = ZeroAndOne(type);
        Assert.Equal((type, 2, $"{type} [2]"), (array.ElementType, array.Length, array.ToString()));
        Assert.Equal((size, fitsFloats), (ElementTypes.SizeOf(type), ElementTypes.FitFloats(type)));
        Assert.Equal(2 * size, array.RawBytes.Length);
        Assert.Equal([0.0, 1], array.ToDoubles());
        Assert.Equal([0f, 1], array.ToFloats());
        Assert.Equal([0L, 1], array.ToInt64s());
        Assert.Equal("1", array.ElementAsText(1));

        using var stream = new MemoryStream();
        NpyWriter.Write(stream, array);
        Assert.Contains($"'descr': '{code}'", Encoding.Latin1.GetString(stream.ToArray()), StringComparison.Ordinal);
        stream.Position = 0;
        var read = NpyReader.Read(stream, stream.Length, "a.npy");
        Assert.Equal(type, read.ElementType);
        Assert.Equal(array.RawBytes, read.RawBytes);
    }

    [Theory]
    [InlineData(ElementType.Boolean)]
    [InlineData(ElementType.UInt8)]
    public void Bytes_and_booleans_are_bytes(ElementType type) => Assert.Equal([0, 1], ZeroAndOne(type).ToBytes());

    [Fact]
    public void Signed_bytes_are_not()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ZeroAndOne(ElementType.Int8).ToBytes());
        Assert.Equal("An array of Int8 does not hold bytes.", error.Message);
    }

    [Fact]
    public void Letters_are_not_numbers()
    {
        var error = Assert.Throws<ArgumentException>(() => NumericArray.Create<char>(['a'], 1));
        Assert.Equal("An array of Char is not numeric.", error.Message);
    }

    [Fact]
    public void Values_that_do_not_fill_the_shape_are_counted()
    {
        var error = Assert.Throws<ArgumentException>(() => NumericArray.Create<int>([1, 2, 3], 2, 2));
        Assert.StartsWith("3 values do not fill the shape [2, 2].", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NumericArray.Create<int>([1, 2], -1, -2));
    }

    [Fact]
    public void The_ends_of_each_type_are_converted()
    {
        Assert.Equal([-128.0, 127], NumericArray.Create<sbyte>([sbyte.MinValue, sbyte.MaxValue], 2).ToDoubles());
        Assert.Equal([0.0, 255], NumericArray.Create<byte>([byte.MinValue, byte.MaxValue], 2).ToDoubles());
        Assert.Equal([-32768.0, 32767], NumericArray.Create<short>([short.MinValue, short.MaxValue], 2).ToDoubles());
        Assert.Equal([0.0, 65535], NumericArray.Create<ushort>([ushort.MinValue, ushort.MaxValue], 2).ToDoubles());
        Assert.Equal([-2147483648.0, 2147483647], NumericArray.Create<int>([int.MinValue, int.MaxValue], 2).ToDoubles());
        Assert.Equal([0.0, 4294967295], NumericArray.Create<uint>([uint.MinValue, uint.MaxValue], 2).ToDoubles());
        Assert.Equal([-TwoTo63, TwoTo63], NumericArray.Create<long>([long.MinValue, long.MaxValue], 2).ToDoubles());
        Assert.Equal([0.0, 2 * TwoTo63], NumericArray.Create<ulong>([ulong.MinValue, ulong.MaxValue], 2).ToDoubles());
        Assert.Equal([-65504.0, 65504], NumericArray.Create<Half>([Half.MinValue, Half.MaxValue], 2).ToDoubles());
        Assert.Equal([float.MinValue, float.MaxValue], NumericArray.Create<float>([float.MinValue, float.MaxValue], 2).ToDoubles());
        Assert.Equal([4294967296f], NumericArray.Create<uint>([uint.MaxValue], 1).ToFloats());
        Assert.Equal([4294967295L], NumericArray.Create<uint>([uint.MaxValue], 1).ToInt64s());
    }

    [Fact]
    public void Floats_are_integers_from_the_smallest_of_64_bits_to_below_two_to_the_63()
    {
        double smallest = -TwoTo63, largest = Math.BitDecrement(TwoTo63);
        Assert.Equal([long.MinValue, long.MaxValue - 1023], NumericArray.Create<double>([smallest, largest], 2).ToInt64s());
        foreach (double wrong in (double[])[TwoTo63, Math.BitDecrement(smallest), 0.5, double.NaN, double.PositiveInfinity])
        {
            var error = Assert.Throws<InvalidInputException>(() => NumericArray.Create<double>([1, wrong], 2).ToInt64s());
            Assert.Equal("element 1", error.Where);
        }
    }

    [Fact]
    public void Integers_of_64_bits_that_are_too_large_are_named_to_the_last_digit()
    {
        Assert.Equal([long.MaxValue], NumericArray.Create<ulong>([long.MaxValue], 1).ToInt64s());
        var error = Assert.Throws<InvalidInputException>(
            () => NumericArray.Create<ulong>([1, (ulong)long.MaxValue + 1], 2).ToInt64s());
        Assert.Equal(("element 1", "9223372036854775808 is not a 64-bit integer"), (error.Where, error.Why));
    }

    private static NumericArray ZeroAndOne(ElementType type) => type switch
    {
        ElementType.Boolean => NumericArray.Create<bool>([false, true], 2),
        ElementType.Int8 => NumericArray.Create<sbyte>([0, 1], 2),
        ElementType.UInt8 => NumericArray.Create<byte>([0, 1], 2),
        ElementType.Int16 => NumericArray.Create<short>([0, 1], 2),
        ElementType.UInt16 => NumericArray.Create<ushort>([0, 1], 2),
        ElementType.Int32 => NumericArray.Create<int>([0, 1], 2),
        ElementType.UInt32 => NumericArray.Create<uint>([0, 1], 2),
        ElementType.Int64 => NumericArray.Create<long>([0, 1], 2),
        ElementType.UInt64 => NumericArray.Create<ulong>([0, 1], 2),
        ElementType.Float16 => NumericArray.Create<Half>([Half.Zero, Half.One], 2),
        ElementType.Float32 => NumericArray.Create<float>([0, 1], 2),
        _ => NumericArray.Create<double>([0, 1], 2),
    };
}
