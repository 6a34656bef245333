namespace Nabla;

/// <summary>What a training makes small.</summary>
public enum Loss
{
    /// <summary>Half the squared distance between outputs and targets, |a - y|^2 / 2, averaged over examples: the notebook's cost.</summary>
    Quadratic,

    /// <summary>
    /// With softmax outputs -log a_y; with sigmoid outputs -sum(y log a + (1 - y) log(1 - a)); averaged over examples. Its error at the
    /// output is a - y, so a saturated neuron that is wrong still learns.
    /// </summary>
    CrossEntropy,
}
