using Nabla.Reference;

namespace Nabla.Studio.Tests;

/// <summary>Every number of the step-by-step view against <c>Nabla.Reference</c>, with the notebook's slip and without.</summary>
public sealed class StepNumberTests
{
    private const double Tolerance = 1e-11;

    /// <summary>Each network with its reference: hidden activations, loss and output activation; those of the slip.</summary>
    private static readonly Dictionary<string, StepCase> Cases = new()
    {
        ["notebook"] = StepCase.Classes([4, 5, 3], Activation.Sigmoid, Loss.Quadratic, Activation.Sigmoid),
        ["wide"] = StepCase.Classes([30, 20, 16, 14], Activation.Sigmoid, Loss.Quadratic, Activation.Sigmoid),
        ["softmax"] = StepCase.Classes([30, 20, 5], Activation.Relu, Loss.CrossEntropy, Activation.Softmax),
        ["smoothed"] = StepCase.Classes(
            [6, 7, 4], Activation.Tanh, Loss.All.Parse("cross-entropy:label-smoothing=0.1").Kind, Activation.Softmax),
        ["sigmoids"] = StepCase.Classes([6, 7, 4], Activation.Tanh, Loss.CrossEntropy, Activation.Sigmoid),
        ["values"] = StepCase.Numbers([5, 13, 2], Activation.Tanh, Loss.Quadratic, Activation.Identity),
        ["single"] = StepCase.Numbers([3, 2], Activation.Relu, Loss.Quadratic, Activation.Tanh),
    };

    public static TheoryData<string, bool> All => new MatrixTheoryData<string, bool>(Cases.Keys, [false, true]);

    [Theory, MemberData(nameof(All))]
    public void Every_number_is_that_of_the_reference(string name, bool slip)
    {
        var one = Cases[name];
        var trace = new StepTrace(one.Network, example: 2);
        var right = one.Expect(row: 1, slip: false);
        var wrong = slip ? one.Expect(row: 1, slip: true) : null;
        for (int layer = 0; layer < right.Network.Layers; layer++)
        {
            for (int unit = 0; unit < right.Network.Sizes[layer + 1]; unit += 3)
            {
                foreach (int? weight in new int?[] { null, 0, right.Network.Sizes[layer] - 1 })
                {
                    var question = new StepQuestion("test", 2, layer, unit, weight, weight is null, slip);
                    var message = new StepAnswer(trace, question).Create();
                    CheckLayers(message, right, wrong);
                    CheckUnit(message.Unit, right, wrong, one.LearningRate);
                    CheckWeight(message, right, wrong, one.LearningRate);
                    CheckRest(message, one, right);
                }
            }
        }
        CheckChecks(trace, right, wrong, slip);
    }

    private static void CheckLayers(StepsMessage message, StepExpectation right, StepExpectation? wrong)
    {
        Assert.Equal(right.Network.Layers, message.Layers.Count);
        foreach (var layer in message.Layers)
        {
            int l = layer.Layer;
            Assert.Equal(right.Network.Sizes[l + 1], layer.Count);
            Assert.Equal(Math.Min(StepAnswer.Most, layer.Count), layer.Units.Count);
            foreach (var row in layer.Units)
            {
                int j = row.Unit;
                Near(right.Network.Z(l)[j], row.Z);
                Near(right.Network.A(l + 1)[j], row.A);
                Near(right.Network.Delta(l)[j], row.Delta);
                Near(right.Slopes[l]?[j], row.Slope);
                Near(right.Slopes[l] is null ? null : right.Gradient(l, j), row.Gradient);
                Near(wrong?.Network.Delta(l)[j], row.SlipDelta);
                Near(wrong?.Slopes[l]?[j], row.SlipSlope);
                Near(wrong?.Slopes[l] is null ? null : wrong.Gradient(l, j), row.SlipGradient);
                // For a difference, delta = a - y; y may be smoothed.
                bool isOutput = l == right.Network.Layers - 1;
                Near(!isOutput ? null : right.Slopes[l] is null ? row.A - row.Delta : right.Y[j], row.Y);
            }
        }
    }

    private static void CheckUnit(StepUnit unit, StepExpectation right, StepExpectation? wrong, double rate)
    {
        int l = unit.Layer, j = unit.Unit;
        var w = right.Network.Parameters.Weights(l, j);
        var nabla = right.Nabla.Weights(l, j);
        double sum = unit.TermRest + unit.Bias;
        foreach (var term in unit.Terms)
        {
            int k = term.Input;
            Near(right.Network.A(l)[k], term.X);
            Near(w[k], term.W);
            Near(w[k] * right.Network.A(l)[k], term.Product);
            Near(nabla[k], term.Nabla);
            Near(w[k] - rate * nabla[k], term.NewW);
            Near(wrong?.Nabla.Weights(l, j)[k], term.SlipNabla);
            Near(wrong is null ? null : w[k] - rate * wrong.Nabla.Weights(l, j)[k], term.SlipNewW);
            sum += term.Product;
        }
        Near(right.Network.Z(l)[j], sum);
        double b = right.Network.Parameters.Biases(l)[j];
        Near(b, unit.Bias);
        Near(b - rate * right.Nabla.Biases(l)[j], unit.NewBias);
        Near(wrong is null ? null : b - rate * wrong.Nabla.Biases(l)[j], unit.SlipNewBias);
        Assert.Equal(w.Length, unit.TermCount);
        CheckErrors(unit, right, wrong);
    }

