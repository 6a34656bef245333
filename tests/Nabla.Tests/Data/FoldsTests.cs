namespace Nabla.Tests;

/// <summary>Data that are divided into folds.</summary>
public class FoldsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(45)]
    public void Each_example_is_in_one_fold_and_each_class_spreads_evenly(int count)
    {
        int[] sizes = [20, 13, 1, 0, 11];
        int[] labels = [.. sizes.SelectMany((size, label) => Enumerable.Repeat(label, size)).Order()];
        var data = new Dataset(
            "data", FeatureTable.FromFloats(new float[45], 45, 1), new ClassTargets(labels, ["a", "b", "c", "d", "e"]));
        var folds = DatasetSplit.Folds(data, count, seed: 4);
        Assert.Equal(count, folds.Count);
        Assert.Equal(Enumerable.Range(0, 45), folds.SelectMany(fold => fold).Order());
        Assert.All(folds, fold => Assert.Equal(fold.Order(), fold));
        Assert.InRange(folds.Max(fold => fold.Length) - folds.Min(fold => fold.Length), 0, 1);
        for (int label = 0; label < sizes.Length; label++)
        {
            int[] counts = [.. folds.Select(fold => fold.Count(example => labels[example] == label))];
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }
    }

    [Fact]
    public void Values_are_divided_at_random()
    {
        var data = EnsembleData.Values(50);
        var folds = DatasetSplit.Folds(data, 5, seed: 1);
        Assert.All(folds, fold => Assert.Equal(10, fold.Length));
        Assert.Equal(Enumerable.Range(0, 50), folds.SelectMany(fold => fold).Order());
        Assert.NotEqual(Enumerable.Range(0, 10).Select(i => 5 * i), folds[0]);
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        var data = RandomData.Blobs(50);
        Assert.Equal(DatasetSplit.Folds(data, 4, 1), DatasetSplit.Folds(data, 4, 1));
        Assert.NotEqual(DatasetSplit.Folds(data, 4, 1), DatasetSplit.Folds(data, 4, 2));
        // On every machine, in every version.
        Assert.Equal([0, 1, 4, 9], DatasetSplit.Folds(EnsembleData.Values(10), 3, 1)[0]);
    }

    [Theory]
    [InlineData(1, "at least 2")]
    [InlineData(0, "at least 2")]
    [InlineData(11, "10 examples")]
    public void A_number_of_folds_that_is_not_possible_is_refused(int count, string why) => Assert.Contains(
        why, Assert.Throws<InvalidOptionException>(() => DatasetSplit.Folds(EnsembleData.Values(10), count, 1)).Message,
        StringComparison.Ordinal);
}
