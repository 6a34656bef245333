using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>d^2 / 2, so that |a - y|^2 / 2 for an example; the derivative is d.</summary>
internal sealed record QuadraticLoss() : Loss("quadratic", "half the squared distance between outputs and targets, the notebook's cost")
{
    public override IReadOnlyList<Activation> OutputActivations => Activation.Elementwise;

    // Values have no bounds; what stands for a class has.
    internal override Activation DefaultOutput(bool classes) => classes ? Activation.Sigmoid : Activation.Identity;

    internal override bool Takes(Activation output) => output.IsElementwise;

    private protected override OutputLoss Create(Activation output) => DifferenceUnit.Create(default(Function), output);

    private readonly struct Function : IDifferenceLoss
    {
        public double Value(double difference) => 0.5 * difference * difference;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V difference) where L : struct, ILanes<V> where V : struct => difference;
    }
}
