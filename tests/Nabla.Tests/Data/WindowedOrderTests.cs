namespace Nabla.Tests;

public sealed class WindowedOrderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(1000, 10)]
    [InlineData(1000, 64)]
    [InlineData(1000, 65)]
    [InlineData(1000, 300)]
    [InlineData(999, 128)]
    [InlineData(1025, 1024)]
    [InlineData(1000, 1000)]
    [InlineData(1000, int.MaxValue)]
    public void Each_epoch_has_each_example_once_and_an_order_of_its_own(int examples, int window)
    {
        var order = new WindowedOrder(examples, window, seed: 3);
        int[] first = Epoch(order, 0, examples), second = Epoch(order, 1, examples);
        Assert.Equal(Enumerable.Range(0, examples), first.Order());
        Assert.Equal(Enumerable.Range(0, examples), second.Order());
        Assert.Equal(first, Epoch(order, 0, examples));
        if (examples > 1)
        {
            Assert.NotEqual(first, second);
            Assert.NotEqual(first, Epoch(new WindowedOrder(examples, window, seed: 4), 0, examples));
        }
    }

    [Fact]
    public void Any_part_of_an_epoch_can_be_read_alone()
    {
        var order = new WindowedOrder(1000, 150, seed: 3);
        int[] all = Epoch(order, 2, 1000);
        foreach (int start in (int[])[990, 0, 145, 299, 300, 777])
        {
            int[] part = new int[Math.Min(400, 1000 - start)];
            order.CopyTo(start, part);
            Assert.Equal(all[start..(start + part.Length)], part);
        }
    }

    [Fact]
    public void The_examples_of_a_window_come_from_at_most_66_places()
    {
        const int Examples = 100_000, Window = 6400;
        int[] all = Epoch(new WindowedOrder(Examples, Window, seed: 9), 0, Examples);
        foreach (int[] window in all.Chunk(Window))
        {
            int[] sorted = [.. window.Order()];
            Assert.InRange(1 + sorted.Skip(1).Index().Count(next => next.Item != sorted[next.Index] + 1), 1, 66);
        }
        // They are from all over the data.
        Assert.InRange(all[..Window].Average(), 0.4 * Examples, 0.6 * Examples);
    }

    [Fact]
    public void The_order_is_pinned() =>
        Assert.Equal([12, 13, 8, 45, 43], Epoch(new WindowedOrder(50, 20, seed: 1), 0, 50)[..5]);

    [Fact]
    public void Batches_have_the_windows_order_whatever_their_size()
    {
        int[] expected = Epoch(new WindowedOrder(500, 90, seed: 6), 4, 500);
        foreach (int size in (int[])[7, 90, 200, 500, 1000])
        {
            var order = new BatchOrder(500, size, dropLast: false, seed: 6, window: 90);
            order.Begin(4);
            Assert.Equal(expected, Enumerable.Range(0, order.BatchCount).SelectMany(batch => order.Batch(batch).ToArray()));
        }
    }

    private static int[] Epoch(WindowedOrder order, int epoch, int examples)
    {
        int[] all = new int[examples];
        order.Begin(epoch);
        order.CopyTo(0, all);
        return all;
    }
}
