namespace Nabla.Studio;

/// <summary>A training run to start, from the page.</summary>
/// <param name="Data">The name of the data.</param>
/// <param name="Options">Training options by name, without dashes, as <c>nabla train</c> takes them.</param>
/// <param name="Target">The column to predict, if the data are a table.</param>
/// <param name="Start">How to begin: run, step or epoch.</param>
/// <param name="Pace">Pause after each batch in milliseconds; 0 for full speed.</param>
internal sealed record RunRequest(
    string Data, IReadOnlyDictionary<string, string> Options, string? Target = null, string Start = "run", double Pace = 0);

/// <summary>A command to the current run.</summary>
/// <param name="Command">pause, resume, step, epoch, stop or reset.</param>
internal sealed record RunCommand(string Command);

/// <summary>A change while a run goes on.</summary>
/// <param name="RateFactor">The factor of the learning rate; null to leave it.</param>
/// <param name="Pace">Pause after each batch in milliseconds; null to leave it.</param>
internal sealed record RunChange(double? RateFactor = null, double? Pace = null);

/// <summary>The answer to a request that was carried out.</summary>
/// <param name="Run">The number of the run.</param>
internal sealed record RunAnswer(int Run);

/// <summary>An error: what, why, and what to do.</summary>
internal sealed record ProblemMessage(string What, string Why, string Remedy);

/// <summary>A question about a run.</summary>
/// <param name="Run">The number of the run.</param>
internal sealed record RunQuestion(int Run);

/// <summary>The code that does the same as a run, or as the options of the page.</summary>
/// <param name="Command">For a shell.</param>
/// <param name="Program">In C#.</param>
/// <param name="Files">The files of the data, which the page offers.</param>
internal sealed record CodeMessage(string Command, string Program, IReadOnlyList<string> Files)
{
    /// <summary>Which run this is, and whether the code repeats it.</summary>
    public string Note { get; init; } = "";
}

/// <summary>The state of the current run, sent while it changes.</summary>
/// <param name="Run">The number of the run; 0 before the first.</param>
/// <param name="State">idle, preparing, running, paused, finished, stopped or failed.</param>
internal sealed record StateMessage(int Run, string State)
{
    public string Title { get; init; } = "";

    public string Data { get; init; } = "";

    /// <summary>The network: its layers.</summary>
    public string Network { get; init; } = "";

    /// <summary>The number of the lesson that the run belongs to; 0 for none.</summary>
    public int Lesson { get; init; }

    /// <summary>The share of each label that the loss spreads over all classes; null if it spreads none.</summary>
    public float? LabelSmoothing { get; init; }

    public ProblemMessage? Problem { get; init; }

    /// <summary>Whether the run failed because its loss was no longer finite.</summary>
    public bool HasDiverged { get; init; }

    public int Epoch { get; init; }

    public int Epochs { get; init; }

    public int Batch { get; init; }

    public int Batches { get; init; }

    public long Step { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public double Rate { get; init; }

    /// <summary>The factor that the user has set.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>Whether the options alone repeat the run.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>The mean loss of the current epoch's examples so far.</summary>
    public double? Loss { get; init; }

    public double ExamplesPerSecond { get; init; }

    /// <summary>The name of what is measured after each epoch, e.g. Accuracy.</summary>
    public string Metric { get; init; } = "";

    /// <summary>The fingerprint of a run that has ended.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The loss by step: what is new since the last message.</summary>
    public CurveMessage? Curve { get; init; }

    /// <summary>The epochs that are complete: what is new since the last message.</summary>
    public EpochsMessage? NewEpochs { get; init; }

    /// <summary>What was assumed when the data were read, a sentence each; null in messages after the first that has them.</summary>
    public IReadOnlyList<string>? Notices { get; init; }

    /// <summary>Why there are no pictures of the network; null if there are.</summary>
    public string? PictureProblem { get; init; }

    /// <summary>Incremented when the network that reads drawings, or the corrections, change.</summary>
    public int Reader { get; init; }

    /// <summary>Whether the network of this run can read drawings.</summary>
    public bool CanRead { get; init; }
}

/// <summary>A part of a curve.</summary>
/// <param name="From">The index of the first point. 0 means that the curve begins anew: points were merged.</param>
/// <param name="Steps">x of each point.</param>
/// <param name="Values">y of each point.</param>
internal sealed record CurveMessage(int From, IReadOnlyList<long> Steps, IReadOnlyList<float> Values);

/// <summary>A part of the epochs that are complete.</summary>
/// <param name="From">The index of the first one, which replaces the epoch that was there, and all behind it.</param>
/// <param name="Epochs">The epochs, ascending; of a long run, evenly spread ones and the last.</param>
internal sealed record EpochsMessage(int From, IReadOnlyList<EpochMessage> Epochs);

/// <summary>An epoch that is complete.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Loss">Mean loss on the training data.</param>
/// <param name="HeldOutLoss">Mean loss on the held-out data; null without any.</param>
/// <param name="Metric">The metric on the held-out data; null without any.</param>
internal sealed record EpochMessage(int Epoch, double Loss, double? HeldOutLoss, double? Metric);

/// <summary>A run that has ended, to be laid over others.</summary>
internal sealed record PastRunMessage(
    int Run, string Title, string Data, string Metric, string? Fingerprint, CurveMessage Curve, IReadOnlyList<EpochMessage> Epochs)
{
    /// <summary>The number of the lesson that the run belongs to; 0 for none.</summary>
    public int Lesson { get; init; }
}

/// <summary>What the network looks like now.</summary>
/// <param name="Run">The number of the run.</param>
/// <param name="Step">The step after which it looked like this.</param>
internal sealed record PictureMessage(int Run, long Step)
{
    /// <summary>First-layer weights as images, as in <see cref="ReadingMessage.Saliency"/>, for the first units.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];

    public int Rows { get; init; }

    public int Columns { get; init; }

    /// <summary>The class at each point of a grid over two features: [side, side], the top row first; in base 64.</summary>
    public string Classes { get; init; } = "";

    /// <summary>The probability of that class: 0 for that of a guess, 255 for certainty; [side, side], in base 64.</summary>
    public string Confidence { get; init; } = "";

    public int Side { get; init; }
}
