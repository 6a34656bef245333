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

    /// <summary>Layers with weights.</summary>
    public int Depth => Sizes.Count - 1;

    /// <summary>
    /// Every activation with every loss and output that the library offers, at every depth. The notebook's mistake is left out: it is wrong
    /// by design.
    /// </summary>
    public static IEnumerable<GradientCase> Matrix() =>
        from hidden in Enum.GetValues<Activation>()
        where IsRight(hidden) && hidden != Activation.Softmax
        from loss in Enum.GetValues<Loss>()
        from output in Enum.GetValues<Activation>()
        where IsRight(output) && IsOffered(output, loss)
        from depth in Depths
        select new GradientCase(SmallSizes(depth), hidden, output, loss);

    private static bool IsRight(Activation activation) => activation != Activation.SigmoidAsPrinted;

    // The library decides which pairs make sense, so that a pair added there is checked here.
    private static bool IsOffered(Activation output, Loss loss)
    {
        try
        {
            new TrainingOptions { Loss = loss, OutputActivation = output }.Validate();
            return true;
        }
        catch (InvalidOptionException)
        {
            return false;
        }
    }

    // All sizes differ, so that a transposed product cannot go unnoticed.
    private static int[] SmallSizes(int depth) => [7, .. Enumerable.Range(0, depth - 1).Select(layer => 9 - layer), 4];
}
