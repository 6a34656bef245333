namespace Nabla.Kernels;

/// <summary>What random numbers are drawn for. Streams of different purposes never overlap, so a new use of chance leaves the old ones as they were.</summary>
/// <remarks>The numbers are part of every fingerprint: add, never renumber.</remarks>
public enum RandomPurpose
{
    /// <summary>The weights and biases that a training starts from.</summary>
    InitialValues = 1,

    /// <summary>The order of the examples; the stream's index is the epoch.</summary>
    Shuffle = 2,

    /// <summary>The built-in data set; the stream's index is the example.</summary>
    Digits = 3,

    /// <summary>Which examples are held out.</summary>
    Split = 4,

    /// <summary>Networks and inputs that a gradient is checked on.</summary>
    GradientCheck = 5,
}
