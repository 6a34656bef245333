namespace Nabla;

/// <summary>How well a model does on data whose targets are known. Immutable.</summary>
/// <param name="Count">Examples.</param>
/// <param name="Loss">Mean loss over the examples, without weight decay; not a number without examples.</param>
public abstract record ModelReport(int Count, double Loss)
{
    /// <summary>The figures that this kind of model is measured by, the most important one first.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }
}
