namespace Nabla.Kernels.Tests;

public class RandomStreamTests
{
    // The pinned values of this file were computed apart from this code, in Python's integers and doubles.

    [Fact]
    public void The_first_words_are_pinned()
    {
        var stream = new RandomStream(42, RandomPurpose.Shuffle, 7);
        uint[] expected = [0xbddb76a6, 0x067911e2, 0x2007080d, 0x4044fb50, 0x642b53f8, 0xe4f0f92a];
        foreach (uint word in expected)
            Assert.Equal(word, stream.NextUInt32());
    }

    [Fact]
    public void The_first_unit_numbers_are_pinned()
    {
        var stream = new RandomStream(42, RandomPurpose.Shuffle, 7);
        double[] expected = [0.025284879547923356, 0.2510525770776689, 0.8943019608015396];
        foreach (double unit in expected)
            Assert.Equal(unit, stream.NextUnit());
    }

    [Fact]
    public void The_first_normal_deviates_are_pinned()
    {
        var stream = new RandomStream(42, RandomPurpose.InitialValues, 0x1_2345_6789);
        double[] expected = [-1.0018984552827315, 0.3184229018217192, 1.1382166715978699, 0.031090488023329026];
        foreach (double normal in expected)
            Assert.Equal(normal, stream.NextNormal());
    }

    [Fact]
    public void Index_words_purpose_and_block_number_stand_in_the_counter_as_documented()
    {
        var stream = new RandomStream(99, RandomPurpose.Digits, 0xAAAA_BBBB_CCCC_DDDD);
        for (int i = 0; i < 4; i++)
            stream.NextUInt32();
        var second = Philox.Block(99, 0xCCCC_DDDD_0000_0001, (ulong)RandomPurpose.Digits << 32 | 0xAAAA_BBBB);
        Assert.Equal(second, (stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32()));
    }

    [Fact]
    public void A_block_has_the_words_that_the_stream_draws()
    {
        var stream = new RandomStream(99, RandomPurpose.Dropout, 0xAAAA_BBBB_CCCC_DDDD);
        for (uint block = 0; block < 3; block++)
        {
            Assert.Equal(
                RandomStream.Block(99, RandomPurpose.Dropout, 0xAAAA_BBBB_CCCC_DDDD, block),
                (stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32()));
        }
    }

    [Fact]
    public void Unit_numbers_are_even_over_their_interval()
    {
        const int count = 1_000_000;
        var stream = new RandomStream(1, RandomPurpose.GradientCheck);
        int[] cells = new int[64];
        for (int i = 0; i < count; i++)
        {
            double unit = stream.NextUnit();
            Assert.True(unit is > 0 and < 1);
            cells[(int)(unit * 64)]++;
        }
        // 63 degrees of freedom: 103 is the 0.1 % point.
        Assert.InRange(ChiSquare(cells, count / 64.0), 30, 103);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(3u)]
    [InlineData(7u)]
    [InlineData(10u)]
    public void Bounded_numbers_are_equally_likely(uint bound)
    {
        const int count = 200_000;
        var stream = new RandomStream(2, RandomPurpose.Split);
        int[] cells = new int[bound];
        for (int i = 0; i < count; i++)
            cells[stream.NextUInt32(bound)]++;
        Assert.InRange(ChiSquare(cells, (double)count / bound), 0, 27.9);
    }

    [Fact]
    public void A_huge_bound_that_plain_scaling_would_favour_unevenly_is_even()
    {
        // With 3 * 2^30 numbers, every third one would come up twice as often without rejection.
        const uint bound = 3u << 30;
        var stream = new RandomStream(3, RandomPurpose.Split);
        int[] cells = new int[3];
        for (int i = 0; i < 300_000; i++)
            cells[stream.NextUInt32(bound) % 3]++;
        Assert.InRange(ChiSquare(cells, 100_000), 0, 13.8);
    }

    [Fact]
    public void A_bound_of_zero_is_refused()
    {
        var stream = new RandomStream(1, RandomPurpose.Split);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextUInt32(0));
    }

    [Fact]
    public void Normal_deviates_have_the_moments_and_tails_of_the_normal_distribution()
    {
        const int count = 1_000_000;
        var stream = new RandomStream(4, RandomPurpose.InitialValues);
        double[] moments = new double[5];
        int beyondTwo = 0;
        for (int i = 0; i < count; i++)
        {
            double x = stream.NextNormal();
            for (int power = 1; power <= 4; power++)
                moments[power] += Math.Pow(x, power) / count;
            beyondTwo += Math.Abs(x) > 2 ? 1 : 0;
        }
        // Four standard errors each; the fourth moment of a normal is 3, and 4.55 % lie beyond two deviations.
        Assert.InRange(moments[1], -0.004, 0.004);
        Assert.InRange(moments[2], 1 - 0.0057, 1 + 0.0057);
        Assert.InRange(moments[3], -0.0155, 0.0155);
        Assert.InRange(moments[4], 3 - 0.0392, 3 + 0.0392);
        Assert.InRange(beyondTwo / (double)count, 0.0455 - 0.00084, 0.0455 + 0.00084);
    }

    private static double ChiSquare(int[] cells, double expected) => cells.Sum(cell => (cell - expected) * (cell - expected) / expected);
}
