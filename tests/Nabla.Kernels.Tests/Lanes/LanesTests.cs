using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Tests;

/// <summary>Compares every operation of every width with plain C# on one lane.</summary>
public class LanesTests
{
    [Fact]
    public void Arithmetic_is_that_of_one_lane()
    {
        Compare<Sum>((x, y) => x + y);
        Compare<Difference>((x, y) => x - y);
        Compare<Product>((x, y) => x * y);
        Compare<Quotient>((x, y) => x / y);
        Compare<Fused>((x, y) => SoftwareFma.MultiplyAdd(x, y, x));
        Compare<Root>((x, _) => MathF.Sqrt(x));
        Compare<Selection>((x, y) => x > y ? 1f : y);
    }

    [Fact]
    public void Operations_on_bits_are_those_of_integers()
    {
        Compare<BitSum>((x, y) => Float(Bits(x) + Bits(y)));
        Compare<BitDifference>((x, y) => Float(Bits(x) - Bits(y)));
        Compare<BitAnd>((x, y) => Float(Bits(x) & Bits(y)));
        Compare<BitOr>((x, y) => Float(Bits(x) | Bits(y)));
        Compare<BitMinimum>((x, y) => Bits(x) < Bits(y) ? x : y);
        Compare<ShiftLeft>((x, _) => Float(Bits(x) << 5));
        Compare<ShiftRight>((x, _) => Float(Bits(x) >> 5));
        Compare<Converted>((x, _) => Bits(x));
        Compare<Pattern>((_, _) => Float(0x12345678));
    }

    [Fact]
    public void Bytes_become_floats()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        foreach (KernelWidth width in Widths.Supported)
        {
            // Lengths that leave a rest at every width, and a beginning that is not aligned.
            foreach (int start in (int[])[0, 1, 3])
            {
                var actual = new float[256 - start - 2];
                Affine.Apply<Affine.Bytes, byte>(width, bytes.AsSpan(start, actual.Length), [0f], [1f], actual);
                Assert.Equal(bytes.Skip(start).Take(actual.Length).Select(value => (float)value), actual);
            }
        }
    }

    [Fact]
    public void Scaling_is_a_subtraction_and_a_multiplication()
    {
        byte[] bytes = [.. Enumerable.Range(0, 53).Select(i => (byte)(5 * i))];
        float[] floats = [.. bytes.Select(value => value + 0.3f)], actual = new float[53];
        float[] offsets = Widths.Mixed(53, 3), scales = Widths.Mixed(53, 4);
        foreach (KernelWidth width in Widths.Supported)
        {
            Affine.Apply<Affine.Bytes, byte>(width, bytes, offsets, scales, actual);
            Widths.AssertSameBits([.. bytes.Select((value, i) => (value - offsets[i]) * scales[i])], actual, $"bytes at {width}");
            Affine.Apply<Affine.Floats, float>(width, floats, offsets, scales, actual);
            Widths.AssertSameBits([.. floats.Select((value, i) => (value - offsets[i]) * scales[i])], actual, $"floats at {width}");
            Affine.Apply<Affine.Floats, float>(width, floats, offsets.AsSpan(0, 1), scales.AsSpan(1, 1), actual);
            float[] scaled = [.. floats.Select(value => (value - offsets[0]) * scales[1])];
            Widths.AssertSameBits(scaled, actual, $"floats with one scale at {width}");
        }
    }

    [Fact]
    public void Minus_zero_is_found_in_every_lane()
    {
        foreach (KernelWidth width in Widths.Supported)
        {
            for (int lane = 0; lane < (int)width; lane++)
            {
                var values = new float[16];
                Assert.Equal(0, Found(width, values));
                values[lane] = float.Epsilon;
                Assert.Equal(0, Found(width, values));
                values[lane] = -0f;
                Assert.Equal(1, Found(width, values));
            }
        }
    }

    [Fact]
    public void The_first_lanes_alone_are_written()
    {
        foreach (KernelWidth width in Widths.Supported)
        {
            for (int lanes = 1; lanes <= (int)width; lanes++)
            {
                float[] written = Widths.Mixed(20, 5), before = [.. written], values = Widths.Mixed(16, 6);
                switch (width)
                {
                    case KernelWidth.Vector512: StoreFirst<Lanes512, Vector512<float>>(values, lanes, written); break;
                    case KernelWidth.Vector256: StoreFirst<Lanes256, Vector256<float>>(values, lanes, written); break;
                    case KernelWidth.Vector128: StoreFirst<Lanes128, Vector128<float>>(values, lanes, written); break;
                    default: StoreFirst<ScalarLanes, float>(values, lanes, written); break;
                }
                Widths.AssertSameBits([before[0], .. values.Take(lanes), .. before.Skip(1 + lanes)], written, $"{lanes} lanes at {width}");
            }
        }
    }

    private static void StoreFirst<L, V>(float[] values, int lanes, float[] written) where L : struct, ILanes<V> where V : struct =>
        L.StoreFirst(L.Load(ref values[0], 0), lanes, ref written[0], 1);

    private static float Found(KernelWidth width, float[] values)
    {
        var found = new float[(int)width];
        Elementwise.Combine<MinusZero>(width, values.AsSpan(0, (int)width), values.AsSpan(0, (int)width), found);
        return found[0];
    }

    private static void Compare<TOperation>(Func<float, float, float> expected) where TOperation : struct, IBinaryOperation
    {
        float[] x = Widths.Mixed(4096, 1), y = Widths.Mixed(4096, 2), actual = new float[4096];
        float[] wanted = [.. x.Zip(y, expected)];
        foreach (KernelWidth width in Widths.Supported)
        {
            Elementwise.Combine<TOperation>(width, x, y, actual);
            Widths.AssertSameBits(wanted, actual, $"{typeof(TOperation).Name} at {width}");
        }
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private static float Float(int bits) => BitConverter.Int32BitsToSingle(bits);

    private readonly struct Sum : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.Add(x, y);
    }

    private readonly struct Difference : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.Subtract(x, y);
    }

    private readonly struct Product : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.Multiply(x, y);
    }

    private readonly struct Quotient : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.Divide(x, y);
    }

    private readonly struct Fused : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.FusedMultiplyAdd(x, y, x);
    }

    private readonly struct Root : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.Sqrt(x);
    }

    private readonly struct Selection : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.SelectGreater(x, y, L.Broadcast(1f), y);
    }

    private readonly struct BitSum : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.AddBits(x, y);
    }

    private readonly struct BitDifference : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.SubtractBits(x, y);
    }

    private readonly struct BitAnd : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.AndBits(x, y);
    }

    private readonly struct BitOr : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.OrBits(x, y);
    }

    private readonly struct BitMinimum : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.MinBits(x, y);
    }

    private readonly struct ShiftLeft : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.ShiftBitsLeft(x, 5);
    }

    private readonly struct ShiftRight : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.ShiftBitsRight(x, 5);
    }

    private readonly struct Converted : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.BitsToFloat(x);
    }

    private readonly struct Pattern : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.BroadcastBits(0x12345678);
    }

    private readonly struct MinusZero : IBinaryOperation
    {
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => L.Broadcast(L.AnyNegativeZero(x) ? 1f : 0f);
    }
}
