using Nabla.Explain;
using Nabla.Reference;

namespace Nabla.Report.Tests.Explain;

/// <summary>The nearest examples are those that a comparison of all pairs in double precision finds.</summary>
public sealed class NearestExamplesTests
{
    private static readonly Classifier Model = Classifier.Train(
        Samples.Points(300), new TrainingOptions { Hidden = [9, 5], Epochs = 2, Activation = Activation.Tanh });

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void The_nearest_inputs_are_found_with_their_distances(int most)
    {
        var (examples, queries) = (Samples.Points(300).Inputs, Samples.Points(320).Inputs);
        var nearest = NearestExamples.InInputs(Model, examples);
        Assert.Equal((2, 300), (nearest.Dimensions, nearest.Count));
        foreach (int row in new[] { 0, 77, 319 })
            AssertSame(BruteForce(Scaled(examples), Scaled(queries)[row], most), nearest.Find(queries, row, most));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_nearest_activations_are_those_of_the_reference(int threads)
    {
        var examples = Samples.Points(300).Inputs;
        var nearest = NearestExamples.InLastHiddenLayer(Model, examples, threads: threads);
        Assert.Equal((5, 300), (nearest.Dimensions, nearest.Count));
        var reference = ReferenceNetworks.Create(Model.Network, Model.Options.Loss!);
        double[][] points = [.. Scaled(examples).Select(x => Hidden(reference, x))];
        foreach (int row in new[] { 3, 299 })
            AssertSame(BruteForce(points, points[row], 7), nearest.Find(examples, row, 7), 1e-5);
    }

    [Fact]
    public void Pictures_of_many_pixels_are_compared_pixel_by_pixel()
    {
        var train = Digits.Generate(700, seed: 3);
        var model = Classifier.Train(train, new TrainingOptions { Hidden = [4], Epochs = 1 });
        var test = Digits.Generate(20, seed: 4).Inputs;
        var nearest = NearestExamples.InInputs(model, train.Inputs);
        var points = Scaled(train.Inputs, model);
        for (int row = 0; row < test.Rows; row++)
            AssertSame(BruteForce(points, Scaled(test, model)[row], 5), nearest.Find(test, row, 5));
    }

    [Fact]
    public void Equal_distances_keep_the_order_of_the_data()
    {
        int[] repeated = [.. Enumerable.Range(0, 90).Select(i => i % 30)];
        var examples = Samples.Points(30).Inputs.Select(repeated);
        var found = NearestExamples.InInputs(Model, examples).Find(examples, 12, 5);
        Assert.Equal([12, 42, 72], found.Take(3).Select(near => near.Example));
        Assert.All(found.Take(3), near => Assert.Equal(0, near.Distance));
        Assert.True(found[3].Distance > 0);
        Assert.Equal(found[3].Example + 30, found[4].Example);
        Assert.Equal(found[3].Distance, found[4].Distance);
    }

    [Fact]
    public void Activations_that_are_too_many_are_those_of_evenly_spread_examples()
    {
        var examples = Samples.Points(300).Inputs;
        var nearest = NearestExamples.InLastHiddenLayer(Model, examples, mostKept: 50);
        Assert.Equal(10, nearest.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i * 30), nearest.Find(examples, 60, 100).Select(near => near.Example).Order());
        Assert.Equal(new NearExample(60, 0), nearest.Find(examples, 60, 1)[0]);
    }

    [Fact]
    public void Later_changes_of_the_network_do_not_matter()
    {
        var model = Classifier.Train(Samples.Points(60), new TrainingOptions { Hidden = [6], Epochs = 1 });
        var examples = Samples.Points(60).Inputs;
        var nearest = NearestExamples.InLastHiddenLayer(model, examples);
        var before = nearest.Find(examples, 5, 4);
        model.Network.EditParameters().Fill(0.25f);
        Assert.Equal(before, nearest.Find(examples, 5, 4));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        var examples = Samples.Points(30).Inputs;
        var nearest = NearestExamples.InInputs(Model, examples);
        Assert.Throws<ArgumentOutOfRangeException>(() => nearest.Find(examples, 30, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => nearest.Find(examples, 0, 0));
        Assert.Throws<ArgumentException>(() => nearest.Find(Samples.Pictures(3).Inputs, 0, 1));
        Assert.Throws<ArgumentException>(() => NearestExamples.InInputs(Model, Samples.Pictures(3).Inputs));
        var wrong = FeatureTable.FromFloats([float.NaN, 1], 1, 2);
        Assert.Equal("example 0", Assert.Throws<InvalidInputException>(() => nearest.Find(wrong, 0, 1)).Where);
        var linear = Classifier.Train(Samples.Points(30), new TrainingOptions { Hidden = [], Epochs = 1 });
        Assert.Throws<InvalidOperationException>(() => NearestExamples.InLastHiddenLayer(linear, examples));
        var ensemble = Classifier.Average([linear, linear]);
        Assert.Throws<InvalidOperationException>(() => NearestExamples.InInputs(ensemble, examples));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => nearest.Find(examples, 0, 1, cancelled.Token));
    }

    [Fact]
    public void An_example_without_a_distance_is_never_found()
    {
        var examples = FeatureTable.FromFloats([float.NaN, 1, 2, 3, 4, 5], 3, 2);
        Assert.Equal([1, 2], NearestExamples.InInputs(Model, examples).Find(examples, 1, 9).Select(near => near.Example));
    }

    private static double[][] Scaled(FeatureTable table, Model? model = null)
    {
        var scaled = new float[table.Rows * table.Columns];
        (model ?? Model).Preprocessing.Apply(table, [.. Enumerable.Range(0, table.Rows)], scaled);
        return [.. scaled.Select(value => (double)value).Chunk(table.Columns)];
    }

    private static double[] Hidden(ReferenceNetwork network, double[] x)
    {
        network.Feedforward(x);
        return network.A(network.Layers - 1).ToArray();
    }

    private static NearExample[] BruteForce(double[][] points, double[] from, int most) =>
    [
        .. points.Select((point, i) => new NearExample(i, Math.Sqrt(point.Zip(from, (a, b) => (a - b) * (a - b)).Sum())))
            .OrderBy(near => near.Distance).ThenBy(near => near.Example).Take(most),
    ];

    private static void AssertSame(NearExample[] expected, IReadOnlyList<NearExample> found, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Select(near => near.Example), found.Select(near => near.Example));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Distance, pair.Second.Distance, tolerance));
    }
}
