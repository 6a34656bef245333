namespace Nabla.Studio;

/// <summary>
/// Two networks with few numbers, always at hand: sigmoids and the quadratic loss, as in the notebook, on the four points of XOR.
/// </summary>
internal static class SmallNetworks
{
    public const string Xor = "xor", Saturated = "xor-saturated";

    // Weights so large that sigmoids reach their ceiling or floor.
    private const float LargeWeights = 20;

    private static readonly Dataset Points = Dataset.From(
        [[-1, -1], [-1, 1], [1, -1], [1, 1]], new ClassTargets([0, 1, 1, 0], ["same signs", "different signs"]), "xor");

    private static readonly TrainingOptions Options = new()
    {
        Hidden = [3],
        Activation = Activation.Sigmoid,
        Loss = Loss.Quadratic,
        OutputActivation = Activation.Sigmoid,
        Optimizer = new SgdOptions { LearningRate = 0.5f },
        Initialization = Initialization.StandardNormal,
        Scaling = Scaling.None,
        BatchSize = 4,
        Seed = 1,
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<StepNetwork> All { get; } =
    [
        Create(Xor, "a small network, 2-3-2 sigmoids, before its first step", 1),
        Create(Saturated, "the small network with weights 20 times as large", LargeWeights),
    ];

    private static StepNetwork Create(string name, string title, float factor)
    {
        var model = Training.Begin(Points, Options).Model;
        var network = new Network(model.Topology);
        var parameters = network.EditParameters();
        model.Network.Parameters.CopyTo(parameters);
        foreach (ref float value in parameters)
            value *= factor;
        return new StepNetwork(name, title, model, network, Points, "the four points of XOR", name);
    }
}
