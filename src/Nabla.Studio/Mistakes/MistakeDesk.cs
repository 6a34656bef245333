using Nabla.Explain;

namespace Nabla.Studio;

/// <summary>
/// Keeps what was measured about the networks whose mistakes are looked at, and drops it when they are replaced. It computes for one
/// request at a time, so that a training run keeps its processors. Thread-safe.
/// </summary>
/// <param name="findSources">Finds the networks that there are now.</param>
internal sealed class MistakeDesk(Func<IReadOnlyList<MistakeSource>> findSources) : IDisposable
{
    /// <summary>The most activations of training examples that are kept: 128 MB.</summary>
    private const int MostKept = 1 << 25;

    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, MistakeStudy> studies = new(StringComparer.Ordinal);
    private (MistakeStudy Study, NearestExamples Examples)? hidden; // of one network at a time
    private int numbers;

    /// <summary>Describes a network and its figures.</summary>
    /// <param name="name">The name of a source; null for the first that has something to see.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">There is no such source.</exception>
    public async Task<MistakesMessage> Describe(string? name, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return Describe(name, FindSources());
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Answers a question about a network.</summary>
    /// <param name="network">Its number.</param>
    /// <param name="answer">Computes the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if the network was replaced, or never existed.</returns>
    public async Task<T?> Ask<T>(int network, Func<MistakeStudy, T> answer, CancellationToken cancellationToken)
        where T : class
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            FindSources();
            return studies.Values.FirstOrDefault(study => study.Number == network) is { } found ? answer(found) : null;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Finds near training examples in a space. Called while a question is answered.</summary>
    /// <exception cref="InvalidInputException">There is no such space.</exception>
    public NearestExamples Nearest(MistakeStudy study, string space, CancellationToken cancellationToken)
    {
        if (space == "inputs")
            return study.NearestInputs;
        if (space != "hidden" || study.Inside.Topology.LayerCount == 1)
        {
            throw new InvalidInputException(
                "cannot find near examples", "the space", space == "hidden" ? "the network has no hidden layer" : $"{space} is not one",
                "Use inputs, or hidden for a network with hidden layers.");
        }
        if (hidden is not { } kept || kept.Study != study)
        {
            hidden = null; // Two would take twice the memory.
            // On one thread: the others train.
            hidden = kept = (study, NearestExamples.InLastHiddenLayer(
                study.Inside, study.Data.Train.Inputs, MostKept, threads: 1, cancellationToken));
        }
        return kept.Examples;
    }

    public void Dispose() => gate.Dispose();

    private MistakesMessage Describe(string? name, IReadOnlyList<MistakeSource> sources)
    {
        var chosen = name is null
            ? sources.FirstOrDefault(source => source.Problem is null) ?? sources[0]
            : sources.FirstOrDefault(source => source.Name == name) ?? throw new InvalidInputException(
                "cannot show mistakes", "the network", $"there is none named {name}",
                $"Use {string.Join(" or ", sources.Select(source => source.Name))}.");
        var about = new MistakesMessage(chosen.Name, [.. sources.Select(source => new MistakeSourceMessage(source.Name, source.Title))]);
        if (chosen.Problem is not null)
            return about with { Problem = chosen.Problem };
        try
        {
            if (!studies.TryGetValue(chosen.Name, out var study))
                studies.Add(chosen.Name, study = new MistakeStudy(++numbers, chosen.Model!, chosen.Data!));
            return study.Describe(about);
        }
        catch (InvalidInputException error)
        {
            return about with { Problem = $"{error.What}: {error.Where}: {error.Why}. {error.Remedy}" };
        }
    }

    /// <summary>Finds the sources, and drops what is kept about networks that are no longer among them.</summary>
    private IReadOnlyList<MistakeSource> FindSources()
    {
        var sources = findSources();
        foreach (var source in sources)
        {
            if (studies.TryGetValue(source.Name, out var study) && study.Model != source.Model)
                studies.Remove(source.Name);
        }
        if (hidden is { } kept && !studies.ContainsValue(kept.Study))
            hidden = null;
        return sources;
    }
}
