namespace Nabla;

/// <summary>A named stretch of a network's parameter buffer: the weights or the biases of one layer. Immutable.</summary>
/// <param name="Name">As in model files: <c>layers.0.weight</c>, <c>layers.0.bias</c>.</param>
/// <param name="Start">Where it begins in <see cref="Network.Parameters"/>.</param>
/// <param name="Shape">[inputs, outputs] for weights, [outputs] for biases.</param>
/// <param name="Decays">Whether weight decay applies.</param>
/// <param name="LearningRateFactor">Multiplies the learning rate for these parameters; 0 or more, 1 by default.</param>
public sealed record ParameterBlock(string Name, int Start, IReadOnlyList<int> Shape, bool Decays, float LearningRateFactor = 1f)
{
    /// <summary>How many parameters it has.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>Where it ends in <see cref="Network.Parameters"/>.</summary>
    public int End => Start + Length;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
