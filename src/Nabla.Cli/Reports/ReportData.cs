using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Finds the data of a report: those that the user names, or those that the model's notes name.</summary>
internal sealed class ReportData(Terminal terminal)
{
    /// <summary>A report's examples, and what was unusual about them.</summary>
    /// <param name="Measured">The examples.</param>
    /// <param name="Notices">What was unusual.</param>
    /// <param name="Encoding">How the table was encoded; null if the examples are from other data.</param>
    public sealed record Found(MeasuredExamples Measured, IReadOnlyList<string> Notices, TableEncoding? Encoding);

    /// <summary>
    /// Loads data that the user named. Of the training data, the held-out examples are used where there are any.
    /// </summary>
    public Found Load(Model model, DataRequest request) => Choose(model, LoadAll(model, request));

    /// <summary>Loads the data that the model's notes name, if they are on this machine.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file for the report, which must not be the data.</param>
    /// <param name="why">Why there are none; null if there are.</param>
    /// <exception cref="UsageException">The report would replace the data.</exception>
    public Found? Find(Model model, OutputFile file, out string? why)
    {
        if (!model.Notes.TryGetValue(ModelNotes.Data, out string? name) || name.Length == 0)
        {
            why = "the model does not say what it was trained on";
            return null;
        }
        why = IsThere(name) ? null : $"{name}, on which the model was trained, is not here";
        if (why is not null)
            return null;
        file.RequireOtherThan("the data", name, terminal);
        try
        {
            var loaded = LoadAll(model, new DataRequest(name, null, []));
            why = ExampleChoice.IsOtherThanTrained(model, loaded.Train) ? $"{name} is not what it was when the model was trained on it"
                : loaded.Test is null && !ExampleChoice.KnowsTrainingData(model)
                    ? $"the model was trained on {name}, and nothing of it was held out"
                : null;
            if (why is null)
                return Choose(model, loaded);
        }
        catch (Exception e) when (e is NablaException or UsageException || FileError.Is(e))
        {
            string reason = (e as NablaException)?.Why ?? (e as UsageException)?.Why ?? e.Message;
            why = $"{name}, on which the model was trained, cannot be used ({reason})";
        }
        return null;
    }

    private LoadedData LoadAll(Model model, DataRequest request) =>
        new DataSource(terminal).Load(request.For(model), ModelNotes.ReadTable(model));

    private Found Choose(Model model, LoadedData loaded) => new(
        ExampleChoice.HasHeldOut(model, loaded)
            ? ExampleChoice.HeldOut(model, loaded)
            : ExampleChoice.Choose(model, loaded, terminal),
        loaded.Notices, loaded.Encoding);

    // Nothing is downloaded for a report.
    private bool IsThere(string name) => name switch
    {
        NamedData.Digits => true,
        NamedData.Mnist => Mnist.Find(MnistAccess.Options(null, terminal)) is not null,
        // A model may come from anywhere: its note must not make this machine connect to another.
        _ => !name.StartsWith("//", StringComparison.Ordinal) && !name.StartsWith(@"\\", StringComparison.Ordinal)
            && Path.Exists(terminal.FullPath(name)),
    };
}
