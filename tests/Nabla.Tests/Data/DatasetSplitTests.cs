namespace Nabla.Tests;

public sealed class DatasetSplitTests
{
    /// <summary>
    /// Examples whose one feature is their number, with the given number of each class, classes taking turns while they last.
    /// </summary>
    private static Dataset Numbered(params int[] sizes)
    {
        int[] labels = [.. Enumerable.Range(0, sizes.Max()).SelectMany(
            turn => Enumerable.Range(0, sizes.Length).Where(c => turn < sizes[c]))];
        float[] values = [.. Enumerable.Range(0, labels.Length).Select(i => (float)i)];
        string[] names = [.. sizes.Select((_, c) => $"class {c}")];
        return new Dataset("numbered", FeatureTable.FromFloats(values, labels.Length, 1), new ClassTargets(labels, names));
    }

    private static int[] CountsOf(Dataset dataset)
    {
        var counts = new int[dataset.Classes.Names.Count];
        foreach (int label in dataset.Classes.Labels)
            counts[label]++;
        return counts;
    }

    [Fact]
    public void Rows_are_those_of_the_held_out_examples()
    {
        var data = RandomData.Blobs(50);
        int[] rows = DatasetSplit.HeldOutRows(data, 0.3, 5);
        Assert.Equal(rows.Order(), rows);
        Assert.Equal(DatasetSplit.HoldOut(data, 0.3, 5).HeldOut.Fingerprint, data.Select(rows).Fingerprint);
    }

    [Fact]
    public void Every_example_is_on_exactly_one_side_with_its_own_label()
    {
        Dataset all = Numbered(40, 30, 20);
        var (train, held) = DatasetSplit.HoldOut(all, 0.25, seed: 7);
        float[] together = [.. train.Inputs.Floats.ToArray().Concat(held.Inputs.Floats.ToArray()).Order()];
        Assert.Equal(all.Inputs.Floats.ToArray(), together);
        foreach (Dataset side in (Dataset[])[train, held])
        {
            for (int i = 0; i < side.Count; i++)
                Assert.Equal(all.Classes.Labels[(int)side.Inputs.Floats[i]], side.Classes.Labels[i]);
        }
    }

    [Theory]
    [InlineData(0.25, new[] { 10, 8, 5 })] // 23 of 90: 10.22, 7.67, 5.11
    [InlineData(0.1, new[] { 4, 3, 2 })]
    [InlineData(0.5, new[] { 20, 15, 10 })]
    public void Each_class_gives_its_share(double fraction, int[] expected)
    {
        var (train, held) = DatasetSplit.HoldOut(Numbered(40, 30, 20), fraction, seed: 1);
        Assert.Equal(expected, CountsOf(held));
        Assert.Equal([40 - expected[0], 30 - expected[1], 20 - expected[2]], CountsOf(train));
    }

    [Fact]
    public void The_number_is_that_of_the_decimal_fraction_rounded_up()
    {
        Assert.Equal(7, DatasetSplit.HoldOut(Numbered(50, 50), 0.07, seed: 1).HeldOut.Count);
        Assert.Equal(8, DatasetSplit.HoldOut(Numbered(50, 50), 0.071, seed: 1).HeldOut.Count);
    }

    [Fact]
    public void Both_sides_keep_the_original_order()
    {
        var (train, held) = DatasetSplit.HoldOut(Numbered(40, 30), 0.3, seed: 3);
        Assert.Equal([.. train.Inputs.Floats.ToArray().Order()], train.Inputs.Floats.ToArray());
        Assert.Equal([.. held.Inputs.Floats.ToArray().Order()], held.Inputs.Floats.ToArray());
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        float[] once = DatasetSplit.HoldOut(Numbered(40, 30), 0.3, seed: 3).HeldOut.Inputs.Floats.ToArray();
        float[] again = DatasetSplit.HoldOut(Numbered(40, 30), 0.3, seed: 3).HeldOut.Inputs.Floats.ToArray();
        float[] other = DatasetSplit.HoldOut(Numbered(40, 30), 0.3, seed: 4).HeldOut.Inputs.Floats.ToArray();
        Assert.Equal(once, again);
        Assert.NotEqual(once, other);
    }

    [Fact]
    public void Each_example_is_as_likely_as_the_others_to_be_held_out()
    {
        const int draws = 2000;
        var times = new int[20];
        Dataset all = Numbered(20);
        for (ulong seed = 0; seed < draws; seed++)
        {
            foreach (float example in DatasetSplit.HoldOut(all, 0.25, seed).HeldOut.Inputs.Floats)
                times[(int)example]++;
        }
        // Binomial(2000, 1/4): mean 500, deviation 19.4; five deviations on each side.
        Assert.All(times, count => Assert.InRange(count, 403, 597));
    }

    [Fact]
    public void The_last_example_of_a_class_stays_in_training()
    {
        var (train, held) = DatasetSplit.HoldOut(Numbered(9, 1), 0.8, seed: 1);
        Assert.Equal([8, 0], CountsOf(held));
        Assert.Equal([1, 1], CountsOf(train));
    }

    [Fact]
    public void A_class_may_have_no_examples()
    {
        Dataset all = new("gap", FeatureTable.FromFloats([0, 1, 2, 3], 4, 1), new ClassTargets([0, 0, 2, 2], ["a", "b", "c"]));
        var (train, held) = DatasetSplit.HoldOut(all, 0.5, seed: 1);
        Assert.Equal([1, 0, 1], CountsOf(train));
        Assert.Equal([1, 0, 1], CountsOf(held));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_fraction_outside_0_to_1_is_refused(double fraction)
    {
        var error = Assert.Throws<InvalidOptionException>(() => DatasetSplit.HoldOut(Numbered(5, 5), fraction, seed: 1));
        Assert.Contains("must lie between 0 and 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.9, new[] { 5, 5 })]
    [InlineData(0.5, new[] { 1, 1, 1 })]
    [InlineData(0.5, new[] { 1 })]
    public void A_split_that_empties_a_class_is_refused(double fraction, int[] sizes)
    {
        var error = Assert.Throws<InvalidOptionException>(() => DatasetSplit.HoldOut(Numbered(sizes), fraction, seed: 1));
        Assert.Contains("without training examples", error.Message, StringComparison.Ordinal);
    }
}
