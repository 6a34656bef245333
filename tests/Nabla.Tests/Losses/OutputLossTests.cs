namespace Nabla.Tests;

/// <summary>Each example's loss beside its definition, in double precision.</summary>
public class OutputLossTests
{
    private const int Outputs = 5;

    private static readonly int[] Labels = [0, 4, 2, 3, 1, 1, 0];

    [Theory]
    [InlineData(Activation.Identity, Loss.Quadratic)]
    [InlineData(Activation.Relu, Loss.Quadratic)]
    [InlineData(Activation.Sigmoid, Loss.Quadratic)]
    [InlineData(Activation.Tanh, Loss.Quadratic)]
    [InlineData(Activation.Softmax, Loss.CrossEntropy)]
    [InlineData(Activation.Sigmoid, Loss.CrossEntropy)]
    public void Losses_are_those_of_the_definition(Activation output, Loss loss)
    {
        var outputLoss = OutputLoss.Of(output, loss);
        var random = new Random(1);
        float[] z = [.. Enumerable.Range(0, Labels.Length * Outputs).Select(_ => 6 * random.NextSingle() - 3)];
        double[] expected = [.. Labels.Select((label, example) => Definition(output, loss, z.AsSpan(example * Outputs, Outputs), label))];

        double[] alone = new double[Labels.Length], withDelta = new double[Labels.Length];
        outputLoss.Losses(z, Labels, Outputs, new float[z.Length], alone);
        outputLoss.LossesAndDelta(Labels, Outputs, 1, z, new float[z.Length], withDelta);

        for (int example = 0; example < Labels.Length; example++)
        {
            Assert.InRange(alone[example] / expected[example], 1 - 1e-5, 1 + 1e-5);
            Assert.Equal(alone[example], withDelta[example]);
        }
    }

    private static double Definition(Activation output, Loss loss, ReadOnlySpan<float> z, int label)
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            double target = i == label ? 1 : 0;
            sum += (output, loss) switch
            {
                (Activation.Softmax, _) => Math.Exp(z[i]),
                (Activation.Sigmoid, Loss.CrossEntropy) => Math.Log(1 + Math.Exp(z[i])) - target * z[i],
                (Activation.Sigmoid, _) => HalfSquare(1 / (1 + Math.Exp(-z[i])) - target),
                (Activation.Tanh, _) => HalfSquare(Math.Tanh(z[i]) - target),
                (Activation.Relu, _) => HalfSquare(Math.Max(0, z[i]) - target),
                _ => HalfSquare(z[i] - target),
            };
        }
        return output == Activation.Softmax ? Math.Log(sum) - z[label] : sum;
    }

    private static double HalfSquare(double difference) => difference * difference / 2;
}
