namespace Nabla;

/// <summary>A task of a model. <see cref="All"/> is the only list of tasks.</summary>
/// <param name="Name">Its name, as in files.</param>
/// <param name="TakesClasses">Whether the targets are classes rather than values.</param>
/// <param name="Create">Creates a model from its parts.</param>
/// <param name="Begin">Prepares a training run.</param>
/// <param name="Continue">Continues an interrupted training run.</param>
/// <param name="Average">Creates an ensemble; see <see cref="ITrainable{TSelf}.Average"/>.</param>
/// <param name="MeasureFolds">Measures several models; see <see cref="ITrainable{TSelf}.MeasureFolds"/>.</param>
internal sealed record ModelTask(
    string Name, bool TakesClasses, Func<ModelParts, Model> Create,
    Func<Dataset, TrainingOptions, Dataset?, Func<TrainingStart, Dataset, ITrainingEngine>?, Training> Begin,
    Func<Dataset, Dataset?, Model, TrainingPosition, ScheduleState, BestEpoch?, LayerUpdate[], ICommunicator?, Training> Continue,
    Func<IReadOnlyList<Model>, TrainingOptions, Model> Average,
    Func<Dataset, IReadOnlyList<(Model Model, int[] Rows)>, ModelReport> MeasureFolds)
{
    /// <summary>All tasks.</summary>
    public static IReadOnlyList<ModelTask> All { get; } =
    [
        For(Classifier.TaskName, takesClasses: true, parts => new Classifier(parts)),
        For(Regressor.TaskName, takesClasses: false, parts => new Regressor(parts)),
    ];

    /// <summary>The task for these targets.</summary>
    public static ModelTask For(Targets targets) => All.First(task => task.TakesClasses == targets is ClassTargets);

    private static ModelTask For<TModel>(string name, bool takesClasses, Func<ModelParts, TModel> create)
        where TModel : Model, ITrainable<TModel> => new(
            name, takesClasses, create,
            (train, options, validation, createEngine) => new Training<TModel>(train, options, validation, createEngine),
            (train, validation, model, position, schedule, best, lastStep, ranks) =>
                Training<TModel>.Continue(train, validation, (TModel)model, position, schedule, best, lastStep, ranks),
            (members, options) => TModel.Average([.. members.Cast<TModel>()], options),
            (data, folds) => TModel.MeasureFolds(data, [.. folds.Select(fold => ((TModel)fold.Model, fold.Rows))]));
}
