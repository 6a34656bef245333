namespace Nabla.Tests;

/// <summary>A trained model may be shared by any number of threads; what cannot be shared says so before anything is touched.</summary>
public class ConcurrencyTests
{
    private const int Threads = 8;
    private static readonly TrainingOptions Small = new() { Hidden = [12, 7], Epochs = 2, BatchSize = 16, Seed = 3 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Threads_that_share_a_classifier_get_the_bits_of_one_thread(bool bytes) => Compare(bytes, 2_000);

    [Theory(Explicit = true)]
    [InlineData(true)]
    [InlineData(false)]
    public void A_hundred_thousand_predictions_of_each_of_eight_threads_have_the_bits_of_one_thread(bool bytes) => Compare(bytes, 100_000);

    [Fact]
    public void A_backpropagation_that_is_in_use_refuses_other_threads()
    {
        var network = InitialValues.Draw(new Topology([20, 9, 3], Activation.Sigmoid, Activation.Softmax), Initialization.Xavier, 1);
        var backpropagation = new Backpropagation(network, Loss.CrossEntropy, 10, threads: 2);
        float[] inputs = [.. Enumerable.Range(0, 200).Select(i => i % 7 - 3f)], expected = new float[network.Parameters.Length];
        int[] labels = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0];
        double loss = backpropagation.Gradient(inputs, TargetBatch.FromLabels(labels), expected);
        Misuse(() =>
        {
            var gradient = new float[expected.Length];
            Assert.Equal(loss, backpropagation.Gradient(inputs, TargetBatch.FromLabels(labels), gradient));
            Assert.Equal(expected, gradient);
        });
    }

    [Fact]
    public void A_training_run_that_another_thread_drives_refuses_to_be_driven()
    {
        var data = RandomData.Images(300);
        string alone = Classifier.Train(data, Small with { Epochs = 50 }).Fingerprint;
        for (int attempt = 0; attempt < 10; attempt++)
        {
            var training = new Training<Classifier>(data, Small with { Epochs = 50 });
            int completed = 0;
            Misuse(() => completed += training.Epochs().Count(), tries: Threads);
            // Whoever was refused has changed nothing: what is left ends with the bits of an undisturbed run.
            foreach (var _ in training.Epochs())
                completed++;
            Assert.Equal(alone, training.Model.Fingerprint);
        }
    }

    [Fact]
    public void An_optimizer_that_is_in_use_refuses_other_threads()
    {
        var network = new Network(new Topology([300, 200], Activation.Sigmoid, Activation.Sigmoid));
        var optimizer = Optimizer.Create(new SgdOptions { LearningRate = 1 }, network.Topology);
        float[] gradient = [.. Enumerable.Repeat(-1f, network.Parameters.Length)];
        int steps = 0;
        Misuse(() =>
        {
            optimizer.Step(network, gradient);
            Interlocked.Increment(ref steps);
        });
        Assert.All(network.Parameters.ToArray(), parameter => Assert.Equal(steps, parameter));
    }

    [Fact]
    public void Labels_that_the_caller_changes_afterwards_are_not_those_of_the_data_set()
    {
        int[] labels = [0, 1, 1];
        float[] weights = [1, 2, 3];
        var data = new Dataset("d", FeatureTable.FromFloats(new float[3], 3, 1), new ClassTargets(labels, ["a", "b"]), weights);
        labels[1] = -5;
        weights[1] = -5;
        Assert.Equal([0, 1, 1], data.Classes.Labels.ToArray());
        Assert.Equal([1f, 2f, 3f], data.Weights.ToArray());
    }

    /// <summary>Single and batch predictions and evaluations by many threads beside those of one.</summary>
    private static void Compare(bool bytes, int perThread)
    {
        var data = bytes ? RandomData.Images(130) : RandomData.Blobs(130);
        var model = Classifier.Train(data, Small);
        Prediction[] expected = [.. model.Predict(data.Inputs)];
        var report = model.Evaluate(data);
        int differences = 0;
        OnThreads(thread =>
        {
            for (int i = 0; i < perThread; i++)
            {
                int example = (i + 17 * thread) % data.Count;
                var prediction = bytes ? model.Predict(data.Inputs.ByteRow(example)) : model.Predict(data.Inputs.FloatRow(example));
                if (!prediction.Scores.SequenceEqual(expected[example].Scores))
                    Interlocked.Increment(ref differences);
                if (i % 1000 != 999)
                    continue;
                if (!model.Predict(data.Inputs).Zip(expected).All(pair => pair.First.Scores.SequenceEqual(pair.Second.Scores)))
                    Interlocked.Increment(ref differences);
                if (model.Evaluate(data) != report)
                    Interlocked.Increment(ref differences);
            }
        });
        Assert.Equal(0, differences);
    }

    /// <summary>Uses something from many threads at once: each use works, or throws <see cref="InvalidOperationException"/>.</summary>
    private static void Misuse(Action use, int tries = 1000)
    {
        int worked = 0;
        OnThreads(_ =>
        {
            for (int i = 0; i < tries / Threads; i++)
            {
                try
                {
                    use();
                    Interlocked.Increment(ref worked);
                }
                catch (InvalidOperationException e)
                {
                    Assert.Contains("in use by another call", e.Message, StringComparison.Ordinal);
                }
            }
        });
        Assert.True(worked > 0, "No use has worked.");
    }

    private static void OnThreads(Action<int> action)
    {
        var failures = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            try
            {
                action(number);
            }
            catch (Exception e)
            {
                lock (failures)
                    failures.Add(e);
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}
