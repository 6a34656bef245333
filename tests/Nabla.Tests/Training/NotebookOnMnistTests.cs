namespace Nabla.Tests;

/// <summary>What docs/notebook.md says of MNIST itself, figure by figure. Explicit: each takes some seconds, and needs MNIST.</summary>
public class NotebookOnMnistTests
{
    private static (Dataset Train, Dataset Test)? mnist;

    private static readonly TrainingOptions Notebook = Presets.Exercise2 with { Seed = 1, Epochs = 1, Threads = 1 };

    [Fact(Explicit = true)]
    public void The_right_derivative_stalls_from_standard_normal_weights()
    {
        double[] accuracies = Accuracies(Notebook with { Initialization = Initialization.StandardNormal, Epochs = 10 });
        Assert.InRange(accuracies[0], 0.1, 0.35);
        Assert.InRange(accuracies[9], 0.5, 0.7);
    }

    [Fact(Explicit = true)]
    public void Scaled_weights_correct_it() => Assert.InRange(Accuracies(Notebook)[0], 0.85, 0.90);

    [Fact(Explicit = true)]
    public void Cross_entropy_corrects_it_too()
    {
        var options = Notebook with { Loss = Loss.CrossEntropy, OutputActivation = Activation.Sigmoid };
        Assert.InRange(Accuracies(options with { Initialization = Initialization.StandardNormal })[0], 0.70, 0.80);
        Assert.InRange(Accuracies(options)[0], 0.90, 0.93);
    }

    [Fact(Explicit = true)]
    public void The_slip_learns_from_the_same_weights() =>
        Assert.InRange(Accuracies(Presets.AsPrinted with { Seed = 1, Epochs = 1, Threads = 1 })[0], 0.75, 0.80);

    [Fact(Explicit = true)]
    public void One_mean_and_deviation_for_all_pixels_serve_as_well_as_one_for_each() =>
        Assert.Equal(
            Accuracies(Notebook with { Epochs = 3 })[2], Accuracies(Notebook with { Epochs = 3, Scaling = Scaling.Standardize })[2], 0.01);

    // A pixel that is dark but once in 60,000 images lies sqrt(59,999) = 244.9 deviations out there.
    [Theory(Explicit = true)]
    [InlineData("standardize-per-feature", 244.9, 419.6)]
    [InlineData("standardize", 2.8, 2.8)]
    public void Standardizing_each_pixel_makes_outliers_of_rare_ones(string scaling, double largestInTraining, double largestInTest)
    {
        var (train, test) = Data;
        var preprocessing = Preprocessing.Fit(train.Inputs, Scaling.All.Get(scaling));
        Assert.Equal(largestInTraining, Largest(preprocessing, train.Inputs), 0.1);
        Assert.Equal(largestInTest, Largest(preprocessing, test.Inputs), 0.1);
    }

    [Fact(Explicit = true)]
    public void In_the_order_of_their_classes_examples_are_learned_only_shuffled()
    {
        var train = Data.Train;
        int[] byClass = [.. Enumerable.Range(0, train.Count).OrderBy(i => train.Classes.Labels[i])];
        byte[] pixels = [.. byClass.SelectMany(i => train.Inputs.Bytes.Slice(i * train.Inputs.Columns, train.Inputs.Columns).ToArray())];
        var sorted = new Dataset(
            "sorted", FeatureTable.FromBytes(pixels, train.Count, train.Inputs.Columns), train.Targets.Select(byClass),
                inputShape: train.InputShape);
        Assert.InRange(Accuracies(Notebook, sorted)[0], 0, 0.15);
        Assert.InRange(Accuracies(Notebook with { Shuffle = true }, sorted)[0], 0.85, 0.90);
    }

    private static (Dataset Train, Dataset Test) Data => mnist ??= Mnist.Load(Repository.SharedOrSkip("data"));

    private static double[] Accuracies(TrainingOptions options, Dataset? train = null)
    {
        var accuracies = new List<double>();
        Classifier.Train(train ?? Data.Train, options, Data.Test, report => accuracies.Add(report["accuracy"]!.Value));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', accuracies));
        return [.. accuracies];
    }

    private static double Largest(Preprocessing preprocessing, FeatureTable inputs)
    {
        var scaled = new float[inputs.Columns];
        float largest = 0;
        for (int i = 0; i < inputs.Rows; i++)
        {
            preprocessing.Apply(inputs.Bytes.Slice(i * inputs.Columns, inputs.Columns), scaled);
            foreach (float value in scaled)
                largest = Math.Max(largest, Math.Abs(value));
        }
        return largest;
    }
}
