using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>A small training run on made data. Together they use every way to share a training step.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Train">Trains with a seed and a number of threads.</param>
internal sealed record SampleRun(string Name, Func<ulong, int, SampleModel> Train)
{
    /// <summary>All runs.</summary>
    public static IReadOnlyList<SampleRun> All { get; } =
    [
        // More weights than each thread would pack for itself: all threads share each operation.
        Classes("dense", SampleData.Numbers(90, 117, classes: 5), new()
        {
            Hidden = [370, 260], Optimizer = new SgdOptions { LearningRate = 0.05f }, BatchSize = 45, Epochs = 1,
        }),
        Classes("sparse", SampleData.Digits, new()
        {
            Hidden = [41], Optimizer = new MomentumOptions { LearningRate = 0.05f }, BatchSize = 100, Epochs = 2,
        }),
        Classes("adam", SampleData.Numbers(300, 53, classes: 3), new()
        {
            Hidden = [67, 33], Activation = Activation.Gelu, Schedule = new OneCycleSchedule(), BatchSize = 64, Epochs = 2,
        }),
        Classes("dropout", SampleData.Digits, new() { Hidden = [37, 18], Dropout = 0.3f, BatchSize = 50, Epochs = 2 }),
        Classes("clipping", SampleData.Numbers(200, 61, classes: 4), new()
        {
            Hidden = [50, 35], Activation = Activation.Tanh, ClipValue = 0.01f, ClipNorm = 0.1f, BatchSize = 40, Epochs = 2,
            Initialization = Initialization.Scaled,
        }),
        new("table", TrainTable),
        new("ensemble", TrainEnsemble),
        new("regressor", TrainRegressor),
    ];

    private static SampleRun Classes(string name, Dataset data, TrainingOptions options) => new(
        name, (seed, threads) => new(Classifier.Train(data, options with { Seed = seed, Threads = threads }), data.Inputs));

    private static SampleModel TrainTable(ulong seed, int threads)
    {
        var data = TableDataset.Fit(SampleData.Table, new TableOptions { Targets = ["kind"] }).Data;
        var (train, heldOut) = DatasetSplit.HoldOut(data, 0.2, seed);
        var options = Presets.TableClassification with
        {
            Hidden = [60, 50, 40], BatchSize = 64, Epochs = 3, Seed = seed, Threads = threads,
        };
        return new(Classifier.Train(train, options, heldOut), data.Inputs);
    }

    private static SampleModel TrainEnsemble(ulong seed, int threads)
    {
        var data = SampleData.Numbers(150, 29, classes: 3);
        var training = new EnsembleTraining(
            data, new TrainingOptions { Hidden = [31], BatchSize = 32, Epochs = 2, Seed = seed, Threads = threads }, members: 3);
        training.Run();
        return new(training.CreateModel(), data.Inputs);
    }

    private static SampleModel TrainRegressor(ulong seed, int threads)
    {
        var options = Presets.TableRegression with
        {
            Hidden = [45, 30], BatchSize = 64, Epochs = 3, KeepBest = false, Seed = seed, Threads = threads,
        };
        return new(Regressor.Train(SampleData.Values, options), SampleData.Values.Inputs);
    }
}

/// <summary>A trained model, and examples for it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Examples">Inputs.</param>
internal sealed record SampleModel(Model Model, FeatureTable Examples);
