namespace Nabla.Cli;

/// <summary>One kind of network whose gradient is checked.</summary>
/// <param name="Sizes">Inputs, hidden sizes, outputs.</param>
/// <param name="Hidden">Activation of hidden layers.</param>
/// <param name="Output">Activation of the output layer.</param>
/// <param name="Loss">What training minimizes.</param>
internal sealed record GradientCase(IReadOnlyList<int> Sizes, Activation Hidden, Activation Output, Loss Loss)
{
    /// <summary>The depths of the matrix: layers with weights.</summary>
    public static IReadOnlyList<int> Depths { get; } = [1, 2, 3, 4, 5];

    private const float DropoutOfTheMatrix = 0.25f;
    private const float SmoothingOfTheMatrix = 0.1f;

    /// <summary>The share of hidden neurons that are dropped.</summary>
    public float Dropout { get; init; }

    /// <summary>Whether examples have weights.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>Whether the engines' gradients are clipped, by value and then by norm, before they are compared.</summary>
    public bool IsClipped { get; init; }

    /// <summary>Layers with weights.</summary>
    public int Depth => Sizes.Count - 1;

    /// <summary>Outputs of the network.</summary>
    public int Outputs => Sizes[^1];

    /// <summary>Whether targets are classes; if not, they are values.</summary>
    public required bool UsesClasses { get; init; }

    /// <summary>What is added to the plain network, as a table shows it.</summary>
    public string Additions
    {
        get
        {
            var additions = new List<string>();
            if (Dropout > 0)
                additions.Add($"dropout {Dropout}");
            if (IsWeighted)
                additions.Add("weights");
            if (IsClipped)
                additions.Add("clipping");
            return additions.Count == 0 ? "-" : string.Join(", ", additions);
        }
    }

    /// <summary>The network's shape.</summary>
    public Topology Topology => new(
        Sizes[0],
        [.. Sizes.Skip(1).SkipLast(1).Select(size => new Layer(size, Hidden) { Dropout = Dropout }), new Layer(Sizes[^1], Output)]);

    /// <summary>
    /// Every activation with every loss, output activation and task that go together, at every depth: each one plain, and once more with
    /// dropout, weights of examples, clipping, and label smoothing where the loss has it. The notebook's mistake is left out: it is wrong
    /// by design.
    /// </summary>
    public static IEnumerable<GradientCase> Matrix()
    {
        GradientCase[] plain = [.. Plain()];
        return plain.Concat(plain.Select(kind => kind with
        {
            Loss = Smooth(kind.Loss), Dropout = DropoutOfTheMatrix, IsWeighted = true, IsClipped = true,
        }));
    }

    private static IEnumerable<GradientCase> Plain() =>
        from hidden in Activation.Elementwise
        where hidden.HasTrueDerivative
        from loss in Loss.All
        from output in loss.OutputActivations
        where output.HasTrueDerivative
        from usesClasses in (bool[])[true, false]
        where usesClasses ? loss.TakesClasses : loss.TakesValues
        from depth in Depths
        select new GradientCase(SmallSizes(depth), hidden, output, loss) { UsesClasses = usesClasses };

    private static Loss Smooth(Loss loss) =>
        loss is CrossEntropyLoss crossEntropy ? crossEntropy with { LabelSmoothing = SmoothingOfTheMatrix } : loss;

    // All sizes differ, so that a transposed product cannot go unnoticed.
    private static int[] SmallSizes(int depth) => [7, .. Enumerable.Range(0, depth - 1).Select(layer => 9 - layer), 4];
}
