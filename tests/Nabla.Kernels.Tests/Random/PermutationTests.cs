namespace Nabla.Kernels.Tests;

public class PermutationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Every_number_appears_once(int length)
    {
        var stream = new RandomStream(1, RandomPurpose.Shuffle);
        int[] order = new int[length];
        Permutation.Fill(order, ref stream);
        Assert.Equal(Enumerable.Range(0, length), order.Order());
    }

    [Fact]
    public void The_order_of_ten_is_pinned()
    {
        var stream = new RandomStream(1, RandomPurpose.Shuffle);
        int[] order = new int[10];
        Permutation.Fill(order, ref stream);
        Assert.Equal([6, 7, 0, 4, 5, 9, 8, 2, 3, 1], order);
    }

    [Fact]
    public void Every_order_of_four_is_equally_likely()
    {
        const int count = 120_000;
        var stream = new RandomStream(3, RandomPurpose.Shuffle);
        var seen = new Dictionary<string, int>();
        int[] order = new int[4];
        for (int i = 0; i < count; i++)
        {
            Permutation.Fill(order, ref stream);
            string key = string.Join(' ', order);
            seen[key] = seen.GetValueOrDefault(key) + 1;
        }
        Assert.Equal(24, seen.Count);
        // 23 degrees of freedom: 49.7 is the 0.1 % point.
        double chiSquare = seen.Values.Sum(n => (n - count / 24.0) * (n - count / 24.0) / (count / 24.0));
        Assert.InRange(chiSquare, 0, 49.7);
    }

    [Fact]
    public void Another_epoch_has_another_order()
    {
        var first = new RandomStream(1, RandomPurpose.Shuffle, 0);
        var second = new RandomStream(1, RandomPurpose.Shuffle, 1);
        int[] a = new int[100], b = new int[100];
        Permutation.Fill(a, ref first);
        Permutation.Fill(b, ref second);
        Assert.NotEqual(a, b);
    }
}
