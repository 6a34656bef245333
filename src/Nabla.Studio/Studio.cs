using System.Globalization;

namespace Nabla.Studio;

/// <summary>What the pages work on: data, the network that reads drawings, corrections and training runs. Thread-safe.</summary>
internal sealed class Studio : IDisposable
{
    /// <summary>The options of the default model: <see cref="Presets.Fast"/>, in words that the page can show.</summary>
    public static IReadOnlyDictionary<string, string> DefaultOptions { get; } = PageOptions.Split(
        "layers 160 activation relu init he loss cross-entropy:label-smoothing=0.1 optimizer adam:beta2=0.99 learning-rate 0.007 "
        + "schedule one-cycle l2 0 dropout 0 batch-size 128 epochs 3 seed 1");

    private readonly StudioOptions options;
    private readonly Task drawing;
    private volatile DigitReader? reader;
    private volatile string? readerProblem;
    private int readerVersion;

    public Studio(StudioOptions options)
    {
        this.options = options;
        Workshop = new Workshop(Hub, run => run.TryDraw(), options.TrainingThreads);
        var given = options.Given;
        Shelf = new DataShelf(options.Mnist, given);
        Mistakes = new MistakeDesk(() => MistakeSources.Find(this));
        drawing = Workshop.DrawAsync();
        if (options.Model is not { } model)
        {
            TrainDefault();
            return;
        }
        GivenModelData = options.ModelData
            ?? (given is null ? null : given.Load(model.Options) with { MayBeLearned = options.TestData is null });
        if (DigitReader.WhyNot(model) is { } why)
            readerProblem = $"{options.ModelName} does not read drawings: {why}.";
        else
            SetReader(new DigitReader((Classifier)model, options.ModelName, GivenModelData));
    }

    public Hub Hub { get; } = new();

    public Workshop Workshop { get; }

    public DataShelf Shelf { get; }

    public Corrections Corrections { get; } = new();

    public MistakeDesk Mistakes { get; }

    /// <summary>The model that the studio was given; null if it trains one.</summary>
    public Model? GivenModel => options.Model;

    /// <summary>What the pages call it.</summary>
    public string GivenModelName => options.ModelName;

    /// <summary>Its data; null if they were not given.</summary>
    public StudioData? GivenModelData { get; }

    /// <summary>Reads drawings; null while there is no network for it.</summary>
    public DigitReader? Reader => reader;

    /// <summary>Why drawings cannot be read; null if they can.</summary>
    public string? ReaderProblem => readerProblem;

    /// <summary>Incremented when <see cref="Reader"/> or the corrections change.</summary>
    public int ReaderVersion => Volatile.Read(ref readerVersion);

    /// <summary>Reads drawings with a model from now on.</summary>
    public void SetReader(DigitReader next)
    {
        reader = next;
        readerProblem = null;
        ReaderChanged();
    }

    /// <summary>Tells the pages that the reader or the corrections have changed.</summary>
    public void ReaderChanged()
    {
        Interlocked.Increment(ref readerVersion);
        Hub.Notify();
    }

    /// <summary>Trains the network that reads drawings on the corrections.</summary>
    /// <returns>The number of the run; null while another run goes on.</returns>
    /// <exception cref="InvalidInputException">There are no corrections, or the network cannot be trained on them.</exception>
    public int? TrainOnCorrections()
    {
        if (Reader is not { } present || Corrections.For(present) is not { Count: > 0 } corrections)
            throw new InvalidInputException("cannot train", "the corrections", "there are none", "Correct a drawing first.");
        if (CorrectionSet.WhyNot(present) is { } why)
            throw new InvalidInputException("cannot train", "the model", why, "Use another model.");
        var data = present.Data!;
        return Workshop.TryStart(new RunPlan(
            "Corrections", () => data with { Train = CorrectionSet.Mix(data.Train, corrections), Title = "corrections" },
            CorrectionSet.OptionsFrom(present.Model.Options))
        {
            StartFrom = present.Model.Network,
            IsKept = false,
            Finished = (model, _) => SetReader(new DigitReader((Classifier)model, $"{BaseTitle(present.Title)} + {corrections.Count} "
                + (corrections.Count == 1 ? "correction" : "corrections"), data)),
        });
    }

    public void Dispose()
    {
        Workshop.Dispose();
        drawing.Wait(TimeSpan.FromSeconds(1));
        Mistakes.Dispose();
    }

    private void TrainDefault()
    {
        string name = Shelf.Default;
        options.Inform(name == DataShelf.Mnist
            ? "Training the default model on mnist; the page shows how it learns."
            : "mnist is not on this machine: training the default model on digits, the built-in set (nabla data fetch loads mnist).");
        var read = PageOptions.Read(DefaultOptions);
        Workshop.TryStart(new RunPlan("Default model", () => Shelf.Load(name, null, read), read)
        {
            Request = new RunRequest(name, DefaultOptions),
            Finished = (model, data) =>
            {
                SetReader(new DigitReader((Classifier)model, $"the default model, trained on {data.Title}", data));
                double accuracy = ((Classifier)model).Evaluate(data.Test).Accuracy;
                options.Inform(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The default model is ready: it reads {100 * accuracy:0.0} % of the test digits of {name} right."));
            },
            BrokenOff = why =>
            {
                readerProblem = $"The default model was not trained: {why}. Train a network on digits, and let it read drawings.";
                ReaderChanged();
            },
        });
    }

    private static string BaseTitle(string title) => title.Split(" + ")[0];
}
