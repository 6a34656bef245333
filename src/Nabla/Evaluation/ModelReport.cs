using System.Globalization;

namespace Nabla;

/// <summary>How well a model does on data whose targets are known. Immutable.</summary>
/// <param name="Count">Examples.</param>
/// <param name="Loss">Mean loss over the examples, without weight decay; not a number without examples.</param>
public abstract record ModelReport(int Count, double Loss)
{
    /// <summary>Why most figures are undefined if there are no examples.</summary>
    internal const string NoExamples = "there are no examples";

    /// <summary>The figures that each epoch of a training run is measured by, the most important one first.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>
    /// The figures for all examples together; those that are undefined say why. The same as <see cref="Metrics"/> if
    /// <see cref="HasDetails"/> is false. Some are computed when this property is read.
    /// </summary>
    public abstract IReadOnlyList<Metric> AllMetrics { get; }

    /// <summary>
    /// Whether the report has more than <see cref="Metrics"/> and the loss. True for reports of <see cref="Model.Evaluate"/>. False for
    /// reports of epochs, which measure no more than a training run needs, and keep no outputs.
    /// </summary>
    public abstract bool HasDetails { get; }

    /// <summary>The loss as it is printed.</summary>
    private protected string LossText => double.IsFinite(Loss)
        ? string.Create(CultureInfo.InvariantCulture, $"Loss: {Loss:0.0000}")
        : $"Loss: undefined ({(Count == 0 ? NoExamples : "an output is not finite")})";

    /// <summary>Returns the details.</summary>
    /// <exception cref="InvalidOperationException">The report has none.</exception>
    private protected static T Require<T>(T? details)
        where T : class => details ?? throw new InvalidOperationException(
            "This report has only the figures that are measured after each epoch. Model.Evaluate returns a report with all of them.");
}
