namespace Nabla.Tests;

/// <summary>Training on distorted images: which step sees which, and where they are not distorted.</summary>
public class AugmentedTrainingTests
{
    private static readonly Dataset images = RandomData.Images(150, side: 9);

    private static readonly TrainingOptions options = new()
    {
        Hidden = [20, 12], Dropout = 0.3f, BatchSize = 16, Epochs = 1, Scaling = Scaling.Unit, Seed = 5,
        Augmentation = AugmentationTests.Everything,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_epoch_is_one_on_images_that_were_distorted_before(int threads)
    {
        var plain = options with { Augmentation = Augmentation.None, Threads = threads };
        string expected = Classifier.Train(Distorted(images, 0), plain).Fingerprint;
        Assert.Equal(expected, Classifier.Train(images, options with { Threads = threads }).Fingerprint);
        Assert.NotEqual(expected, Classifier.Train(images, plain).Fingerprint);
    }

    [Fact]
    public void Images_of_floats_are_distorted_too()
    {
        var floats = AugmentationTests.AsFloats(images);
        var unscaled = options with { Scaling = Scaling.None };
        Assert.Equal(
            Classifier.Train(Distorted(floats, 0), unscaled with { Augmentation = Augmentation.None }).Fingerprint,
            Classifier.Train(floats, unscaled).Fingerprint);
    }

    [Fact]
    public void Each_epoch_distorts_anew()
    {
        var seen = new List<double>();
        var still = options with { Optimizer = new SgdOptions { LearningRate = 1e-30f }, Dropout = 0, Epochs = 4 };
        Classifier.Train(images, still, onEpoch: report => seen.Add(report.Loss));
        Assert.Equal(4, seen.Distinct().Count());
        seen.Clear();
        var plain = still with { Augmentation = Augmentation.None, Shuffle = false };
        Classifier.Train(images, plain, onEpoch: report => seen.Add(report.Loss));
        Assert.Single(seen.Distinct());
    }

    [Fact]
    public void The_range_test_trains_on_the_same_images()
    {
        var range = new LearningRateRange { Steps = 20 };
        var shortOptions = options with { BatchSize = 7 }; // 20 steps are within the first epoch
        Assert.Equal(
            LearningRateFinder.Run(Distorted(images, 0), shortOptions with { Augmentation = Augmentation.None }, range).Points,
            LearningRateFinder.Run(images, shortOptions, range).Points);
    }

    [Fact]
    public void Evaluation_and_prediction_use_images_as_they_are()
    {
        var floats = AugmentationTests.AsFloats(images);
        var model = Classifier.Train(floats, options with { Scaling = Scaling.None });
        var same = Classifier.From(model.Network, model.Preprocessing, model.ClassNames); // knows no augmentation
        Assert.Equal(same.Evaluate(floats), model.Evaluate(floats));
        Assert.Equal(same.Predict(floats.Inputs)[3].Scores, model.Predict(floats.Inputs)[3].Scores);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 1)]
    public void An_interrupted_training_run_resumes_with_identical_results(int epoch, int batch)
    {
        using var files = new TestFiles();
        var long3 = options with { Epochs = 3 };
        string whole = Classifier.Train(images, long3).Fingerprint;
        using var cancellation = new CancellationTokenSource();
        var interrupted = new Training<Classifier>(images, long3);
        var stop = new BatchAction(progress =>
        {
            if (progress.Epoch == epoch && progress.Batch == batch)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => interrupted.Epochs(stop, cancellation.Token).Count());
        interrupted.Save(files["part"]);

        var resumed = Training<Classifier>.Resume(files["part"], images);
        Assert.Equal(AugmentationTests.Everything, resumed.Model.Options.Augmentation);
        Assert.Equal(epoch, resumed.Position.Epoch);
        _ = resumed.Epochs().Count();
        Assert.Equal(whole, resumed.Model.Fingerprint);
    }

    [Fact]
    public void Some_distortion_helps_with_few_digits()
    {
        Dataset train = Digits.Generate(300, seed: 1), test = Digits.Generate(1000, seed: 1, first: Digits.FirstTestExample);
        var training = new TrainingOptions { Hidden = [64], BatchSize = 32, Epochs = 30 };
        double Accuracy(Augmentation augmentation) =>
            Classifier.Train(train, training with { Augmentation = augmentation }).Evaluate(test).Accuracy;
        double with = Accuracy(new Augmentation { Shift = 2, Rotation = 10, Zoom = 0.1f }), without = Accuracy(Augmentation.None);
        Assert.True(with > without + 0.02, $"With augmentation {with}, without {without}.");
    }

    /// <summary>A data set of the distorted images of one epoch.</summary>
    private static Dataset Distorted(Dataset data, int epoch) => new(
        data.Name, options.Augmentation.Apply(data, [.. Enumerable.Range(0, data.Count)], options.Seed, epoch), data.Targets,
        inputShape: data.InputShape);
}
