using System.Runtime.CompilerServices;

namespace Nabla.Cli;

/// <summary>Compiles the code of training steps while the data are read, by training a small network on made-up images.</summary>
/// <remarks>
/// The runtime compiles a method when it is first called, and optimizes it after 30 calls. Without a warm-up, that happens in the first
/// epoch, which then takes three times as long as a later one where the network is small.
/// </remarks>
internal sealed class Warmup : IDisposable
{
    private const int Features = 28 * 28, Classes = 10, MostInBatch = 256, MostEpochs = 400, MostOutputs = 64;

    private readonly CancellationTokenSource ended = new();
    private readonly Task task;

    private Warmup(TrainingSettings settings) => task = RuntimeFeature.IsDynamicCodeCompiled
        ? Task.Run(() => Train(settings, ended.Token))
        : Task.CompletedTask; // native code needs none

    /// <summary>Begins in the background. Results do not depend on it: nothing that it computes is kept.</summary>
    /// <param name="settings">The settings of the training run.</param>
    /// <param name="request">The data that are read meanwhile.</param>
    /// <returns>Null where it would only delay the data: all processors draw digits, and read tables.</returns>
    public static Warmup? Begin(TrainingSettings settings, DataRequest request) =>
        request.Name == NamedData.Digits || request.Targets.Count > 0 ? null : new(settings);

    /// <summary>Ends it after the current batch.</summary>
    public void Dispose()
    {
        ended.Cancel();
        task.Wait();
        ended.Dispose();
    }

    private static void Train(TrainingSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var options = settings.Options with
            {
                Hidden = [.. settings.Options.Hidden.Select(outputs => Math.Min(outputs, MostOutputs))], Epochs = MostEpochs,
                BatchSize = Math.Min(settings.Options.BatchSize, MostInBatch), Patience = null, KeepBest = false,
            };
            var data = Images(2 * options.BatchSize);
            var training = Nabla.Training.Begin(data, options, data, EngineChoice.Creator(settings.Engine));
            foreach (var _ in training.Epochs(null, cancellationToken))
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or NablaException or ArgumentException or OutOfMemoryException)
        {
            // The data are there, or these options do not suit these images or this machine. The training run reports what is wrong.
        }
    }

    // Four of five pixels are 0, so that sparse products are used, as they are for most images.
    private static Dataset Images(int count)
    {
        byte[] pixels = new byte[count * Features];
        for (int i = 0; i < pixels.Length; i += 5)
            pixels[i] = (byte)(i % 251);
        var labels = ClassTargets.From(Enumerable.Range(0, count).Select(i => i % Classes));
        return new("warm-up", FeatureTable.FromBytes(pixels, count, Features), labels);
    }
}
