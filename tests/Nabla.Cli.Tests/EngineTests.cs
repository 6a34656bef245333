using System.CommandLine;

namespace Nabla.Cli.Tests;

/// <summary>An option that one engine did not know would silently train another model.</summary>
public sealed class EngineTests
{
    // In front of the option under test, and without it if it is one of them.
    private static readonly string[] Basis =
        ["--layers 8", "--epochs 3", "--batch-size 16", "--optimizer sgd", "--learning-rate 0.1", "--scaling standardize", "--init scaled"];

    // Each option with values that change the model.
    private static readonly string[] WithEffect =
    [
        "--preset exercise-2", "--layers 5,4", "--loss quadratic", "--label-smoothing 0.2", "--output-activation sigmoid",
        "--batch-size 7", "--seed 2", "--learning-rate 0.3", "--epochs 2", "--l2 0.1", "--clip-norm 0.05", "--clip-value 0.01",
        "--scaling none", "--no-shuffle", "--shuffle-window 20", "--drop-last", "--dropout 0.4",
        "--class-weights 0=3,1=0.5", "--neural-tangent", "--input-factor-rate 6",
        "--shift 0.5", "--rotation 40", "--zoom 0.4", "--shear 0.5", "--elastic 3,1",
        .. Activation.Elementwise.Names.Except(["relu"]).Select(name => $"--activation {name}"),
        .. KindTexts.Variants(OptimizerOptions.All).Except(["sgd"]).Select(kind => $"--optimizer {kind}"),
        .. Schedule.All.Names.Except(["constant"]).Select(name => $"--schedule {name}{ShortOfTime.GetValueOrDefault(name)}"),
        .. Initialization.All.Names.Except(["scaled"]).Select(name => $"--init {name}"),
    ];

    // Schedules whose usual parameters change nothing in three epochs.
    private static Dictionary<string, string> ShortOfTime => new()
    {
        ["step"] = ":every=1",
        ["reduce-on-plateau"] = ":patience=0,threshold=0.9",
    };

    // These change nothing beside the basis, or do not concern an engine.
    private static readonly string[] WithoutEffect =
        ["--engine", "--threads", "--shuffle", "--keep-best", "--patience", "--clip-predictions", "--shards"];

    public static TheoryData<string> Options() => [.. WithEffect];

    [Theory, MemberData(nameof(Options))]
    public void Both_engines_train_the_same_model(string option)
    {
        byte[] images = Sample.Npz(Sample.Images(60), Sample.Y(60), Sample.Images(20), Sample.Y(20));
        using var session = new Session().With("tiny.npz", images);
        string name = option.Split(' ')[0];
        // An optimizer is tried with its own learning rate.
        string[] replaced = name == "--optimizer" ? [name, "--learning-rate"] : [name];
        string all = string.Join(' ', [.. Basis.Where(given => !replaced.Contains(given.Split(' ')[0])), option]);
        float[] fast = Train(session, $"{all} --engine vectorized"), slow = Train(session, $"{all} --engine per-example");
        Assert.InRange(Distance(fast, slow), 0, 1e-4);
        float[] without = Train(session, $"{string.Join(' ', Basis)} --engine vectorized");
        Assert.True(without.Length != fast.Length || Distance(fast, without) > 1e-3, $"{option} changes nothing.");
    }

    [Fact]
    public void Both_engines_obey_factors_of_the_learning_rate()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 60).Select(i => (X: (float)random.NextDouble() + i % 2, Y: i % 2)).ToList();
        var data = Dataset.From(rows, x: row => [row.X, row.X * row.X], y: row => row.Y);
        var options = new TrainingOptions
        {
            Hidden = [4], Epochs = 3, BatchSize = 20, Optimizer = new SgdOptions { LearningRate = 0.5f, WeightDecay = 0.01f },
            LearningRateFactors = new Dictionary<string, float> { ["layers.0.weight"] = 0.1f, ["layers.1.bias"] = 3 },
        };
        float[] fast = Train(options, null), slow = Train(options, (model, data) => new PerExampleEngine(model, data));
        Assert.InRange(Distance(fast, slow), 0, 1e-5);
        Assert.True(Distance(fast, Train(options with { LearningRateFactors = new Dictionary<string, float>() }, null)) > 1e-3);

        float[] Train(TrainingOptions options, Func<TrainingStart, Dataset, ITrainingEngine>? engine)
        {
            var training = new Training<Classifier>(data, options, createEngine: engine);
            Assert.Equal(3, training.Epochs().Count());
            return [.. training.Model.Network.Parameters];
        }
    }

    [Fact]
    public void Every_training_option_is_among_these()
    {
        var command = new Command("train");
        TrainingOptionCatalogue.ForTraining().AddTo(command);
        string[] covered = [.. WithEffect.Select(option => option.Split(' ')[0]), .. WithoutEffect];
        string[] options = [.. command.Options.Select(option => option.Name)];
        Assert.True(options.All(covered.Contains), $"WithEffect needs {string.Join(", ", options.Except(covered))}, with a value.");
        Assert.All(covered, option => Assert.Contains(option, options));
    }

    private static float[] Train(Session session, string options)
    {
        session.RunSilently($"train tiny.npz {options}");
        return [.. Classifier.Load(session.PathOf("model.safetensors")).Network.Parameters];
    }

    private static double Distance(float[] a, float[] b) =>
        Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum() / b.Sum(x => (double)x * x));
}
