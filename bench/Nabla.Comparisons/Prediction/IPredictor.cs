namespace Nabla.Comparisons;

/// <summary>One library's way to apply a trained network to the same examples, at one number of threads.</summary>
internal interface IPredictor : IDisposable
{
    /// <summary>Predicts the first examples one by one.</summary>
    void Singles();

    /// <summary>Predicts all examples at once.</summary>
    void All();

    /// <summary>Predicts in both ways, and returns the outputs: [single examples, classes], then [all examples, classes].</summary>
    float[] Scores();
}
