namespace Nabla.Studio;

/// <summary>The networks whose steps can be shown: the one that reads drawings, that of the last run, and two small ones.</summary>
/// <param name="workshop">Has the last run.</param>
/// <param name="reader">What reads drawings; null while there is no network for it.</param>
/// <param name="readerProblem">Why there is none; null while it is trained.</param>
internal sealed class StepNetworks(Workshop workshop, Func<DigitReader?> reader, Func<string?> readerProblem)
{
    private const string Reader = "reader", Run = "run";

    /// <summary>What the page offers.</summary>
    public StepChoices List() => new(
    [
        .. SmallNetworks.All.Select(small => new StepChoice(small.Name, small.Title, null)),
        new(Reader, "the network that reads drawings", WhyNotReader()),
        new(Run, "the network of the last run", WhyNotRun()),
    ]);

    /// <summary>Finds a network.</summary>
    /// <exception cref="InvalidInputException">There is none of this name, or it cannot be shown now.</exception>
    public StepNetwork Find(string name) => name switch
    {
        Reader => WhyNotReader() is { } why ? throw Unusable("the network that reads drawings", why) : OfReader(reader()!),
        Run => WhyNotRun() is { } why ? throw Unusable("the last run", why) : OfRun(),
        _ => SmallNetworks.All.FirstOrDefault(small => small.Name == name)
            ?? throw Unusable("the network", "there is none of this name"),
    };

    private string? WhyNotReader() => reader() switch
    {
        null => readerProblem() ?? "it is still being trained",
        { Data: null } => "the data that it was trained on are not at hand: nabla studio MODEL DATA names them",
        { Model: var model } => StepNetwork.WhyNot(model.Topology),
    };

    private string? WhyNotRun() => workshop.Current switch
    {
        null => "there was no run yet",
        { View.State: "running" } => "the run goes on: pause it",
        { View.State: not ("paused" or "finished" or "stopped") } => "it is not ready, or it failed",
        { Model: { } model } run => run.HasCopy ? StepNetwork.WhyNot(model.Topology) : "it was stopped before its first step",
        _ => "it was stopped before its first step",
    };

    private static StepNetwork OfReader(DigitReader reader)
    {
        bool isEnsemble = reader.Model.Members.Count > 0;
        var model = isEnsemble ? reader.Model.Members[0] : reader.Model;
        return new StepNetwork(
            Reader, isEnsemble ? $"{reader.Title}, the first network of the ensemble" : reader.Title, model, model.Network,
            reader.Data!.Train, reader.Data.Title, model);
    }

    private StepNetwork OfRun()
    {
        // Another run may have begun meanwhile.
        if (workshop.Current is not { Model: { } model, Data: { } data } run || run.CopyNetwork() is not var (network, step))
            throw Unusable("the last run", "it has just begun");
        return new StepNetwork(
            Run, $"run {run.View.Run} after step {step}", model, network, data.Train, data.Title, (run.View.Run, step));
    }

    private static InvalidInputException Unusable(string where, string why) =>
        new("cannot show the steps", where, why, "Choose another network.");
}
