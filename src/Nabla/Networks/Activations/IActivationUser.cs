using Nabla.Kernels;

namespace Nabla;

/// <summary>Code that is compiled once for each activation, so that no element costs a call.</summary>
internal interface IActivationUser<out TResult>
{
    /// <summary>Uses a function that works on each neuron by itself.</summary>
    TResult UseElementwise<TActivation>(TActivation function) where TActivation : struct, IActivation;

    /// <summary>Uses softmax, which works on a whole layer.</summary>
    TResult UseSoftmax();
}
