namespace Nabla.Studio;

/// <summary>The networks whose mistakes can be looked at: the one that reads drawings, and that of the last run.</summary>
internal static class MistakeSources
{
    public static IReadOnlyList<MistakeSource> Find(Studio studio) => [FromReader(studio), FromRun(studio.Workshop.Current)];

    private static MistakeSource FromReader(Studio studio)
    {
        if (studio is { Reader: null, GivenModel: Classifier model, GivenModelData: { } given })
            return WithModel(new MistakeSource(MistakeSource.Reader, $"The model {studio.GivenModelName}"), model, given);
        if (studio.Reader is not { } reader)
        {
            return new MistakeSource(MistakeSource.Reader, "The network that reads drawings")
            {
                Problem = studio.ReaderProblem ?? "The default model is being trained.",
            };
        }
        var source = new MistakeSource(MistakeSource.Reader, $"The network that reads drawings: {reader.Title}");
        return reader.Data is { } data
            ? WithModel(source, reader.Model, data)
            : source with
            {
                Problem = "The data that the model was trained on are not at hand: name them, as in nabla studio MODEL DATA.",
            };
    }

    private static MistakeSource FromRun(TrainingRun? run)
    {
        if (run is null)
            return new MistakeSource(MistakeSource.Run, "The last run") { Problem = "Nothing has been trained yet." };
        var source = new MistakeSource(
            MistakeSource.Run, $"Run {run.View.Run}: {run.Plan.Title}{(run.Data is { } loaded ? $", on {loaded.Title}" : "")}");
        return run switch
        {
            { HasEnded: false } => source with
            {
                Problem = $"Run {run.View.Run} has not ended: its mistakes are shown when it has ended or was stopped.",
            },
            { Result: Classifier model, Data: { } data } => WithModel(source, model, data),
            { Result: not null } => source with { Problem = $"Run {run.View.Run} learned to predict values, not classes." },
            _ => source with { Problem = $"Run {run.View.Run} has failed." },
        };
    }

    private static MistakeSource WithModel(MistakeSource source, Classifier model, StudioData data) => data.Test.Count > 0
        ? source with { Model = model, Data = data }
        : source with { Problem = $"There are no test examples in {data.Title}." };
}
