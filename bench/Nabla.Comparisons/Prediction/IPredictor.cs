namespace Nabla.Comparisons;

/// <summary>One library's way to apply a trained network to the same examples, at one number of threads.</summary>
internal interface IPredictor : IDisposable
{
    string Name { get; }

    int Threads { get; }

    /// <summary>Predicts one example alone.</summary>
    void One(int example);

    /// <summary>Predicts all examples at once.</summary>
    void All();

    /// <summary>Outputs for the first examples, predicted one by one: [examples, classes].</summary>
    float[] ScoresOfSingles(int count);

    /// <summary>Outputs of the last <see cref="All"/>: [examples, classes].</summary>
    float[] ScoresOfAll();
}
