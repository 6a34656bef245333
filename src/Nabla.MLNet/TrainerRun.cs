using Microsoft.ML.Runtime;

namespace Nabla.MLNet;

/// <summary>One training run of a trainer.</summary>
/// <param name="options">The trainer's options.</param>
/// <param name="channel">Where progress is reported.</param>
internal sealed class TrainerRun(NablaTrainerOptions options, IChannel channel)
{
    /// <summary>Trains a model.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="validation">Data to find the best epoch with; null if a part of the training data serves for that.</param>
    public Model Train(Dataset data, Dataset? validation)
    {
        var training = options.Training ?? Presets.All["table"].For(data.Targets);
        if (data.Targets is ClassTargets && training.ResolveFor(classes: true).OutputActivation != Activation.Softmax)
        {
            throw new InvalidOptionException(
                "The outputs of the network are not probabilities, which ML.NET's columns Score and Probability are",
                "Use a loss whose output activation is softmax: cross-entropy.", nameof(TrainingOptions.OutputActivation));
        }
        channel.Info(MessageSensitivity.None, $"Training on {data.Count} rows of {data.Inputs.Columns} features: {training}");
        var model = options.Members > 1 ? TrainMembers(data, training) : TrainOne(data, training, validation);
        channel.Info(MessageSensitivity.None, $"Fingerprint: {model.Fingerprint}");
        return model;
    }

    private Model TrainMembers(Dataset data, TrainingOptions training)
    {
        var run = new EnsembleTraining(data, training, options.Members);
        run.Run(member => channel.Info(MessageSensitivity.None, $"Member {member.Member}: {member.Fold}"));
        return run.CreateModel();
    }

    private Model TrainOne(Dataset data, TrainingOptions training, Dataset? validation)
    {
        if (training.KeepsBest && validation is null)
            (data, validation) = DatasetSplit.HoldOut(data, options.ValidationFraction, training.Seed);
        var run = Training.Begin(data, training, validation);
        foreach (var epoch in run.Epochs())
            channel.Trace(MessageSensitivity.None, $"{epoch}");
        return run.Model;
    }
}
