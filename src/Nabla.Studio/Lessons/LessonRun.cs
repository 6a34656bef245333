using System.Globalization;

namespace Nabla.Studio;

/// <summary>A run of a lesson, as this server remembers it. Nothing of it comes from a client but what was chosen.</summary>
/// <param name="Run">The number of the run.</param>
/// <param name="Choices">What was chosen, by the names of the lesson's controls.</param>
/// <param name="State">As in <see cref="StateMessage.State"/>.</param>
/// <param name="Epochs">The epochs that are complete.</param>
/// <param name="HasDiverged">Whether its loss was no longer finite.</param>
/// <param name="IsUnchanged">Whether its learning rate was that of its options all the time.</param>
internal sealed record LessonRun(
    int Run, IReadOnlyDictionary<string, string> Choices, string State, IReadOnlyList<EpochMessage> Epochs, bool HasDiverged,
    bool IsUnchanged)
{
    /// <summary>What is remembered of a run.</summary>
    public static LessonRun From(RunView view)
    {
        var state = view.Read(new RunCursor());
        return new(state.Run, view.Plan.Choices, state.State, state.NewEpochs!.Epochs, state.HasDiverged, state.IsRepeatable);
    }

    /// <summary>Whether it is not over.</summary>
    public bool GoesOn => State is "preparing" or "running" or "paused";

    /// <summary>Whether the run has come to its end, so that it counts.</summary>
    public bool Counts => IsUnchanged && (State == "finished" || HasDiverged);

    /// <summary>The accuracy on held-out data after the last epoch; 0 if the run diverged.</summary>
    public double Accuracy => HasDiverged || Epochs.Count == 0 ? 0 : Last.Metric ?? 0;

    /// <summary>The last epoch.</summary>
    public EpochMessage Last => Epochs[^1];

    /// <summary>The value of a control.</summary>
    public string this[string control] => Choices[control];

    /// <summary>The value of a control that is a number.</summary>
    public double Number(string control) => double.Parse(Choices[control], CultureInfo.InvariantCulture);

    /// <summary>The number of epochs until an accuracy was reached; null if it was not.</summary>
    public int? EpochsTo(double accuracy) =>
        Epochs.FirstOrDefault(epoch => epoch.Metric >= accuracy) is { } reached ? reached.Epoch + 1 : null;

    /// <summary>The controls in which two runs differ.</summary>
    public IReadOnlyList<string> DifferencesFrom(LessonRun other) =>
        [.. Choices.Keys.Where(name => !AreSame(Choices[name], other.Choices[name]))];

    // Numbers can be written in several ways.
    private static bool AreSame(string one, string other) =>
        one == other || (TryParse(one, out double first) && TryParse(other, out double second) && first == second);

    private static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    public override string ToString() => $"run {Run}";
}
