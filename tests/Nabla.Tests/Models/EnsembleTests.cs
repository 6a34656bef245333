namespace Nabla.Tests;

/// <summary>Models that average the predictions of their members.</summary>
public class EnsembleTests
{
    private static readonly TrainingOptions Small = new() { Hidden = [7], Epochs = 2, BatchSize = 16 };

    private static Classifier[] Classifiers(Dataset data, TrainingOptions? options = null) =>
        [.. Enumerable.Range(1, 3).Select(seed => Classifier.Train(data, (options ?? Small) with { Seed = (ulong)seed }))];

    // Each member learns from other examples, so that each has its own scaling of inputs and targets.
    private static Regressor[] Regressors(Dataset data) =>
    [
        .. Enumerable.Range(0, 3).Select(number =>
            Regressor.Train(data.Select([.. Enumerable.Range(number * 10, 50)]), Small with { Seed = (ulong)number })),
    ];

    [Fact]
    public void A_classifier_averages_the_outputs_of_its_members()
    {
        var data = RandomData.Blobs(300);
        var members = Classifiers(data);
        var ensemble = Classifier.Average(members);
        Assert.Equal(members, ensemble.Members);
        var predictions = ensemble.Predict(data.Inputs);
        for (int i = 0; i < data.Count; i++)
        {
            var example = data.Inputs.Floats.Slice(i * 6, 6);
            float[] expected = new float[3];
            for (int c = 0; c < expected.Length; c++)
            {
                double sum = 0;
                foreach (var member in members)
                    sum += member.Predict(example).Scores[c];
                expected[c] = (float)(sum / 3);
            }
            Assert.Equal(expected, ensemble.Predict(example).Scores);
            Assert.Equal(expected, predictions[i].Scores);
            Assert.Equal(Array.IndexOf(expected, expected.Max()), predictions[i].ClassIndex);
            double[] doubles = [.. example.ToArray().Select(value => (double)value)];
            Assert.Equal(expected, ensemble.Predict(doubles).Scores);
        }
        var first = members[0].Predict(data.Inputs);
        Assert.Contains(Enumerable.Range(0, data.Count), i => !first[i].Scores.SequenceEqual(predictions[i].Scores));
    }

    [Fact]
    public void A_classifier_of_bytes_averages_the_outputs_of_its_members()
    {
        var data = RandomData.Images(100);
        var members = Classifiers(data);
        var ensemble = Classifier.Average(members);
        byte[] pixels = data.Inputs.Bytes[..36].ToArray();
        float[] expected = new float[4];
        for (int c = 0; c < expected.Length; c++)
            expected[c] = (float)(members.Sum(member => (double)member.Predict(pixels.AsSpan()).Scores[c]) / 3);
        Assert.Equal(expected, ensemble.Predict(pixels).Scores);
        Assert.Equal(expected, ensemble.Predict(data.Inputs)[0].Scores);
        Assert.Equal([6, 6], ensemble.InputShape);
        Assert.Throws<InvalidInputException>(() => ensemble.Predict(new float[36]));
    }

    [Fact]
    public void A_regressor_averages_the_values_of_its_members()
    {
        var data = EnsembleData.Values(70);
        var members = Regressors(data);
        Assert.NotEqual(members[0].TargetScaling!.Offsets.ToArray(), members[1].TargetScaling!.Offsets.ToArray());
        var ensemble = Regressor.Average(members);
        var predictions = ensemble.Predict(data.Inputs);
        for (int i = 0; i < data.Count; i++)
        {
            var example = data.Inputs.Floats.Slice(i * 3, 3);
            double[] expected = new double[2];
            for (int target = 0; target < expected.Length; target++)
            {
                foreach (var member in members)
                    expected[target] += member.Predict(example)[target];
                expected[target] /= 3;
            }
            Assert.Equal(expected, ensemble.Predict(example));
            Assert.Equal(expected, predictions[i]);
            double[] doubles = [.. example.ToArray().Select(value => (double)value)];
            Assert.Equal(expected, ensemble.Predict(doubles));
        }
    }

    [Fact]
    public void An_evaluation_measures_the_averaged_outputs_and_the_mean_of_the_losses()
    {
        var data = RandomData.Blobs(300);
        var members = Classifiers(data);
        var ensemble = Classifier.Average(members);
        var report = ensemble.Evaluate(data);
        var predictions = ensemble.Predict(data.Inputs);
        Assert.Equal(Enumerable.Range(0, 300).Count(i => predictions[i].ClassIndex == data.Classes.Labels[i]), report.Correct);
        for (int c = 0; c < 3; c++)
            Assert.Equal(predictions[7].Scores[c], report.Examples[7].Scores[c], 1e-6);
        Assert.Equal(members.Average(member => member.Evaluate(data).Loss), report.Loss, 1e-12);
        Assert.True(report.LogLoss < report.Loss);
        Assert.Equal(new ClassificationReport(report.Correct, 300, report.Loss), (ClassificationReport)ensemble.MeasureEpoch(data));
    }

