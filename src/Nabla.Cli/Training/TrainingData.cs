using System.Globalization;

namespace Nabla.Cli;

/// <summary>The data of a training run.</summary>
/// <param name="Train">The training data.</param>
/// <param name="Validation">The data on which the model is measured after each epoch.</param>
/// <param name="Test">The data on which the model is measured at the end.</param>
/// <param name="Source">The source of the training data.</param>
/// <param name="HeldOut">The fraction of the training data that was held out; null if none was.</param>
/// <param name="Other">The data given with --validation; null if none were given.</param>
internal sealed record TrainingData(
    Dataset Train, Dataset Validation, Dataset Test, LoadedData Source, string? HeldOut, DataRequest? Other = null)
{
    private const string DefaultFraction = "0.2";

    /// <summary>The arguments with which <c>nabla evaluate</c> uses the test examples.</summary>
    public string TestArguments
    {
        get
        {
            if (ReferenceEquals(Test, Validation) && HeldOut is not null)
                return $"{Source.Request.ToArguments(withTarget: false)} --held-out";
            var tested = Source.Test is null && Other is not null ? Other : Source.Request;
            return tested.ToArguments(withTarget: false);
        }
    }

    /// <summary>The arguments with which <c>nabla train --resume</c> uses the same data. The model has the rest.</summary>
    public string TrainingArguments =>
        Source.Request.ToArguments(withTarget: false) + (Other is null ? "" : $" --validation {ShellWord.Quote(Other.Name!)}");

    /// <summary>Loads data and divides them.</summary>
    /// <param name="request">Which data.</param>
    /// <param name="validation">
    /// A fraction to hold out, or other data; null for the test examples of the data, or to hold out a fifth if there are none.
    /// </param>
    /// <param name="plan">How to train. The seed decides which examples are held out.</param>
    /// <param name="terminal">The outside world.</param>
    /// <exception cref="UsageException">The fraction is out of range, or a resumed run would learn from other examples.</exception>
    public static TrainingData Load(DataRequest request, string? validation, TrainingPlan plan, Terminal terminal)
    {
        plan.CheckValidation(validation, isFraction: validation is not null && IsNumber(validation, out _));
        validation ??= plan.HeldOut;
        request = plan.Complete(request);
        var source = new DataSource(terminal);
        var loaded = source.LoadForTraining(request, plan.Encoding);
        if (validation is null && loaded.Test is { } test)
            return new(loaded.Train, test, test, loaded, null);
        if (validation is not null && !IsNumber(validation, out _))
        {
            var (measured, other) = LoadOther(validation, request, loaded, source);
            return new(loaded.Train, measured, loaded.Test ?? measured, loaded, null, other);
        }
        if (validation is null && plan.IsResumed)
        {
            throw new UsageException(
                "--validation is missing", $"the training run held out no examples, and {loaded.Request.Name} has no test examples",
                "--validation FILE, with the same file as before");
        }
        string fraction = validation ?? DefaultFraction;
        var (train, heldOut) = HoldOut(loaded.Train, fraction, plan.Settings.Options.Seed);
        if (validation is null)
        {
            terminal.Inform(
                $"{loaded.Request.Name} has no test examples: {heldOut.Count} of {loaded.Train.Count} are held out to measure the model "
                + "(--validation changes that).");
        }
        return new(train, heldOut, loaded.Test ?? heldOut, loaded, fraction);
    }

    /// <summary>Whether a value of --validation is a fraction rather than a file.</summary>
    public static bool IsFraction(string validation) => IsNumber(validation, out _);

    /// <summary>Loads other data to measure the model on.</summary>
    /// <param name="validation">The value of --validation: a file.</param>
    /// <param name="request">The request for the training data.</param>
    /// <param name="loaded">The training data, with whose encoding the others are read.</param>
    /// <param name="source">Loads data.</param>
    public static (Dataset Measured, DataRequest Request) LoadOther(
        string validation, DataRequest request, LoadedData loaded, DataSource source)
    {
        var other = source.Load(request with { Name = validation, Kind = KindOf(loaded) }, loaded.Encoding);
        return (other.Test ?? other.Train, other.Request);
    }

    private static TargetKind KindOf(LoadedData loaded) => loaded.Train.Targets is ClassTargets ? TargetKind.Classes : TargetKind.Values;

    /// <summary>Holds out a fraction of the examples.</summary>
    /// <exception cref="UsageException">It is not a fraction.</exception>
    /// <exception cref="InvalidOptionException">It leaves a class without training examples.</exception>
    public static (Dataset Train, Dataset HeldOut) HoldOut(Dataset data, string fraction, ulong seed) =>
        DatasetSplit.HoldOut(data, ReadFraction(fraction), seed);

    /// <summary>The numbers of the examples that <see cref="HoldOut"/> holds out, counted from 0.</summary>
    /// <inheritdoc cref="HoldOut" path="/exception"/>
    public static int[] HeldOutRows(Dataset data, string fraction, ulong seed) =>
        DatasetSplit.HeldOutRows(data, ReadFraction(fraction), seed);

    private static double ReadFraction(string fraction) => IsNumber(fraction, out double number) && number is > 0 and < 1
        ? number
        : throw new UsageException(
            $"cannot use --validation {fraction}", "a fraction must be between 0 and 1, both excluded", "--validation 0.1");

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
