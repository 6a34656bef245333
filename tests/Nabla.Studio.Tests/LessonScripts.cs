namespace Nabla.Studio.Tests;

/// <summary>What a learner does in a lesson: runs with values of its controls, and answers.</summary>
/// <param name="Lesson">The number of the lesson.</param>
/// <param name="Runs">For each run, names and values of controls, separated by spaces; others stay as they are.</param>
/// <param name="Expected">What the verdict contains.</param>
internal sealed record LessonScript(int Lesson, IReadOnlyList<string> Runs, string Expected)
{
    /// <summary>The derivative that is said to have made the notebook's table.</summary>
    public string Table { get; init; } = "";

    /// <summary>The answer how many times too long a gradient is; "read" for what the table on the page shows.</summary>
    public string Ratio { get; init; } = "";

    /// <summary>Solves each lesson.</summary>
    public static IReadOnlyList<LessonScript> Solving { get; } =
    [
        new(1, ["learning-rate 0.1", "data xor"], "no straight line separates its classes"),
        new(2, ["", "init scaled"], "which changes one setting alone, reaches"),
        new(3, ["learning-rate 0.1", "loss cross-entropy"], "cross-entropy reaches 80.0 % after"),
        new(4, ["learning-rate 3", "learning-rate 10"], "3 learns ("),
        new(5, ["epochs 300", "l2 1"], "closes the gap to 0."),
        new(6, ["", "activation sigmoid-as-printed"], "The slip made the table") { Table = "a", Ratio = "read" },
    ];

    /// <summary>Fails each lesson.</summary>
    public static IReadOnlyList<LessonScript> Failing { get; } =
    [
        new(1, [""], "the task asks for 97.0 %"),
        new(2, ["", "activation tanh"], "the task asks for 75.0 %"),
        new(3, ["", "loss cross-entropy"], "the task asks for 80.0 %"),
        new(4, [""], "a run that learns reaches 95.0 %"),
        new(5, ["epochs 300"], "The narrowest gap so far is"),
        new(6, ["", "activation sigmoid-as-printed"], "the gradient of the hidden weights is not 2 times too long")
        {
            Table = "a", Ratio = "2",
        },
    ];

    /// <summary>The values of the controls of each run, those of earlier ones included.</summary>
    public IEnumerable<Dictionary<string, string>> Changes =>
        Runs.Select(run => run.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]));
}
