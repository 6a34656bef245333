namespace Nabla;

/// <summary>Training options for each task. Immutable.</summary>
/// <param name="ForClasses">The options if the targets are classes.</param>
/// <param name="ForValues">The options if the targets are values.</param>
public sealed record Preset(TrainingOptions ForClasses, TrainingOptions ForValues)
{
    /// <summary>The same options for both tasks.</summary>
    /// <param name="options">The options.</param>
    public Preset(TrainingOptions options)
        : this(options, options)
    {
    }

    /// <summary>The options for some targets.</summary>
    /// <param name="targets">Those of the training data.</param>
    public TrainingOptions For(Targets targets) => targets is ClassTargets ? ForClasses : ForValues;

    /// <summary>A preset with changed options for both tasks.</summary>
    /// <param name="change">Returns changed options.</param>
    public Preset With(Func<TrainingOptions, TrainingOptions> change) => ReferenceEquals(ForClasses, ForValues)
        ? new(change(ForClasses))
        : new(change(ForClasses), change(ForValues));
}
