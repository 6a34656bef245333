using System.Globalization;

namespace Nabla.Cli;

/// <summary>The data of a training run.</summary>
/// <param name="Train">The training data.</param>
/// <param name="Validation">The data on which the model is measured after each epoch; null if it is not.</param>
/// <param name="Test">The data on which the model is measured at the end; the training data if there are no others.</param>
/// <param name="Source">The source of the training data.</param>
/// <param name="HeldOut">The fraction of the training data that was held out, or <c>none</c> on request; null with other data.</param>
/// <param name="Other">The data given with --validation; null if none were given.</param>
internal sealed record TrainingData(
    Dataset Train, Dataset? Validation, Dataset Test, LoadedData Source, string? HeldOut, DataRequest? Other = null)
{
    private const string DefaultFraction = "0.2";
    private const string None = ModelNotes.NothingHeldOut;

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

    /// <summary>The test examples, with their numbers in the data, and what they are.</summary>
    /// <param name="seed">The seed, which decides which examples are held out.</param>
    public MeasuredExamples Measured(ulong seed)
    {
        string name = Source.Request.Name!;
        if (ReferenceEquals(Test, Source.Test))
            return MeasuredExamples.Test(Test, name);
        if (ReferenceEquals(Test, Train))
            return MeasuredExamples.Train(Source, isLearned: true);
        return Other is not null
            ? MeasuredExamples.All(Test, $"the {Test.Count} examples of {Other.Name}")
            : MeasuredExamples.HeldOut(Test, HeldOutRows(Source.Train, HeldOut!, seed), Source);
    }

    /// <summary>The arguments with which <c>nabla train --resume</c> uses the same data. The model has the rest.</summary>
    public string TrainingArguments =>
        Source.Request.ToArguments(withTarget: false) + (Other is null ? "" : $" --validation {ShellWord.Quote(Other.Name!)}")
        + (Other?.TargetPath is null ? "" : $" --validation-targets {ShellWord.Quote(Other.TargetArray!)}");

    /// <summary>Loads data and divides them.</summary>
    /// <param name="request">Which data.</param>
    /// <param name="validation">
    /// A fraction to hold out, <c>none</c>, or other data; null for the test examples of the data, or to hold out a fifth if there are
    /// none.
    /// </param>
    /// <param name="plan">How to train. The seed decides which examples are held out.</param>
    /// <param name="terminal">The outside world.</param>
    /// <exception cref="UsageException">The fraction is out of range, or a resumed run would learn from other examples.</exception>
    public static TrainingData Load(DataRequest request, string? validation, TrainingPlan plan, Terminal terminal)
    {
        validation = validation is null ? null : Simplify(validation);
        plan.CheckValidation(validation, isFraction: validation is not null && IsNumber(validation, out _));
        validation ??= plan.HeldOut;
        request = plan.Complete(request);
        var source = new DataSource(terminal);
        var loaded = source.LoadForTraining(request, plan.Encoding);
        if (validation == None)
            return WithoutValidation(loaded, terminal);
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
                "Use the same data as before; with nabla train --resume, also the same --validation FILE.");
        }
        string fraction = validation ?? DefaultFraction;
        var (train, heldOut) = HoldOut(loaded.Train, fraction, plan.Settings.Options.Seed);
        if (validation is null)
        {
            string use = plan.Settings.Options.KeepBest ? "choose the best epoch and measure the model" : "measure the model";
            terminal.Inform(
                $"{loaded.Request.Name} has no test examples: {heldOut.Count} of {loaded.Train.Count} are held out to {use} "
                + "(--validation changes that).");
        }
        return new(train, heldOut, loaded.Test ?? heldOut, loaded, fraction);
    }

    /// <summary>A percentage as a fraction, and 0 as none.</summary>
    private static string Simplify(string validation)
    {
        bool isPercentage = validation.EndsWith('%');
        if (isPercentage && decimal.TryParse(
            validation[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent))
            validation = (percent / 100).ToString("0.############", CultureInfo.InvariantCulture);
        return IsNumber(validation, out double number) && number == 0 ? None : validation;
    }

    private static TrainingData WithoutValidation(LoadedData loaded, Terminal terminal)
    {
        if (loaded.Test is null)
        {
            terminal.Inform(
                "No examples are held out: the result at the end is that of the training examples, and new ones are predicted less well.");
        }
        return new(loaded.Train, null, loaded.Test ?? loaded.Train, loaded, None);
    }

    /// <summary>Whether a value of --validation is a fraction, a percentage or none, rather than a file.</summary>
    public static bool IsFraction(string validation) => Simplify(validation) is var simple && (simple == None || IsNumber(simple, out _));

    /// <summary>Whether a value of --validation holds out nothing.</summary>
    public static bool IsNone(string validation) => Simplify(validation) == None;

    /// <summary>Loads other data to measure the model on.</summary>
    /// <param name="validation">The value of --validation: a file.</param>
    /// <param name="request">The request for the training data.</param>
    /// <param name="loaded">The training data, with whose encoding the others are read.</param>
    /// <param name="source">Loads data.</param>
    public static (Dataset Measured, DataRequest Request) LoadOther(
        string validation, DataRequest request, LoadedData loaded, DataSource source)
    {
        bool takesTargets = source.TakesTargetFile(validation);
        if (takesTargets && request.ValidationTargets is null)
        {
            throw new UsageException(
                "--validation-targets is missing", $"{validation} has the inputs alone", "--validation-targets FILE, a .npy file");
        }
        if (!takesTargets && request.ValidationTargets is not null)
        {
            throw new UsageException(
                "cannot use --validation-targets", $"{validation} is not a .npy array: it has its targets", "Omit --validation-targets.");
        }
        var like = request with
        {
            Name = validation, TargetArray = loaded.Request.TargetPath is null ? request.TargetArray : null, Kind = KindOf(loaded),
            Classes = (loaded.Train.Targets as ClassTargets)?.Names, Form = loaded.Form,
        };
        if (takesTargets)
            like = like with { InputArray = null, TargetArray = request.ValidationTargets };
        var other = source.Load(like, loaded.Encoding);
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
            $"cannot use --validation {fraction}", "a fraction must be between 0 and 1",
            "--validation 0.1, or --validation none to hold out nothing");

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
