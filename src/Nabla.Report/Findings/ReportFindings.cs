using Nabla.Explain;

namespace Nabla.Report;

/// <summary>Everything that a report shows, computed and not yet drawn. Immutable.</summary>
/// <param name="Request">What the report is about.</param>
/// <param name="Report">The measurements, as <c>nabla evaluate</c> prints them; null without data.</param>
/// <param name="Network">The network that is looked into: the model, or the first member of an ensemble.</param>
/// <param name="Weights">The weights of each layer of the network.</param>
/// <param name="Units">How its units answer to the data; null without data.</param>
/// <param name="Importance">How important the columns of a table are; null without a table.</param>
/// <param name="Dependences">How predictions depend on the most important columns.</param>
public sealed record ReportFindings(
    ReportRequest Request, ModelReport? Report, Model Network, IReadOnlyList<LayerWeights> Weights, UnitReport? Units,
    ImportanceReport? Importance, IReadOnlyList<PartialDependence> Dependences)
{
    private const int Dependent = 6; // columns whose partial dependence is shown

    /// <summary>Computes everything. The result depends on the model, its seed and the data alone.</summary>
    /// <param name="request">What the report is about.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ReportFindings Compute(ReportRequest request, CancellationToken cancellationToken = default)
    {
        var model = request.Model;
        var network = model.Members.Count > 0 ? model.Members[0] : model;
        var report = request.Data is { } data ? model.Evaluate(data) : null;
        cancellationToken.ThrowIfCancellationRequested();
        var units = request.Data is null ? null : UnitReport.Measure(network, request.Data.Inputs, cancellationToken: cancellationToken);
        var importance = request is { Data: { Count: > 1 } rows, Encoding: { } encoding }
            ? ImportanceReport.Measure(model, encoding, rows, model.Options.Seed, cancellationToken: cancellationToken)
            : null;
        return new ReportFindings(
            request, report, network, LayerWeights.Measure(network.Network), units, importance,
            importance is null ? [] : [.. MeasureDependences(request, importance, cancellationToken)]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"findings of {Request}";

    private static IEnumerable<PartialDependence> MeasureDependences(
        ReportRequest request, ImportanceReport importance, CancellationToken cancellationToken) => importance.Columns
        .Where(column => column.Drop > 0 || column.LossRise > 0).Take(Dependent)
        .Select(column => PartialDependence.Measure(
            request.Model, request.Encoding!, request.Data!, column.Column, cancellationToken: cancellationToken))
        .Where(dependence => dependence.Points.Count > 1);
}
