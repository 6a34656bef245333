using Nabla.Explain;
using Nabla.Reference;

namespace Nabla.Studio;

/// <summary>One example taken through a network: rightly, and with the notebook's slip where that is wanted.</summary>
internal sealed class StepTrace
{
    // Multiplications of a gradient check, so that it takes about a tenth of a second.
    private const long CheckWork = 100_000_000;

    private readonly Lazy<ExampleTrace> slip;
    private readonly Lazy<GradientComparison> check, slipCheck;

    public StepTrace(StepNetwork source, int example)
    {
        (Source, Example) = (source, example);
        Right = Create(asPrinted: false);
        slip = new(() => Create(asPrinted: true));
        check = new(() => Right.CheckGradient(PerBlock));
        slipCheck = new(() => Slip.CheckGradient(PerBlock));
    }

    public StepNetwork Source { get; }

    /// <summary>The example, from 1.</summary>
    public int Example { get; }

    public ExampleTrace Right { get; }

    public ExampleTrace Slip => slip.Value;

    public GradientComparison Check => check.Value;

    public GradientComparison SlipCheck => slipCheck.Value;

    private int PerBlock
    {
        get
        {
            var topology = Source.Model.Topology;
            return (int)Math.Clamp(CheckWork / (4L * topology.LayerCount * topology.ParameterCount), 1, 100);
        }
    }

    private ExampleTrace Create(bool asPrinted) => ExampleTrace.Create(
        Source.Model, Source.Data.Inputs, Example - 1, ExampleTarget.From(Source.Data, Example - 1),
        new TraceOptions { Network = Source.Parameters, AsPrinted = asPrinted });
}
