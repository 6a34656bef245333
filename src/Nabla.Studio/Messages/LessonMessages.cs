namespace Nabla.Studio;

/// <summary>The experiment of a lesson: what runs in it, and what can be chosen.</summary>
/// <param name="Lesson">The number of the lesson, from 1.</param>
/// <param name="Title">Its title.</param>
/// <param name="Setup">What is the same in all its runs, for people.</param>
/// <param name="Controls">What can be chosen.</param>
internal sealed record LessonMessage(int Lesson, string Title, string Setup, IReadOnlyList<ControlMessage> Controls);

/// <summary>Something that can be chosen in a lesson.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Value">The value to begin with.</param>
/// <param name="Choices">The values to choose from; empty for a number that is typed.</param>
internal sealed record ControlMessage(string Name, string Label, string Value, IReadOnlyList<ChoiceMessage> Choices);

/// <summary>One of several values.</summary>
/// <param name="Value">The value in requests.</param>
/// <param name="Label">The value for people.</param>
internal sealed record ChoiceMessage(string Value, string Label);

/// <summary>A run of a lesson to start.</summary>
/// <param name="Lesson">The number of the lesson.</param>
/// <param name="Choices">The values of its controls, by name.</param>
internal sealed record LessonStart(int Lesson, IReadOnlyDictionary<string, string> Choices);

/// <summary>The question whether the task of a lesson is solved.</summary>
/// <param name="Lesson">The number of the lesson.</param>
/// <param name="Answers">Answers to the questions of the task, by name; the runs are the server's own.</param>
internal sealed record LessonCheck(int Lesson, IReadOnlyDictionary<string, string>? Answers = null);

/// <summary>Whether the task of a lesson is solved.</summary>
/// <param name="IsSolved">Whether it is.</param>
/// <param name="Why">What shows it, or what is missing, in one or two sentences.</param>
internal sealed record LessonVerdict(bool IsSolved, string Why);

/// <summary>A gradient by backpropagation beside that by central differences.</summary>
/// <param name="Network">The network.</param>
/// <param name="Examples">Number of examples.</param>
/// <param name="Rows">One row for the weights and one for the biases of each layer.</param>
internal sealed record GradientsMessage(string Network, int Examples, IReadOnlyList<GradientRow> Rows);

/// <summary>The weights or the biases of a layer.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Block">weights or biases.</param>
/// <param name="Printed">Norm of the gradient with the notebook's derivative.</param>
/// <param name="Right">Norm of the gradient with the right derivative.</param>
/// <param name="Differences">Norm of the gradient by central differences.</param>
/// <param name="PrintedError">Relative error of the first, from 0 to 1.</param>
/// <param name="RightError">Relative error of the second, from 0 to 1.</param>
internal sealed record GradientRow(
    int Layer, string Block, double Printed, double Right, double Differences, double PrintedError, double RightError);
