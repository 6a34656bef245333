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
        "--batch-size 7", "--seed 2", "--learning-rate 0.3", "--epochs 2", "--l2 0.1", "--clip-norm 0.05", "--scaling none",
        "--init he", "--no-shuffle", "--drop-last", "--dropout 0.4", "--shift 0.5", "--rotation 40", "--zoom 0.4", "--shear 0.5",
        "--elastic 3,1",
        .. Activation.Elementwise.Names.Except(["relu"]).Select(name => $"--activation {name}"),
        .. OptimizerOptions.All.Names.Except(["sgd"]).Select(name => $"--optimizer {name}"),
    ];

    // These change nothing beside the basis.
    private static readonly string[] WithoutEffect = ["--engine", "--threads", "--shuffle"];

    public static TheoryData<string> Options() => [.. WithEffect];

    [Theory, MemberData(nameof(Options))]
    public void Both_engines_train_the_same_model(string option)
    {
        byte[] pictures = Sample.Npz(Sample.Pictures(60), Sample.Y(60), Sample.Pictures(20), Sample.Y(20));
        using var session = new Session().With("tiny.npz", pictures);
        string name = option.Split(' ')[0];
        string all = string.Join(' ', [.. Basis.Where(given => given.Split(' ')[0] != name), option]);
        float[] fast = Train(session, $"{all} --engine vectorized"), slow = Train(session, $"{all} --engine per-example");
        Assert.InRange(Distance(fast, slow), 0, 1e-4);
        float[] without = Train(session, $"{string.Join(' ', Basis)} --engine vectorized");
        Assert.True(without.Length != fast.Length || Distance(fast, without) > 1e-3, $"{option} changes nothing.");
    }

    [Fact]
    public void Every_training_option_is_among_these()
    {
        var command = new Command("train");
        TrainingOptionCatalogue.ForTraining().AddTo(command);
        var covered = WithEffect.Select(option => option.Split(' ')[0]).Concat(WithoutEffect);
        Assert.Equal(command.Options.Select(option => option.Name).Order(), covered.Distinct().Order());
    }

    private static float[] Train(Session session, string options)
    {
        session.RunSilently($"train tiny.npz {options}");
        return [.. Classifier.Load(session.PathOf("model.safetensors")).Network.Parameters];
    }

    private static double Distance(float[] a, float[] b) =>
        Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum() / b.Sum(x => (double)x * x));
}
