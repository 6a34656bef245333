namespace Nabla;

/// <summary>What a model can be for. The catalogue of tasks: nothing else lists them.</summary>
/// <param name="Name">As files name it.</param>
/// <param name="TakesClasses">Whether its targets are classes, not values.</param>
/// <param name="Create">Makes the model of its parts.</param>
/// <param name="Begin">Prepares a training run.</param>
/// <param name="Continue">Continues a training run that was saved before its end.</param>
internal sealed record ModelTask(
    string Name, bool TakesClasses, Func<ModelParts, Model> Create,
    Func<Dataset, TrainingOptions, Dataset?, Func<TrainingStart, Dataset, ITrainingEngine>?, Training> Begin,
    Func<Dataset, Dataset?, Model, TrainingPosition, ScheduleState, Training> Continue)
{
    /// <summary>All tasks.</summary>
    public static IReadOnlyList<ModelTask> All { get; } =
    [
        For(Classifier.TaskName, takesClasses: true, parts => new Classifier(parts)),
        For(Regressor.TaskName, takesClasses: false, parts => new Regressor(parts)),
    ];

    /// <summary>The task of some targets.</summary>
    public static ModelTask Of(Targets targets) => All.First(task => task.TakesClasses == targets is ClassTargets);

    private static ModelTask For<TModel>(string name, bool takesClasses, Func<ModelParts, TModel> create)
        where TModel : Model, ITrainable<TModel> => new(
            name, takesClasses, create,
            (train, options, validation, createEngine) => new Training<TModel>(train, options, validation, createEngine),
            (train, validation, model, position, schedule) =>
                Training<TModel>.Continue(train, validation, (TModel)model, position, schedule));
}
