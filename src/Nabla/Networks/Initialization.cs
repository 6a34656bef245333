namespace Nabla;

/// <summary>Where weights and biases start.</summary>
public enum Initialization
{
    /// <summary>Weights and biases from N(0, 1), as in the notebook. With hundreds of inputs, sigmoids start saturated.</summary>
    StandardNormal,

    /// <summary>Weights from N(0, 1) / sqrt(inputs), biases from N(0, 1): what mends the notebook's start.</summary>
    Scaled,

    /// <summary>Weights from N(0, 2 / (inputs + outputs)), biases 0 (Glorot and Bengio, 2010); for tanh and sigmoid.</summary>
    Xavier,

    /// <summary>Weights from N(0, 2 / inputs), biases 0 (He et al., 2015); for ReLU.</summary>
    He,
}
