namespace Nabla.Studio;

/// <summary>What a task is judged by.</summary>
/// <param name="Runs">The runs of the lesson that count, the oldest first; at least one.</param>
/// <param name="Answers">The answers to questions of the task, by name.</param>
/// <param name="Gradients">Computes the gradients of the notebook's lesson.</param>
internal sealed record LessonEvidence(
    IReadOnlyList<LessonRun> Runs, IReadOnlyDictionary<string, string> Answers, Func<GradientsMessage> Gradients)
{
    /// <summary>The runs with certain values of the controls.</summary>
    public IReadOnlyList<LessonRun> With(params IReadOnlyList<(string Control, string Value)> choices) =>
        [.. Runs.Where(run => choices.All(choice => run[choice.Control] == choice.Value))];
}
