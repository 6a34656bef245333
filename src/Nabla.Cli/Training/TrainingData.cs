using System.Globalization;

namespace Nabla.Cli;

/// <summary>Data divided for a training.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To measure accuracy on after each epoch.</param>
/// <param name="Test">To measure accuracy on at the end.</param>
/// <param name="Source">What they were taken from.</param>
/// <param name="HeldOut">The share of the training data that was held out; null if none was.</param>
/// <param name="Other">The data that --validation named; null where it named none.</param>
internal sealed record TrainingData(Dataset Train, Dataset Validation, Dataset Test, LoadedData Source, string? HeldOut, DataRequest? Other = null)
{
    private const string DefaultShare = "0.2";

    /// <summary>How one names the test examples to <c>nabla evaluate</c>: their data, and whether they were held out from them.</summary>
    public string TestWords => ReferenceEquals(Test, Validation) && HeldOut is not null ? $"{Source.Request.Words(withTarget: false)} --held-out"
        : (Source.Test is null && Other is not null ? Other : Source.Request).Words(withTarget: false);

    /// <summary>How one names all data to <c>nabla train --resume</c>; a share that was held out is in the model.</summary>
    public string TrainingWords => Source.Request.Words(withTarget: true) + (Other is null ? "" : $" --validation {ShellWord.Quote(Other.Name!)}");

    /// <summary>Loads data and divides them.</summary>
    /// <param name="request">Which data.</param>
    /// <param name="validation">A share to hold out, or other data; null for the data's own test examples, or a fifth where there are none.</param>
    /// <param name="plan">The training: its seed decides which examples are held out, and an interrupted one has done so already.</param>
    /// <param name="terminal">The world.</param>
    /// <exception cref="UsageException">The share is none, or an interrupted training would learn from other examples than before.</exception>
    public static TrainingData Load(DataRequest request, string? validation, TrainingPlan plan, Terminal terminal)
    {
        plan.CheckValidation(validation, isShare: validation is not null && IsNumber(validation, out _));
        validation ??= plan.HeldOut;
        var loaded = new DataSource(terminal).LoadForTraining(request);
        if (validation is null && loaded.Test is { } test)
            return new(loaded.Train, test, test, loaded, null);
        if (validation is not null && !IsNumber(validation, out _))
        {
            var other = new DataSource(terminal).Load(new DataRequest(validation, request.Folder, request.Target), loaded.Encoding);
            var measured = other.Test ?? other.Train;
            return new(loaded.Train, measured, loaded.Test ?? measured, loaded, null, other.Request);
        }
        if (validation is null && plan.IsResumed)
            throw new UsageException("--validation is missing", $"the training held nothing out, and {loaded.Request.Name} has no test examples", "--validation FILE, with the file that it had before");
        string share = validation ?? DefaultShare;
        var (train, heldOut) = HoldOut(loaded.Train, share, plan.Options.Seed);
        if (validation is null)
            terminal.Say($"{loaded.Request.Name} has no test examples: {heldOut.Count} of {loaded.Train.Count} are held out to measure accuracy (--validation changes that).");
        return new(train, heldOut, loaded.Test ?? heldOut, loaded, share);
    }

    /// <summary>Holds a share out.</summary>
    /// <exception cref="UsageException">It is no share.</exception>
    public static (Dataset Train, Dataset HeldOut) HoldOut(Dataset data, string share, ulong seed)
    {
        if (!IsNumber(share, out double fraction) || fraction is not (> 0 and < 1))
            throw new UsageException($"cannot use --validation {share}", "a share lies between 0 and 1, both excluded", "--validation 0.1");
        return Usage.Guard(() => DatasetSplit.HoldOut(data, fraction, seed));
    }

    private static bool IsNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
