namespace Nabla.Studio;

/// <summary>A network whose steps can be shown.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Model">How inputs are scaled, and the loss.</param>
/// <param name="Parameters">The network; it does not change.</param>
/// <param name="Data">The examples.</param>
/// <param name="DataTitle">Their name.</param>
/// <param name="Version">Equal for the same parameters.</param>
internal sealed record StepNetwork(
    string Name, string Title, Model Model, Network Parameters, Dataset Data, string DataTitle, object Version)
{
    /// <summary>The most parameters: a trace has four numbers in double precision for each.</summary>
    public const int MostParameters = 2_000_000;

    /// <summary>The most layers: each is in the answer.</summary>
    public const int MostLayers = 100;

    /// <summary>Why a network is too large for the page; null if it is not.</summary>
    public static string? WhyNot(Topology topology) => topology switch
    {
        { ParameterCount: > MostParameters } => FormattableString.Invariant(
            $"it has {topology.ParameterCount:N0} parameters, and this page takes up to {MostParameters:N0}"),
        { LayerCount: > MostLayers } => $"it has {topology.LayerCount} layers, and this page takes up to {MostLayers}",
        _ => null,
    };
}