    private static void CheckErrors(StepUnit unit, StepExpectation right, StepExpectation? wrong)
    {
        int l = unit.Layer, j = unit.Unit;
        if (l == right.Network.Layers - 1)
        {
            Assert.Empty(unit.Errors);
            return;
        }
        Assert.Equal(right.Network.Sizes[l + 2], unit.ErrorCount);
        double sum = unit.ErrorRest, wrongSum = unit.SlipErrorRest ?? 0;
        foreach (var error in unit.Errors)
        {
            double w = right.Network.Parameters.Weights(l + 1, error.Unit)[j];
            Near(w, error.W);
            Near(right.Network.Delta(l + 1)[error.Unit], error.Delta);
            Near(w * right.Network.Delta(l + 1)[error.Unit], error.Product);
            Near(wrong?.Network.Delta(l + 1)[error.Unit], error.SlipDelta);
            Near(w * wrong?.Network.Delta(l + 1)[error.Unit], error.SlipProduct);
            sum += error.Product;
            wrongSum += error.SlipProduct ?? 0;
        }
        Near(right.Gradient(l, j), sum);
        if (wrong is not null)
            Near(wrong.Gradient(l, j), wrongSum);
    }

    private static void CheckWeight(StepsMessage message, StepExpectation right, StepExpectation? wrong, double rate)
    {
        var weight = message.Weight;
        int l = message.Unit.Layer, j = message.Unit.Unit;
        double Get(ReferenceParameters from) => weight.Input is { } k ? from.Weights(l, j)[k] : from.Biases(l)[j];
        void Set(ReferenceParameters to, double value)
        {
            if (weight.Input is { } k)
                to.Weights(l, j)[k] = value;
            else
                to.Biases(l)[j] = value;
        }
        double p = Get(right.Network.Parameters), gradient = Get(right.Nabla);
        Near(weight.Input is { } k ? right.Network.A(l)[k] : 1, weight.X);
        Near(p, weight.W);
        Near(gradient, weight.Gradient);
        Near(NumericalGradient.StepFor(p), weight.Step);
        double difference = right.Difference(Get, Set, weight.Step);
        Assert.Equal(difference, weight.Difference, 1e-9);
        if (!weight.OnKink)
            Assert.Equal(gradient, weight.Difference, 1e-7);
        Near(rate, weight.LearningRate);
        Near(p - rate * gradient, weight.NewValue);
        Near(Relative(gradient, weight.Difference), weight.RelativeDifference);
        Near(wrong is null ? null : Get(wrong.Nabla), weight.SlipGradient);
        Near(wrong is null ? null : p - rate * Get(wrong.Nabla), weight.SlipNewValue);
        Near(wrong is null ? null : Relative(Get(wrong.Nabla), weight.Difference), weight.SlipRelativeDifference);
        // The differences run the network at other parameters.
        right.Network.Feedforward(right.X);
    }

    private static void CheckRest(StepsMessage message, StepCase one, StepExpectation right)
    {
        Near(right.Cost, message.Loss.Cost);
        Assert.Equal(2, message.Example.Number);
        Assert.Equal(one.Network.Data.Count, message.Example.Count);
        foreach (var input in message.Example.Inputs)
        {
            Near(right.X[input.Input], input.X);
            Near(one.Network.Data.Inputs.Floats[right.X.Length + input.Input], input.Value);
        }
    }

    private static void CheckChecks(StepTrace trace, StepExpectation right, StepExpectation? wrong, bool slip)
    {
        var message = new StepAnswer(trace, new StepQuestion("test", 2, null, null, null, false, slip)).Create();
        Compare(GradientCheck.Run(right.Network, right.X, right.Y), message.Check);
        if (wrong is null)
            Assert.Null(message.SlipCheck);
        else
            Compare(GradientCheck.Run(wrong.Network, right.X, right.Y), message.SlipCheck!);

        // The page checks up to 100 parameters of each block, and the larger networks have more.
        void Compare(GradientComparison expected, StepCheck found)
        {
            Assert.Equal(expected.Passed, found.Passed);
            if (found.Checked == right.Network.Parameters.Count)
                Near(expected.LargestError, found.LargestError);
            else
                Assert.InRange(found.LargestError, expected.Passed ? 0 : 0.01, expected.Passed ? 1e-6 : 1);
        }
    }

    private static double Relative(double one, double other) =>
        Math.Abs(one - other) / Math.Max(Math.Abs(one) + Math.Abs(other), GradientCheck.Tiny);

    private static void Near(double? expected, double? found)
    {
        Assert.Equal(expected is null, found is null);
        if (expected is { } value)
            Assert.Equal(value, found!.Value, Tolerance * Math.Max(1, Math.Abs(value)));
    }
}
