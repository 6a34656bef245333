namespace Nabla.Reference.Tests;

/// <summary>
/// MNIST as the notebook prepares it: pixels / 255, each standardised over the training data separately, constant pixels left as they are.
/// </summary>
internal sealed class StandardisedMnist
{
    private const int Pixels = 784;
    private readonly double[] mean = new double[Pixels];
    private readonly double[] deviation = new double[Pixels];
    private readonly byte[] train, trainLabels, test, testLabels;

    public StandardisedMnist(string path)
    {
        using NpzReader file = NpzReader.Open(path);
        (train, trainLabels) = (file.Read("x_train").ToBytes(), file.Read("y_train").ToBytes());
        (test, testLabels) = (file.Read("x_test").ToBytes(), file.Read("y_test").ToBytes());
        // All sums first, then one division, as NumPy does it, so that a training run follows its figures closely.
        for (int i = 0; i < train.Length; i++)
            mean[i % Pixels] += train[i] / 255.0;
        Divide(mean, trainLabels.Length);
        for (int i = 0; i < train.Length; i++)
        {
            double fromMean = train[i] / 255.0 - mean[i % Pixels];
            deviation[i % Pixels] += fromMean * fromMean;
        }
        Divide(deviation, trainLabels.Length);
        for (int k = 0; k < Pixels; k++)
            deviation[k] = Math.Sqrt(deviation[k]);
    }

    /// <summary>One epoch in the order of the data. The notebook drops a short last batch; here is none.</summary>
    public void TrainEpoch(ReferenceTrainer trainer, int batch)
    {
        double[] xs = new double[batch * Pixels], ys = new double[batch * 10];
        for (int first = 0; first + batch <= trainLabels.Length; first += batch)
        {
            for (int i = 0; i < batch; i++)
            {
                Standardise(train, first + i, xs.AsSpan(i * Pixels, Pixels));
                OneHot.Encode(trainLabels[first + i], ys.AsSpan(i * 10, 10));
            }
            trainer.UpdateMiniBatch(xs, ys);
        }
    }

    public double TestAccuracy(ReferenceNetwork network)
    {
        int correct = 0;
        var x = new double[Pixels];
        for (int i = 0; i < testLabels.Length; i++)
        {
            Standardise(test, i, x);
            if (OneHot.Decode(network.Feedforward(x)) == testLabels[i])
                correct++;
        }
        return correct / (double)testLabels.Length;
    }

    private void Standardise(byte[] images, int image, Span<double> x)
    {
        for (int k = 0; k < x.Length; k++)
        {
            double pixel = images[image * Pixels + k] / 255.0;
            x[k] = deviation[k] == 0.0 ? pixel : (pixel - mean[k]) / deviation[k];
        }
    }

    private static void Divide(double[] sums, int count)
    {
        for (int k = 0; k < sums.Length; k++)
            sums[k] /= count;
    }
}