    [Fact]
    public void An_evaluation_measures_the_averaged_values_and_the_mean_of_the_losses()
    {
        var data = EnsembleData.Values(70);
        var members = Regressors(data);
        var ensemble = Regressor.Average(members);
        var report = ensemble.Evaluate(data);
        double[] predictions = [.. ensemble.Predict(data.Inputs).SelectMany(row => row)];
        var expected = RegressionReport.From(data.Values.Values, predictions, data.Values.Names);
        Assert.Equal(expected.RootMeanSquaredError, report.RootMeanSquaredError);
        Assert.Equal(expected.MedianAbsoluteError, report.MedianAbsoluteError);
        Assert.Equal(members.Average(member => member.Evaluate(data).Loss), report.Loss, 1e-12);
        Assert.Equal(report, (RegressionReport)ensemble.MeasureEpoch(data));
    }

    [Fact]
    public void Threads_may_share_an_ensemble()
    {
        var data = RandomData.Blobs(200);
        var ensemble = Classifier.Average(Classifiers(data));
        var expected = ensemble.Predict(data.Inputs);
        double loss = ensemble.Evaluate(data).Loss;
        Parallel.For(0, 200, i =>
        {
            Assert.Equal(expected[i].Scores, ensemble.Predict(data.Inputs.Floats.Slice(i * 6, 6)).Scores);
            if (i % 20 == 0)
            {
                Assert.Equal(loss, ensemble.Evaluate(data).Loss);
                Assert.Equal(expected[^1].Scores, ensemble.Predict(data.Inputs)[^1].Scores);
            }
        });
    }

    [Fact]
    public void An_ensemble_has_no_network_of_its_own()
    {
        var ensemble = Regressor.Average(Regressors(EnsembleData.Values(70)));
        Assert.Equal("3-7-2", ensemble.Topology.ToString());
        Assert.Contains("use Members", Assert.Throws<InvalidOperationException>(() => ensemble.Network).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ensemble.Preprocessing);
        Assert.Throws<InvalidOperationException>(() => ensemble.TargetScaling);
        Assert.StartsWith("average of 3, 3-7-2 regressor", ensemble.ToString(), StringComparison.Ordinal);
        Assert.Empty(ensemble.Members[0].Members);
    }

    [Fact]
    public void The_fingerprint_depends_on_the_members_and_their_order()
    {
        var members = Classifiers(RandomData.Blobs(100));
        string fingerprint = Classifier.Average(members).Fingerprint;
        Assert.Equal(71, fingerprint.Length);
        Assert.Equal(fingerprint, Classifier.Average(members).Fingerprint);
        Assert.NotEqual(fingerprint, Classifier.Average([members[1], members[0], members[2]]).Fingerprint);
        Assert.NotEqual(members[0].Fingerprint, Classifier.Average([members[0]]).Fingerprint);
    }

    [Fact]
    public void Members_must_go_together()
    {
        var data = RandomData.Blobs(100);
        var first = Classifier.Train(data, Small);
        RequireRefused("at least one member", []);
        RequireRefused("it is an ensemble itself", [first, Classifier.Average([first])]);
        RequireRefused("the names of the outputs differ", [first, Classifier.Train(RandomData.Blobs(100, classes: 4), Small)]);
        RequireRefused("the shapes of an example differ", [first, Classifier.Train(RandomData.Blobs(100, features: 5), Small)]);
        RequireRefused("inputs are scaled by", [first, Classifier.Train(data, Small with { Scaling = Scaling.None })]);
        RequireRefused("the options of the training runs differ", [first, Classifier.Train(data, Small with { Hidden = [8] })]);
        RequireRefused("the options of the training runs differ", [first, Classifier.Train(data, Small with { BatchSize = 17 })]);
        // Equal lists are the same options.
        var same = Classifier.Train(data, Small with { Hidden = null!, Layers = [new Layer(7, Activation.Relu)], Seed = 2, Threads = 1 });
        Assert.Equal(2, Classifier.Average([first, same]).Members.Count);
        Classifier Weighted(float weight) => Classifier.Train(
            data, Small with { ClassWeights = ClassWeights.From(new Dictionary<string, float> { [data.Classes.Names[0]] = weight }) });
        Assert.Equal(2, Classifier.Average([Weighted(2), Weighted(2)]).Members.Count);
        RequireRefused("the options of the training runs differ", [Weighted(2), Weighted(3)]);

        static void RequireRefused(string why, Classifier[] members) => Assert.Contains(
            why, Assert.Throws<ArgumentException>(() => Classifier.Average(members)).Message, StringComparison.Ordinal);
    }
}
