using System.Text.Json.Nodes;

namespace Nabla.Tests;

/// <summary>What losses accept, and what they refuse.</summary>
public class LossTests
{
    public static TheoryData<Loss, float, string> OutsideTheRange => new()
    {
        { Loss.Poisson, -0.5f, "poisson is for values of at least 0, and a target is -0.5" },
        { Loss.BinaryCrossEntropy, -0.5f, "binary-cross-entropy is for values from 0 to 1, and a target is -0.5" },
        { Loss.BinaryCrossEntropy, 1.5f, "binary-cross-entropy is for values from 0 to 1, and a target is 1.5" },
        { Loss.Poisson, float.NaN, "poisson is for values of at least 0, and a target is NaN" },
    };

    [Theory, MemberData(nameof(OutsideTheRange))]
    public void A_value_outside_the_range_is_refused_before_anything_is_computed(Loss loss, float wrong, string problem)
    {
        float[] values = [0, 1, 1, 0, 0, wrong];
        var topology = new Topology([2, 2], Activation.Relu, loss.OutputActivations[0]);
        var backpropagation = new Backpropagation(new Network(topology), loss, 3);
        var error = Assert.Throws<InvalidOptionException>(
            () => backpropagation.Gradient(new float[6], TargetBatch.FromValues(values, 2), new float[6]));
        Assert.Equal(problem, error.Problem);
        Assert.Equal($"Use such values, or one of {Names(kind => kind.StandardizesTargets)}.", error.Remedy);
        backpropagation.Gradient(new float[4], TargetBatch.FromValues(values.AsSpan(0, 4), 2), new float[6]);
    }

    [Fact]
    public void A_training_run_checks_all_targets_before_it_begins()
    {
        var data = new Dataset("counts", FeatureTable.FromFloats(new float[3], 3, 1), new ValueTargets([0, 2, -1], ["visits"]));
        var options = new TrainingOptions { Loss = Loss.Poisson };
        Assert.Contains(
            "and visits is -1", Assert.Throws<InvalidOptionException>(() => ModelParts.Begin(data, options)).Problem,
            StringComparison.Ordinal);
        Assert.Equal(1, ModelParts.Begin(data.Select([0, 1]), options).Network.Topology.Sizes[^1]);
    }

    [Fact]
    public void Classes_are_refused_by_losses_of_values_and_values_by_losses_of_classes()
    {
        TargetBatch classes = TargetBatch.FromLabels([0]), values = TargetBatch.FromValues([1], 1);
        foreach (var loss in Loss.All)
        {
            Assert.Equal(loss.TakesClasses, Accepts(loss, classes));
            Assert.Equal(loss.TakesValues, Accepts(loss, values));
        }
        var error = Assert.Throws<InvalidOptionException>(() => Loss.Huber.CheckTargets(TargetBatch.FromLabels([0])));
        Assert.Equal(
            $"huber is for values, and the targets are classes. Use one of {Names(kind => kind.TakesClasses)}.", error.Message);
    }

    [Fact]
    public void Targets_are_standardized_only_where_any_value_will_do() => Assert.Equal(
        (true, true, false, false, false),
        (Loss.Quadratic.StandardizesTargets, Loss.Huber.StandardizesTargets, Loss.CrossEntropy.StandardizesTargets,
            Loss.BinaryCrossEntropy.StandardizesTargets, Loss.Poisson.StandardizesTargets));

    public static TheoryData<Loss, string> OutOfRange => new()
    {
        { new HuberLoss { Delta = 0 }, "delta" }, { new HuberLoss { Delta = float.PositiveInfinity }, "delta" },
        { new HuberLoss { Delta = float.NaN }, "delta" },
        { new QuantileLoss { Q = 0 }, "The q" }, { new QuantileLoss { Q = 1 }, "The q" }, { new QuantileLoss { Q = float.NaN }, "The q" },
        { new CrossEntropyLoss { LabelSmoothing = 1 }, "smoothing" }, { new CrossEntropyLoss { LabelSmoothing = -0.1f }, "smoothing" },
    };

    [Theory, MemberData(nameof(OutOfRange))]
    public void A_parameter_out_of_range_is_refused(Loss loss, string named)
    {
        var options = new TrainingOptions { Loss = loss };
        Assert.Contains(named, Assert.Throws<InvalidOptionException>(options.Validate).Problem, StringComparison.Ordinal);
        var network = new Network(new Topology([1, 1], Activation.Relu, loss.OutputActivations[0]));
        Assert.Throws<InvalidOptionException>(() => new Backpropagation(network, loss, 1));
    }

    [Fact]
    public void Label_smoothing_is_written_only_where_labels_are_smoothed()
    {
        Assert.Equal("\"cross-entropy\"", Json(Loss.CrossEntropy));
        Assert.Equal("cross-entropy", Loss.CrossEntropy.ToString());
        var smooth = new CrossEntropyLoss { LabelSmoothing = 0.125f };
        Assert.Equal("""{"name":"cross-entropy","label-smoothing":0.125}""", Json(smooth));
        Assert.Equal("cross-entropy (label-smoothing 0.125)", smooth.ToString());

        static string Json(Loss loss)
        {
            string options = JsonAccess.ToText(json => OptionsJson.Write(new TrainingOptions { Loss = loss }, json));
            return JsonNode.Parse(options)!["loss"]!.ToJsonString();
        }
    }

    [Fact]
    public void Reported_losses_are_of_smoothed_labels()
    {
        var data = RandomData.Blobs(200);
        var options = new TrainingOptions { Hidden = [16], Epochs = 30, Optimizer = new AdamOptions { LearningRate = 0.02f } };
        Assert.InRange(Classifier.Train(data, options).Evaluate(data).Loss, 0, 0.05);
        // The entropy of targets of 0.8, 0.1 and 0.1 is the least that the smoothed loss can be.
        double least = -0.8 * Math.Log(0.8) - 0.2 * Math.Log(0.1);
        options = options with { Loss = new CrossEntropyLoss { LabelSmoothing = 0.3f } };
        Assert.InRange(Classifier.Train(data, options).Evaluate(data).Loss, least, least + 0.05);
    }

    private static string Names(Func<Loss, bool> condition) => string.Join(", ", Loss.All.Where(condition).Names);

    private static bool Accepts(Loss loss, in TargetBatch targets)
    {
        try
        {
            loss.CheckTargets(targets);
            return true;
        }
        catch (InvalidOptionException)
        {
            return false;
        }
    }
}
