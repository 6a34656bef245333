using Nabla.Kernels;

namespace Nabla;

/// <summary>Output activation and loss as one unit: only together are they numerically safe, and their error at z is simple.</summary>
/// <remarks>Targets are one-hot: 1 for the example's class, 0 for the others. Sums run over outputs in order, over examples in order.</remarks>
internal abstract class OutputLoss
{
    /// <summary>Which output activations go with a loss; the first is the natural one.</summary>
    public static IReadOnlyList<Activation> ActivationsFor(Loss loss) => loss switch
    {
        Loss.Quadratic => [Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.Identity, Activation.SigmoidAsPrinted],
        Loss.CrossEntropy => [Activation.Softmax, Activation.Sigmoid],
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "No such loss."),
    };

    /// <summary>The unit for a pair.</summary>
    /// <exception cref="ArgumentException">The pair makes no sense.</exception>
    public static OutputLoss Of(Activation output, Loss loss) => (output, loss) switch
    {
        (Activation.Sigmoid, Loss.Quadratic) => new QuadraticLoss<Sigmoid>(),
        (Activation.Tanh, Loss.Quadratic) => new QuadraticLoss<HyperbolicTangent>(),
        (Activation.Relu, Loss.Quadratic) => new QuadraticLoss<Rectifier>(),
        (Activation.Identity, Loss.Quadratic) => new QuadraticLoss<Identity>(),
        (Activation.SigmoidAsPrinted, Loss.Quadratic) => new QuadraticLoss<SigmoidAsPrinted>(),
        (Activation.Softmax, Loss.CrossEntropy) => new SoftmaxCrossEntropyLoss(),
        (Activation.Sigmoid, Loss.CrossEntropy) => new SigmoidCrossEntropyLoss(),
        _ => throw new InvalidOptionException(
            $"The {OptionNames.Of(loss)} loss does not go with {OptionNames.Of(output)} outputs",
            $"Use one of these output activations: {string.Join(", ", ActivationsFor(loss).Select(OptionNames.Of))}."),
    };

    /// <summary>Turns the last layer's weighted inputs into outputs.</summary>
    /// <param name="z">[examples, outputs]; becomes a.</param>
    /// <param name="outputs">Outputs of the network.</param>
    public abstract void Activate(Span<float> z, int outputs);

    /// <summary>Turns weighted inputs into the error of each output, and says each example's loss.</summary>
    /// <param name="labels">[examples].</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="scale">Multiplies the errors: 1 / examples for the mean over a batch.</param>
    /// <param name="z">[examples, outputs]; becomes delta, the derivative of scale * (sum of losses) by z.</param>
    /// <param name="spare">[examples, outputs], for intermediate values.</param>
    /// <param name="losses">[examples], not scaled.</param>
    public abstract void LossesAndDelta(ReadOnlySpan<int> labels, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses);

    /// <summary>Each example's loss.</summary>
    /// <param name="z">[examples, outputs].</param>
    /// <param name="labels">[examples].</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="spare">[examples, outputs], for intermediate values.</param>
    /// <param name="losses">[examples].</param>
    public abstract void Losses(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, int outputs, Span<float> spare, Span<double> losses);

    /// <summary>The sum of losses, in the order of the examples.</summary>
    public static double Sum(ReadOnlySpan<double> losses)
    {
        double sum = 0;
        foreach (double loss in losses)
            sum += loss;
        return sum;
    }

    /// <summary>a becomes (a - y) * scale.</summary>
    private protected static void SubtractTargets(ReadOnlySpan<int> labels, int outputs, float scale, Span<float> a)
    {
        for (int example = 0; example < labels.Length; example++)
            a[example * outputs + labels[example]] -= 1f;
        foreach (ref float error in a)
            error *= scale;
    }
}
