using Nabla.Tables;

namespace Nabla.Report;

/// <summary>What a report is about. Immutable, apart from the model.</summary>
/// <param name="Model">The model. Nothing may change it meanwhile.</param>
/// <param name="ModelName">Its name, as a rule that of its file.</param>
public sealed record ReportRequest(Model Model, string ModelName)
{
    /// <summary>Examples on which the model is measured; null for what the model alone tells.</summary>
    public Dataset? Data { get; init; }

    /// <summary>What the examples are, for readers: <c>the 10000 test examples of mnist</c>.</summary>
    public string? DataDescription { get; init; }

    /// <summary>Number of each example in the data as the user counts them, from 1; null for 1, 2, 3 and so on.</summary>
    public IReadOnlyList<int>? Rows { get; init; }

    /// <summary>How the table was encoded; null if the data are no table.</summary>
    public TableEncoding? Encoding { get; init; }

    /// <summary>What was unusual about the data, or missing.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The command that trained the model; null if it is not known.</summary>
    public string? Command { get; init; }

    /// <summary>Whether the training run was interrupted: its command would give another model.</summary>
    public bool IsInterrupted { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"report on {ModelName}, {DataDescription ?? "without data"}";
}
