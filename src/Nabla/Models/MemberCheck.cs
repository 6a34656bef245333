namespace Nabla;

/// <summary>Checks that models can be the members of an ensemble.</summary>
internal static class MemberCheck
{
    /// <exception cref="ArgumentException">There are no members, or they do not go together; the message says why.</exception>
    public static void Require(IReadOnlyList<Model> members)
    {
        if (members.Count == 0)
            throw new ArgumentException("An ensemble needs at least one member.", nameof(members));
        for (int number = 0; number < members.Count; number++)
        {
            if (Difference(members[0], members[number]) is { } difference)
                throw new ArgumentException($"Member {number} cannot be averaged with member 0: {difference}.", nameof(members));
        }
    }

    private static string? Difference(Model first, Model other) =>
        other.Members.Count > 0 ? "it is an ensemble itself"
        : other.Task != first.Task ? $"it is a model for {other.Task}, not {first.Task}"
        : !other.OutputNames.SequenceEqual(first.OutputNames) ? "the names of the outputs differ"
        : !other.InputShape.SequenceEqual(first.InputShape) ? "the shapes of an example differ"
        : other.TakesBytes != first.TakesBytes ? "one was trained on bytes, the other on numbers"
        : other.Scaling != first.Scaling ? $"inputs are scaled by {other.Scaling}, not {first.Scaling}"
        : !AreSame(first.Options, other.Options) ? "the options of the training runs differ in more than the seed"
        : null;

    /// <summary>Whether options are the same apart from seed and threads. Lists are compared by what they contain.</summary>
    private static bool AreSame(TrainingOptions first, TrainingOptions other) =>
        first.ResolvedLayers.SequenceEqual(other.ResolvedLayers)
        && AreSame(first.LearningRateFactors, other.LearningRateFactors)
        && (first.ClassWeights is null) == (other.ClassWeights is null)
        && AreSame(first.ClassWeights?.ByName, other.ClassWeights?.ByName)
        && first == other with
        {
            Layers = first.Layers, Hidden = first.Hidden, Activation = first.Activation, Dropout = first.Dropout,
            LearningRateFactors = first.LearningRateFactors, ClassWeights = first.ClassWeights, Seed = first.Seed,
            Threads = first.Threads,
        };

    private static bool AreSame(IReadOnlyDictionary<string, float>? first, IReadOnlyDictionary<string, float>? other) =>
        ReferenceEquals(first, other) || (first is not null && other is not null && first.Count == other.Count
            && first.All(pair => other.TryGetValue(pair.Key, out float value) && value == pair.Value));
}
