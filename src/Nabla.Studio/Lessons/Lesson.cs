using System.Globalization;

namespace Nabla.Studio;

/// <summary>
/// A lesson: an experiment with few controls, and a task. Whether the task is solved is decided by what really ran, so a lesson's runs have
/// its own options, and a client chooses only the values of the controls.
/// </summary>
/// <param name="title">Its title.</param>
/// <param name="setup">What is the same in all its runs, for people.</param>
/// <param name="options">The options of all its runs: names and values, separated by spaces.</param>
/// <param name="controls">What can be chosen. A control named data chooses the data, others set the option of their name.</param>
internal abstract class Lesson(string title, string setup, string options, params IReadOnlyList<ControlMessage> controls)
{
    /// <summary>The name of the control that chooses the data.</summary>
    protected const string Data = "data";

    /// <summary>The data, if no control chooses them; null for digits: MNIST where it is on this machine.</summary>
    protected virtual string? DataName => null;

    /// <summary>The title.</summary>
    public string Title => title;

    /// <summary>What the page builds the experiment from.</summary>
    /// <param name="number">The number of the lesson.</param>
    public LessonMessage Describe(int number) => new(number, title, setup, controls);

    /// <summary>A plan for a run.</summary>
    /// <param name="number">The number of the lesson.</param>
    /// <param name="choices">The values of the controls.</param>
    /// <param name="shelf">The data.</param>
    /// <exception cref="InvalidInputException">A value is missing, or is not one of a control.</exception>
    /// <exception cref="InvalidOptionException">A value cannot be used.</exception>
    public RunPlan Plan(int number, IReadOnlyDictionary<string, string> choices, DataShelf shelf)
    {
        Require(choices);
        var all = PageOptions.Split(options);
        foreach (var control in controls.Where(control => control.Name != Data))
            Set(all, control.Name, choices[control.Name]);
        string data = choices.GetValueOrDefault(Data) ?? DataName ?? shelf.Default;
        var read = PageOptions.Read(all);
        return new RunPlan(TitleOf(choices), () => shelf.Load(data, null, read), read)
        {
            Request = new RunRequest(data, all), Lesson = number, Choices = new Dictionary<string, string>(choices),
        };
    }

    /// <summary>Decides whether the task is solved.</summary>
    public abstract LessonVerdict Check(LessonEvidence evidence);

    /// <summary>Sets what a control chooses.</summary>
    protected virtual void Set(Dictionary<string, string> options, string control, string value) => options[control] = value;

    /// <summary>A control with values to choose from; the first is the one to begin with.</summary>
    protected static ControlMessage Choice(string name, string label, params IReadOnlyList<ChoiceMessage> choices) =>
        new(name, label, choices[0].Value, choices);

    /// <summary>A control with values to choose from, which people read as they are.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="label">Its name for people.</param>
    /// <param name="values">The values, separated by spaces; the first is the one to begin with.</param>
    protected static ControlMessage Choice(string name, string label, string values) =>
        Choice(name, label, [.. values.Split(' ').Select(value => new ChoiceMessage(value, value))]);

    /// <summary>A control for a number that is typed.</summary>
    protected static ControlMessage Typed(string name, string label, string value) => new(name, label, value, []);

    /// <summary>The task is not solved.</summary>
    /// <param name="why">What is missing, with numbers.</param>
    protected static LessonVerdict Missing(string why) => new(false, why);

    /// <summary>The task is solved.</summary>
    /// <param name="why">What shows it, with numbers.</param>
    protected static LessonVerdict Solved(string why) => new(true, why);

    /// <summary>A number as people read it, the same in all languages.</summary>
    protected static string Rounded(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A share as people read it.</summary>
    protected static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    private void Require(IReadOnlyDictionary<string, string> choices)
    {
        foreach (string name in choices.Keys)
        {
            if (!controls.Any(control => control.Name == name))
                throw Invalid(name, "this lesson has no such control");
        }
        foreach (var control in controls)
        {
            if (!choices.TryGetValue(control.Name, out string? value) || value is null)
                throw Invalid(control.Name, "it has no value");
            if (control.Choices.Count > 0 && !control.Choices.Any(choice => choice.Value == value))
                throw Invalid(control.Name, "its value is not one of the lesson's");
            bool isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
            if (control.Choices.Count == 0 && !(isNumber && double.IsFinite(number)))
                throw Invalid(control.Name, "its value is not a number");
        }
    }

    private string TitleOf(IReadOnlyDictionary<string, string> choices) => string.Join(", ", controls.Select(
        control => $"{control.Label.ToLowerInvariant()} "
            + (control.Choices.FirstOrDefault(choice => choice.Value == choices[control.Name])?.Label ?? choices[control.Name])));

    private static InvalidInputException Invalid(string name, string why) =>
        new("cannot start this run", $"the control {name}", why, "Choose one of the values of the page.");
}
