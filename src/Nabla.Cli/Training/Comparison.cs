using System.Diagnostics;

namespace Nabla.Cli;

/// <summary>Measures a network, a linear model and a constant prediction on the same folds.</summary>
internal static class Comparison
{
    /// <summary>Trains and measures the models, the simplest one first.</summary>
    /// <param name="data">All examples.</param>
    /// <param name="settings">How to train the network.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="cancellationToken">Ends training.</param>
    public static IEnumerable<ComparedModel> Run(Dataset data, TrainingSettings settings, int folds, CancellationToken cancellationToken)
    {
        var options = settings.Preset.For(data.Targets);
        var engine = EngineChoice.Creator(settings.Engine);
        var network = new EnsembleTraining(data, options, folds, engine);
        yield return Constant(data, network.Folds);
        if (network.Options.ResolvedLayers.Count > 0)
        {
            var linear = options with { Hidden = [], Layers = null, Dropout = 0 };
            yield return Train("linear (no hidden layer)", new EnsembleTraining(data, linear, folds, engine), cancellationToken);
        }
        yield return Train($"network {network.Topology}", network, cancellationToken);
    }

    private static ComparedModel Train(string name, EnsembleTraining training, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        training.Run(cancellationToken: cancellationToken);
        return new ComparedModel(name, training.MeasureOutOfFold(), clock.Elapsed);
    }

    /// <summary>The shares of the classes, or the means of the values, in the other folds.</summary>
    private static ComparedModel Constant(Dataset data, IReadOnlyList<IReadOnlyList<int>> folds)
    {
        var clock = Stopwatch.StartNew();
        int width = data.Targets.Width;
        var targets = new double[data.Count * width]; // [examples, outputs], with 1 for the class
        if (data.Targets is ValueTargets values)
            values.Values.CopyTo(targets);
        else
            SetClasses(data.Classes.Labels, targets, width);
        var predictions = new double[targets.Length];
        foreach (var fold in folds)
        {
            var sums = new double[width];
            var isHeld = new bool[data.Count];
            foreach (int example in fold)
                isHeld[example] = true;
            for (int i = 0; i < targets.Length; i++)
                sums[i % width] += isHeld[i / width] ? 0 : targets[i];
            foreach (int example in fold)
            {
                for (int output = 0; output < width; output++)
                    predictions[example * width + output] = sums[output] / (data.Count - fold.Count);
            }
        }
        ModelReport report = data.Targets is ClassTargets classes
            ? ClassificationReport.From(classes.Labels, predictions, classes.Names)
            : RegressionReport.From(targets, predictions, data.Targets.Names);
        return new ComparedModel(data.Targets is ClassTargets ? "most frequent class" : "mean", report, clock.Elapsed);
    }

    private static void SetClasses(ReadOnlySpan<int> labels, Span<double> targets, int classes)
    {
        for (int i = 0; i < labels.Length; i++)
            targets[i * classes + labels[i]] = 1;
    }
}

/// <summary>A compared model.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Report">Its metrics on all examples, each predicted by a model that did not learn from it.</param>
/// <param name="Time">How long training and measuring took.</param>
internal sealed record ComparedModel(string Name, ModelReport Report, TimeSpan Time);
