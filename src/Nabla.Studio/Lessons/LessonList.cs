namespace Nabla.Studio;

/// <summary>The lessons, in their order.</summary>
internal static class LessonList
{
    /// <summary>All lessons; the number of a lesson is its place, from 1.</summary>
    public static IReadOnlyList<Lesson> All { get; } =
    [
        new FirstNeuronLesson(), new SaturationLesson(), new CrossEntropyLesson(), new LearningRateLesson(), new OverfittingLesson(),
        new NotebookLesson(),
    ];

    /// <summary>The lesson with a number.</summary>
    /// <exception cref="InvalidInputException">There is no such lesson.</exception>
    public static Lesson Find(int number) => number >= 1 && number <= All.Count
        ? All[number - 1]
        : throw new InvalidInputException(
            "there is no such lesson", "the lesson", $"its number is {number}", $"Choose one from 1 to {All.Count}.");
}
