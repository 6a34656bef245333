namespace Nabla.Tests;

public class TargetsTests
{
    private sealed record Flower(double Length, double Width, string? Species);

    [Fact]
    public void Rows_of_any_type_become_a_data_set()
    {
        Flower[] flowers = [new(1, 2, "rose"), new(3, 4, "iris"), new(5, 6, "rose")];
        var classes = Dataset.From(flowers, flower => [flower.Length, flower.Width], flower => flower.Species!);
        Assert.Equal(["iris", "rose"], classes.Classes.Names);
        Assert.Equal([1, 0, 1], classes.Classes.Labels.ToArray());
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], classes.Inputs.Floats.ToArray());

        var numbers = Dataset.From(flowers, flower => [flower.Length], flower => (int)flower.Width * 10);
        Assert.Equal(["20", "40", "60"], numbers.Classes.Names);

        var values = Dataset.From(flowers, flower => [flower.Length], flower => flower.Width / 2);
        Assert.Equal([1.0, 2, 3], values.Values.Values.ToArray());
        Assert.Throws<InvalidOperationException>(() => classes.Values);
        Assert.Throws<InvalidOperationException>(() => values.Classes);
    }

    [Fact]
    public void Arrays_become_a_data_set()
    {
        var jagged = Dataset.From([[1.0, 2.0], [3.0, 4.0]], ClassTargets.From(["b", "a"]));
        var table = Dataset.From(new float[,] { { 1, 2 }, { 3, 4 } }, ClassTargets.From([7, -7]));
        Assert.Equal(jagged.Inputs.Floats.ToArray(), table.Inputs.Floats.ToArray());
        Assert.Equal(["-7", "7"], table.Classes.Names);
        Assert.Equal([1, 0], table.Classes.Labels.ToArray());
    }

    [Fact]
    public void Rows_that_cannot_be_used_are_named()
    {
        var targets = ClassTargets.From(["a", "b"]);
        Check(() => Dataset.From([[1.0], null!], targets), "example 1", "null");
        Check(() => Dataset.From([[1.0, 2.0], [1.0]], targets), "example 1", "1 features, and example 0 has 2");
        Check(() => Dataset.From([[], [1.0]], targets), "example 0", "no features");
        Check(() => Dataset.From([[1.0, 2.0], [1.0, double.NaN]], targets), "example 1, feature 1", "NaN");
        Check(() => Dataset.From([[1.0, 2.0], [1e300, 1.0]], targets), "example 1, feature 0", "1E+300");
        Check(() => Dataset.From(new float[,] { { 1 }, { float.PositiveInfinity } }, targets), "example 1, feature 0", "Infinity");
        Check(() => Dataset.From([], targets), "the rows", "none");
        Flower[] flowers = [new(1, 2, "rose"), new(3, double.NaN, null)];
        Check(() => Dataset.From(flowers, flower => [flower.Length], flower => flower.Species!), "example 1", "class is null");
        Check(() => Dataset.From(flowers, flower => [flower.Length], flower => flower.Width), "example 1, target", "NaN");

        static void Check(Func<Dataset> make, string where, string why)
        {
            var error = Assert.Throws<InvalidInputException>(make);
            Assert.Equal(where, error.Where);
            Assert.Contains(why, error.Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Features_that_are_not_finite_are_refused_before_training_and_not_called_divergence()
    {
        float[] values = [.. Enumerable.Range(0, 20).Select(i => i == 13 ? float.NaN : i)];
        var data = new Dataset("d", FeatureTable.FromFloats(values, 10, 2), new ClassTargets(new int[10], ["a", "b"]));
        var error = Assert.Throws<InvalidInputException>(() => Classifier.Train(data, new TrainingOptions { Hidden = [3], Epochs = 1 }));
        Assert.Equal("example 6, feature 1", error.Where);
    }

    [Fact]
    public void Targets_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new ClassTargets([0, 2], ["a", "b"]));
        Assert.Throws<ArgumentException>(() => new ClassTargets([0], ["a", "a"]));
        Assert.Throws<ArgumentException>(() => new ClassTargets([0], []));
        Assert.Throws<ArgumentException>(() => new ValueTargets([1, 2, 3], ["a", "b"]));
        Assert.Throws<ArgumentException>(() => new ValueTargets([1, double.NaN], ["a", "b"]));
        Assert.Throws<ArgumentException>(() => new ValueTargets([1, 1e39], ["a", "b"]));
        var inputs = FeatureTable.FromFloats(new float[2], 2, 1);
        Assert.Throws<ArgumentException>(() => new Dataset("d", inputs, new ClassTargets([0], ["a"])));
        Assert.Throws<ArgumentException>(() => new Dataset("d", inputs, new ClassTargets([0, 0], ["a"]), [1f]));
        Assert.Throws<ArgumentException>(() => new Dataset("d", inputs, new ClassTargets([0, 0], ["a"]), [1f, -1f]));
        Assert.Throws<ArgumentException>(() => new Dataset("d", inputs, new ClassTargets([0, 0], ["a"]), [1f, float.NaN]));
    }

    [Fact]
    public void Values_are_selected_held_out_and_digested()
    {
        var targets = new ValueTargets([1, 10, 2, 20, 3, 30], ["small", "large"]);
        var data = new Dataset("d", FeatureTable.FromFloats([1, 2, 3], 3, 1), targets, [1f, 2f, 3f]);
        var chosen = data.Select([2, 0]);
        Assert.Equal([3.0, 30, 1, 10], ((ValueTargets)chosen.Targets).Values.ToArray());
        Assert.Equal([3f, 1f], chosen.Weights.ToArray());
        var (train, held) = DatasetSplit.HoldOut(data, 0.3, seed: 1);
        Assert.Equal((2, 1), (train.Count, held.Count));
        Assert.NotEqual(data.Fingerprint, new Dataset("d", data.Inputs, targets).Fingerprint);
        Assert.NotEqual(
            data.Fingerprint,
            new Dataset("d", data.Inputs, new ValueTargets([1, 10, 2, 20, 3, 31], ["small", "large"]), [1f, 2f, 3f]).Fingerprint);
    }

    [Fact]
    public void Values_are_not_classes_to_cross_entropy_nor_to_a_classifier()
    {
        var data = Dataset.From([1.0, 2.0, 3.0], x => [x], x => 2 * x);
        Assert.Throws<ArgumentException>(() => Classifier.Train(data));
        var network = new Network(new Topology([1, 1], Activation.Sigmoid, Activation.Sigmoid));
        var backpropagation = new Backpropagation(network, Loss.CrossEntropy, 3);
        var error = Assert.Throws<InvalidOptionException>(
            () => backpropagation.Gradient([1, 2, 3], TargetBatch.FromValues([1, 2, 3], 1), new float[2]));
        Assert.Contains("quadratic", error.Remedy, StringComparison.Ordinal);
    }
}
