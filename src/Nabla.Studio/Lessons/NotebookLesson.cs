using System.Globalization;

namespace Nabla.Studio;

/// <summary>Lesson 6: which derivative made the notebook's table (docs/notebook.md).</summary>
internal sealed class NotebookLesson() : Lesson(
    "The notebook's table, and the slip behind it",
    "The notebook's exercise 2: 30 hidden neurons and 10 outputs, all sigmoids; quadratic cost; weights from N(0, 1); each pixel "
    + "standardized; eta 0.2, L2 0.0001, batches of 100. Only the order of the digits differs: it is shuffled.",
    Options,
    Choice(
        Derivative, "Derivative", new ChoiceMessage(Right, "of the sigmoid at z (exercise 2 as shown)"),
        new ChoiceMessage(Printed, "of the sigmoid at a (exercise 1 as shown)")),
    Choice(Epochs, "Epochs", "1 3"))
{
    private const string Options =
        "layers 30 activation sigmoid output-activation sigmoid loss quadratic optimizer sgd learning-rate 0.2 l2 0.0001 batch-size 100 "
        + "init standard-normal scaling standardize-per-feature seed 1";

    private const string Derivative = "activation", Epochs = "epochs", Right = "sigmoid", Printed = "sigmoid-as-printed";
    private const double RatioTolerance = 0.1;

    /// <summary>The options of all runs, by name.</summary>
    public static IReadOnlyDictionary<string, string> Fixed { get; } = PageOptions.Split(Options);

    public override LessonVerdict Check(LessonEvidence evidence)
    {
        if (evidence.With((Derivative, Right)) is not [.., var right])
            return Missing("No run has the derivative at z yet: train one.");
        if (evidence.With((Derivative, Printed)) is not [.., var printed])
            return Missing($"Run {right.Run} has the derivative at z. Now train one with the derivative at a.");
        string found = string.Create(CultureInfo.InvariantCulture,
            $"After the first epoch, the derivative at z has {First(right)} ({right}), and that at a {First(printed)} ({printed})");
        if (evidence.Answers.GetValueOrDefault("table") is not "a")
            return Missing($"{found}. Which of the two is nearer to the notebook's 77.6 %? Choose it.");
        string? answer = evidence.Answers.GetValueOrDefault("ratio");
        if (!double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out double given))
        {
            return Missing($"{found}. How many times too long is the gradient of the hidden weights? Compare the gradients, and give a "
                + "number.");
        }
        var row = evidence.Gradients().Rows[0];
        return Math.Abs(given / (row.Printed / row.Right) - 1) <= RatioTolerance
            ? Solved($"{found}. The slip made the table: at the start, its gradient of the hidden weights is "
                + $"{Rounded(row.Printed / row.Right, "0.0")} times as long as the right one, because the derivative at a never becomes "
                + "small.")
            : Missing($"{found}. But the gradient of the hidden weights is not {Rounded(given, "0.##")} times too long: divide its two "
                + "norms in the first row of the comparison.");
    }

    // Hidden neurons and outputs have the same derivative, as in the notebook.
    protected override void Set(Dictionary<string, string> options, string control, string value)
    {
        base.Set(options, control, value);
        if (control == Derivative)
            options["output-activation"] = value;
    }

    private static string First(LessonRun run) => Percent(run.Epochs is [{ Metric: { } share }, ..] ? share : 0);
}
