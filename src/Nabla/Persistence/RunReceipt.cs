namespace Nabla;

/// <summary>
/// What is needed to repeat a training run, and to compare the bits epoch by epoch: data, options, versions, and the fingerprint after
/// each epoch. Saved as JSON (docs/file-formats.md).
/// </summary>
/// <remarks>Immutable. A receipt from elsewhere may say anything.</remarks>
public sealed record RunReceipt
{
    /// <summary>The options of the training run.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Fingerprint of the training data (<see cref="Dataset.Fingerprint"/>).</summary>
    public required string Data { get; init; }

    /// <summary>Fingerprint of the validation data; null without any.</summary>
    public string? Validation { get; init; }

    /// <summary>The command that began the run, each word quoted for a shell; null if a program did.</summary>
    public string? Command { get; init; }

    /// <summary>The name of the model's file, without a folder; null if it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>The engine that trains: <c>vectorized</c> or <c>per-example</c>.</summary>
    public string Engine { get; init; } = "vectorized";

    /// <summary>Number of members of an ensemble; null for a single network.</summary>
    public int? MemberCount { get; init; }

    /// <summary>The version of Nabla.</summary>
    public required string Version { get; init; }

    /// <summary>The processor and the kernels that were used, in words. No result depends on them.</summary>
    public required string Machine { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>The epochs so far, in order.</summary>
    public IReadOnlyList<ReceiptEpoch> Epochs { get; init; } = [];

    /// <summary>The members of an ensemble that are done, in order.</summary>
    public IReadOnlyList<ReceiptMember> Members { get; init; } = [];

    /// <summary>Fingerprint of the model that was saved; null while the run is not complete.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The receipt with one more epoch; those from it on, of a run that was interrupted, are left out.</summary>
    public RunReceipt With(ReceiptEpoch epoch) => this with
    {
        Epochs = [.. Epochs.TakeWhile(before => before.Epoch < epoch.Epoch), epoch],
    };

    /// <summary>The receipt with one more member.</summary>
    public RunReceipt With(ReceiptMember member) => this with
    {
        Members = [.. Members.Where(before => before.Member != member.Member).Append(member).OrderBy(each => each.Member)],
    };

    /// <summary>The first difference in what the run began with, in words; null if there is none.</summary>
    /// <param name="other">What is compared with this receipt.</param>
    public string? FindDifference(RunReceipt other) =>
        Data != other.Data ? "the training data differ"
        : Validation != other.Validation ? "the validation data differ"
        : Engine != other.Engine ? $"the engine was {Engine}, and is {other.Engine}"
        : MemberCount != other.MemberCount ? $"there were {MemberCount ?? 1} members, and are {other.MemberCount ?? 1}"
        : OptionsJson.Difference(Options, other.Options);

    /// <summary>Saves the receipt.</summary>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <param name="output">Writes the bytes; null for the system.</param>
    /// <exception cref="FileOutputException">The file cannot be written.</exception>
    public void Save(string path, IFileOutput? output = null) =>
        AtomicFile.Write(path, stream => ReceiptJson.Write(this, stream), output);

    /// <summary>Writes the receipt to a stream.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream) => ReceiptJson.Write(this, stream);

    /// <summary>Reads a receipt from a stream.</summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidInputException">It is not a receipt, or is damaged.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static RunReceipt Load(Stream stream, string name) => ReceiptJson.Read(stream, name);

    /// <summary>Loads a receipt.</summary>
    /// <exception cref="InvalidInputException">The file is not a receipt, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunReceipt Load(string path) => ReceiptJson.Read(path);

    /// <inheritdoc/>
    public override string ToString() => $"{Command ?? "a training run"}: {Epochs.Count} epochs, {Fingerprint ?? "not complete"}";
}

/// <summary>One epoch of a training run in its receipt. Immutable.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Loss">Mean training loss.</param>
/// <param name="Fingerprint">Fingerprint of the model after it.</param>
/// <param name="Metrics">The metrics on the validation data by name; empty without any. One that was undefined is not a number.</param>
public sealed record ReceiptEpoch(int Epoch, double Loss, string Fingerprint, IReadOnlyList<KeyValuePair<string, double>> Metrics)
{
    /// <summary>The entry for an epoch that has just ended.</summary>
    /// <param name="report">The epoch.</param>
    /// <param name="model">The model after it.</param>
    public static ReceiptEpoch From(EpochReport report, Model model) => new(
        report.Epoch, report.Loss, model.Fingerprint,
        [.. (report.Validation?.Metrics ?? []).Select(metric => KeyValuePair.Create(metric.Name, metric.Value))]);
}

/// <summary>One member of an ensemble in the receipt of its training run. Immutable.</summary>
/// <param name="Member">Counted from 0.</param>
/// <param name="Fingerprint">Fingerprint of the member.</param>
public sealed record ReceiptMember(int Member, string Fingerprint)
{
    /// <summary>The entry for a member that is done.</summary>
    public static ReceiptMember From(MemberReport report) => new(report.Member, report.Model.Fingerprint);
}
