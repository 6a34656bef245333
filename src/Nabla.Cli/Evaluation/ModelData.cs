using Nabla.Studio;

namespace Nabla.Cli;

/// <summary>The data of a model in the studio.</summary>
internal static class ModelData
{
    /// <summary>Loads data as a model needs them, and divides them as its training run did.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">Which data.</param>
    /// <param name="terminal">The outside world. Nothing is written: what is notable is said when the data are loaded to train.</param>
    /// <returns>Null if they do not fit the model, which the pages say when they need them.</returns>
    public static StudioData? Load(Model model, DataRequest request, Terminal terminal)
    {
        try
        {
            var loaded = new DataSource(RankTeam.Silent(terminal)).Load(request.For(model), ModelNotes.ReadTable(model));
            var (train, test) = loaded.Test is null && ExampleChoice.HasHeldOut(model, loaded)
                ? TrainingData.HoldOut(loaded.Train, ModelNotes.ReadHeldOut(model)!, model.Options.Seed)
                : (loaded.Train, loaded.Test ?? loaded.Train);
            return new StudioData(loaded.Request.Name!, train, test, null, "")
            {
                Encoding = loaded.Encoding,
                MayBeLearned = ReferenceEquals(test, loaded.Train) && !ExampleChoice.IsOtherThanTrained(model, loaded.Train),
            };
        }
        catch (NablaException)
        {
            return null;
        }
    }
}
