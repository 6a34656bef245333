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

    /// <summary>What the network says about the first examples, one by one: [examples, classes].</summary>
    float[] ScoresOfSingles(int count);

    /// <summary>What the last <see cref="All"/> said: [examples, classes].</summary>
    float[] ScoresOfAll();
}
