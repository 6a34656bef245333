namespace Nabla.Cli;

/// <summary>A network whose gradient is checked.</summary>
/// <param name="Sizes">Inputs, hidden sizes, outputs.</param>
/// <param name="Hidden">Activation of hidden layers.</param>
/// <param name="Output">Activation of the output layer.</param>
/// <param name="Loss">The loss.</param>
internal sealed record GradientCase(IReadOnlyList<int> Sizes, Activation Hidden, Activation Output, Loss Loss)
{
    /// <summary>The depths that <see cref="Matrix"/> checks: numbers of layers with weights.</summary>
    public static IReadOnlyList<int> Depths { get; } = [1, 2, 3, 4, 5];

    // The dropout rate in the matrix.
    private const float DropoutOfTheMatrix = 0.25f;

    /// <summary>The share of hidden neurons that are dropped.</summary>
    public float Dropout { get; init; }

    /// <summary>Number of layers with weights.</summary>
    public int Depth => Sizes.Count - 1;

    /// <summary>Number of outputs.</summary>
    public int Outputs => Sizes[^1];

    /// <summary>
    /// Whether targets are classes rather than values. If the loss accepts both, targets are classes, unless there is only one output.
    /// </summary>
    public bool UsesClasses => Loss.TakesClasses && (Outputs > 1 || !Loss.TakesValues);
    /// <summary>The network's shape.</summary>
    public Topology Topology => new(
        Sizes[0],
        [.. Sizes.Skip(1).SkipLast(1).Select(size => new Layer(size, Hidden) { Dropout = Dropout }), new Layer(Sizes[^1], Output)]);

    /// <summary>
    /// Every activation with every loss and output that the library offers, at every depth, and every activation with dropout. The
    /// notebook's mistake is left out, because it is wrong by design.
    /// </summary>
    public static IEnumerable<GradientCase> Matrix()
    {
        GradientCase[] kinds = [.. Kinds()];
        var loss = Loss.All[0];
        var withDropout = kinds.Where(kind => kind.Loss == loss && kind.Output == loss.OutputActivations[0])
            .Select(kind => kind with { Dropout = DropoutOfTheMatrix });
        return [.. kinds, .. withDropout];
    }

    private static IEnumerable<GradientCase> Kinds() =>
        from hidden in Activation.Elementwise
        where hidden.HasTrueDerivative
        from loss in Loss.All
        from output in loss.OutputActivations
        where output.HasTrueDerivative
        from depth in Depths
        select new GradientCase(SmallSizes(depth), hidden, output, loss);

    // All sizes differ, so that a transposed product is detected.
    private static int[] SmallSizes(int depth) => [7, .. Enumerable.Range(0, depth - 1).Select(layer => 9 - layer), 4];
}
