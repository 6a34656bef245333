namespace Nabla;

/// <summary>An array of targets: numbers, or texts that name classes.</summary>
internal sealed record LabelArray(NumericArray? Numbers, TextArray? Texts)
{
    /// <summary>Size of each dimension.</summary>
    public IReadOnlyList<int> Shape => Numbers?.Shape ?? Texts!.Shape;
}
