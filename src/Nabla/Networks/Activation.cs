namespace Nabla;

/// <summary>What a layer applies to its weighted inputs z, giving its activations a.</summary>
public enum Activation
{
    /// <summary>1 / (1 + exp(-z)), from 0 to 1.</summary>
    Sigmoid,

    /// <summary>tanh(z), from -1 to 1.</summary>
    Tanh,

    /// <summary>max(0, z).</summary>
    Relu,

    /// <summary>z itself.</summary>
    Identity,

    /// <summary>
    /// The sigmoid with the notebook's slip: backpropagation applies the sigmoid's derivative to a instead of z. That is not the gradient of
    /// the cost, and through a hidden layer of no cost at all; it is kept because it is what produced the notebook's accuracy table.
    /// </summary>
    SigmoidAsPrinted,

    /// <summary>exp(z) divided by its sum over the layer; for the output layer, with cross-entropy.</summary>
    Softmax,
}
