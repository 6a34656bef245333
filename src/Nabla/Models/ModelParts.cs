namespace Nabla;

/// <summary>What all models consist of.</summary>
/// <param name="Network">The network.</param>
/// <param name="Preprocessing">How inputs are scaled.</param>
/// <param name="OutputNames">What each output stands for.</param>
/// <param name="InputShape">Shape of one example.</param>
/// <param name="TakesBytes">Whether it is trained on bytes rather than numbers.</param>
/// <param name="Options">What it is trained with.</param>
internal sealed record ModelParts(
    Network Network, Preprocessing Preprocessing, IReadOnlyList<string> OutputNames, IReadOnlyList<int> InputShape, bool TakesBytes,
    TrainingOptions Options)
{
    /// <summary>The parts with which a training run starts.</summary>
    public static ModelParts Begin(Dataset train, TrainingOptions options)
    {
        var start = TrainingStart.Create(train, options);
        return new ModelParts(
            start.Network, start.Preprocessing, train.Targets.Names, train.InputShape, train.Inputs.IsBytes, options);
    }
}
