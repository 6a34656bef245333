namespace Nabla.Cli.Tests;

/// <summary>Training runs drawn from all catalogues and both tasks: the fast engine and the reference train the same model.</summary>
public sealed class RandomTrainingTests
{
    private const int Inputs = 5, Examples = 40, Epochs = 3;

    private static readonly string[] Optimizers = [.. KindTexts.Variants(OptimizerOptions.All)];
    private static readonly (Loss Loss, bool AsValues)[] Losses =
        [.. Loss.All.Where(loss => loss.TakesClasses).Select(loss => (loss, false)),
        .. Loss.All.Where(loss => loss.TakesValues).Select(loss => (loss, true))];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory, MemberData(nameof(Seeds))]
    public void Both_engines_train_the_same_model(int seed)
    {
        var random = new Random(seed);
        var (options, asValues) = Options(random);
        var data = Data(random, options.Loss!, asValues);
        float[] before = Parameters(Training.Begin(data, options));
        float[] fast = Train(data, options, null), slow = Train(data, options, (start, data) => new PerExampleEngine(start, data));
        double moved = Distance(fast, before);
        Assert.True(moved > 0, $"{options} learns nothing.");
        Assert.True(Distance(fast, slow) <= 1e-3 * moved, $"{options}: the engines differ by {Distance(fast, slow) / moved} of the way.");
    }

    [Fact]
    public void All_kinds_are_drawn()
    {
        var drawn = Seeds.Select(seed => Options(new Random(seed)).Options).ToArray();
        Assert.Equal(Optimizers.Order(), drawn.Select(options => Name(options.Optimizer)).Distinct().Order());
        Assert.Equal(Schedule.All.Names.Order(), drawn.Select(options => options.Schedule.Name).Distinct().Order());
        Assert.Equal(Initialization.All.Names.Order(), drawn.Select(options => options.Initialization.Name).Distinct().Order());
        Assert.Equal(Loss.All.Names.Order(), drawn.Select(options => options.Loss!.Name).Distinct().Order());
        Assert.Equal(
            Activation.Elementwise.Names.Order(),
            drawn.SelectMany(options => options.Layers!).Select(layer => layer.Activation.Name).Distinct().Order());

        string Name(OptimizerOptions optimizer) => Optimizers.Single(text =>
            OptimizerOptions.All.Parse(text).Kind with { LearningRate = optimizer.LearningRate, WeightDecay = optimizer.WeightDecay }
                == optimizer);
    }

    private static (TrainingOptions Options, bool AsValues) Options(Random random)
    {
        var (loss, asValues) = Pick(Losses);
        Layer[] layers = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Layer(2 + random.Next(7), Pick(Activation.Elementwise))
        {
            Dropout = random.Next(3) == 0 ? 0.25f : 0,
        })];
        var optimizer = OptimizerOptions.All.Parse(Pick(Optimizers)).Kind;
        var output = Pick(loss.OutputActivations);
        // Outputs of 0 teach a rectifier nothing. Gradients may cancel exactly there, and rounding is all that some optimizers then see.
        bool mayStartAtZero = output != Activation.Relu && optimizer is (SgdOptions or MomentumOptions);
        var initializations = Initialization.All.Where(kind => mayStartAtZero || kind != Initialization.ScaledZeroOutput);
        return (new TrainingOptions
        {
            Layers = layers, Loss = loss, OutputActivation = output, Seed = (ulong)random.Next(),
            NeuralTangent = random.Next(3) == 0, InputFactorRate = random.Next(2) == 0 ? 3 : null,
            // Small steps: a long one amplifies what rounding did to the one before.
            Optimizer = optimizer with
            {
                LearningRate = optimizer.LearningRate / 10, WeightDecay = random.Next(2) == 0 ? 0.01f : optimizer.WeightDecay,
            },
            Schedule = Pick(Schedule.All), Initialization = Pick([.. initializations]), Scaling = Scaling.None,
            Epochs = Epochs, BatchSize = 7 + random.Next(8), DropLastBatch = random.Next(2) == 0,
            ClipNorm = 1, ClipValue = random.Next(2) == 0 ? 0.1f : null, Threads = 1 + random.Next(3),
        }, asValues);

        T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
    }

    private static Dataset Data(Random random, Loss loss, bool asValues)
    {
        float[] inputs = [.. Enumerable.Range(0, Examples * Inputs).Select(_ => (float)(2 * random.NextDouble() - 1))];
        string[] names = ["a", "b", "c"];
        Targets targets = asValues
            ? new ValueTargets([.. Enumerable.Range(0, 3 * Examples).Select(_ => Value())], names)
            : new ClassTargets([.. Enumerable.Range(0, Examples).Select(_ => random.Next(3))], names);
        float[] weights = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, Examples).Select(_ => 0.5f + (float)random.NextDouble())];
        return new Dataset("random", FeatureTable.FromFloats(inputs, Examples, Inputs), targets, weights);

        // From 0 to 1 suits every loss.
        double Value() => loss.StandardizesTargets ? 20 + 5 * random.NextDouble() : random.NextDouble();
    }

    private static float[] Train(Dataset data, TrainingOptions options, Func<TrainingStart, Dataset, ITrainingEngine>? engine)
    {
        var training = Training.Begin(data, options, createEngine: engine);
        Assert.Equal(Epochs, training.Epochs().Count());
        return Parameters(training);
    }

    private static float[] Parameters(Training training) => [.. training.Model.Network.Parameters];

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum());
}
