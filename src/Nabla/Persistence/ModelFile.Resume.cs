namespace Nabla;

/// <content>Training runs that were interrupted.</content>
internal static partial class ModelFile
{
    /// <summary>Loads a model whose training run was interrupted, and continues from there.</summary>
    /// <param name="path">The file of an interrupted training run.</param>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">Data on which the model is measured after each epoch, or null.</param>
    /// <param name="threads">The most threads to use; 0 for one per processor.</param>
    /// <param name="ranks">The ranks that share each step; null for this process alone.</param>
    /// <exception cref="InvalidInputException">The file is not a model, is damaged, or its training run was complete.</exception>
    public static Training<TModel> Resume<TModel>(
        string path, Dataset train, Dataset? validation, int threads, ICommunicator? ranks = null)
        where TModel : Model, ITrainable<TModel>
    {
        var training = Resume(path, train, validation, threads, ranks);
        Require<TModel>(training.Model, path);
        return (Training<TModel>)training;
    }

    /// <inheritdoc cref="Resume{TModel}"/>
    public static Training Resume(string path, Dataset train, Dataset? validation, int threads, ICommunicator? ranks = null)
    {
        using var source = ByteSource.Open(path);
        return Resume(source, path, train, validation, threads, ranks);
    }

    /// <summary>Continues from a file that may be in memory.</summary>
    /// <inheritdoc cref="Resume{TModel}"/>
    internal static Training Resume(
        ByteSource source, string path, Dataset train, Dataset? validation, int threads, ICommunicator? ranks = null)
    {
        using var file = SafetensorsFile.Open(source, path);
        var metadata = ParseMetadata(file, path);
        FileChecksum.Verify(source, path, file.Metadata, isRequired: false);
        if (metadata.Members is { Count: var members })
        {
            throw new InvalidInputException(
                $"cannot resume {path}", "its metadata",
                $"it is an ensemble of {members} {(members == 1 ? "network" : "networks")}, whose training cannot be resumed",
                "Train a new ensemble.");
        }
        if (metadata.Interruption is not { Position: var position } interruption)
        {
            throw new InvalidInputException(
                $"cannot resume {path}", "its metadata", "this training run was complete, or was made by an engine that cannot resume",
                "Only a training run that was interrupted can be resumed; train again with more epochs.");
        }
        if (interruption.Data.Difference(train) is { } difference)
        {
            throw new InvalidInputException(
                $"cannot resume {path}", $"the {train.Count} training examples of {train.Name}",
                $"they are not those with which the training run began: {difference}", "Use the same training data as before.");
        }
        RequireSameValidation(interruption, metadata.Options, validation, path);
        var model = Load(file, metadata with { Options = metadata.Options with { Threads = threads } }, path);
        var training = TaskOf(metadata, path).Continue(
            train, validation, model, position, interruption.Schedule, ReadBest(file, interruption, model.Network.Topology, path),
            interruption.MeasuredStep, ranks);
        if (!interruption.IsPossible(metadata.Options, training.BatchCount, train.Count))
            throw Damaged(path, "its metadata", $"no training run of {metadata.Options.Epochs} epochs can have stopped at {position}");
        foreach (var (name, values) in training.Optimizer!.State)
        {
            // A square of a gradient may be infinite, and training continues: the state is what it was.
            Find(file, StateName(name), [values.Length], path);
            ReadState(model.Network.Topology, file.ReadFloats(StateName(name)), values);
        }
        if (!training.Optimizer.IsConsistentWith(model.Network))
            throw Damaged(path, "the optimizer's state", "the first weights are not the products of input-factors and input-weights");
        training.Optimizer.Restore((long)position.Epoch * training.BatchCount + position.Batch);
        return training;
    }

    /// <summary>Loads the model of a checkpoint, and where its training run was.</summary>
    /// <exception cref="InvalidInputException">It is damaged, or no training run can be resumed from it.</exception>
    public static (Model Model, TrainingPosition Position) LoadCheckpoint(string path)
    {
        using var source = ByteSource.Open(path);
        using var file = SafetensorsFile.Open(source, path);
        var metadata = ParseMetadata(file, path);
        FileChecksum.Verify(source, path, file.Metadata, isRequired: true);
        return metadata.Interruption is { } interruption
            ? (Load(file, metadata, path), interruption.Position)
            : throw Unusable(path, "no training run can be resumed from it", null, "Use a checkpoint.");
    }

    private static void RequireSameValidation(Interruption interruption, TrainingOptions options, Dataset? validation, string path)
    {
        if (options.KeepsBest && interruption.Validation is not { Length: > 0 })
            throw Damaged(path, "its metadata", "the best epoch is kept, and the digest of the validation data is missing");
        if (interruption.Validation is { } digest && options.UsesValidation && digest != (validation?.Fingerprint ?? ""))
        {
            throw new InvalidInputException(
                $"cannot resume {path}", "the validation data",
                "they are not those of before, and "
                + (options.KeepsBest ? "the best epoch is found with them" : $"the schedule {options.Schedule.Name} depends on them"),
                "Use the same validation data as before.");
        }
    }

    private static BestEpoch? ReadBest(SafetensorsFile file, Interruption interruption, Topology topology, string path)
    {
        if (interruption.Best is not { } score)
            return null;
        var parameters = new float[topology.ParameterCount];
        topology.FromByNeuron(Read(file, BestParameters, [parameters.Length], path), parameters);
        return new BestEpoch(score, parameters);
    }

    private static string StateName(string name) => $"optimizer.{name}";

    /// <summary>
    /// An optimizer's state as files hold it: what it remembers of each parameter neuron by neuron, and what is not about the parameters
    /// of the network as it is.
    /// </summary>
    private static float[] StateByNeuron(Topology topology, float[] values) => values.Length < topology.ParameterCount
        ? values
        : [.. topology.ByNeuron(values.AsSpan(0, topology.ParameterCount)), .. values.AsSpan(topology.ParameterCount)];

    /// <summary>The reverse of <see cref="StateByNeuron"/>.</summary>
    private static void ReadState(Topology topology, float[] read, float[] values)
    {
        read.CopyTo(values);
        int count = topology.ParameterCount;
        if (values.Length >= count)
            topology.FromByNeuron(read.AsSpan(0, count), values.AsSpan(0, count));
    }
}
