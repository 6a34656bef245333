namespace Nabla.Tests;

/// <summary>Each example's loss beside its definition, in double precision.</summary>
public class OutputLossTests
{
    private const int Outputs = 5;

    private static readonly int[] Labels = [0, 4, 2, 3, 1, 1, 0];

    [Theory]
    [InlineData("identity", "quadratic")]
    [InlineData("relu", "quadratic")]
    [InlineData("sigmoid", "quadratic")]
    [InlineData("tanh", "quadratic")]
    [InlineData("softmax", "cross-entropy")]
    [InlineData("sigmoid", "cross-entropy")]
    public void Losses_are_those_of_the_definition(string output, string loss)
    {
        var outputLoss = Loss.All.Get(loss).With(Activation.All.Get(output));
        var random = new Random(1);
        float[] z = [.. Enumerable.Range(0, Labels.Length * Outputs).Select(_ => 6 * random.NextSingle() - 3)];
        double[] expected = [.. Labels.Select((label, example) => Definition(output, loss, z.AsSpan(example * Outputs, Outputs), label))];

        double[] alone = new double[Labels.Length], withDelta = new double[Labels.Length];
        outputLoss.Losses(z, TargetBatch.FromLabels(Labels), Outputs, new float[2 * z.Length], alone);
        outputLoss.LossesAndDelta(TargetBatch.FromLabels(Labels), Outputs, 1, z, new float[2 * z.Length], withDelta);

        for (int example = 0; example < Labels.Length; example++)
        {
            Assert.InRange(alone[example] / expected[example], 1 - 1e-5, 1 + 1e-5);
            Assert.Equal(alone[example], withDelta[example]);
        }
    }

    private static double Definition(string output, string loss, ReadOnlySpan<float> z, int label)
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            double target = i == label ? 1 : 0;
            sum += (output, loss) switch
            {
                ("softmax", _) => Math.Exp(z[i]),
                ("sigmoid", "cross-entropy") => Math.Log(1 + Math.Exp(z[i])) - target * z[i],
                ("sigmoid", _) => HalfSquare(1 / (1 + Math.Exp(-z[i])) - target),
                ("tanh", _) => HalfSquare(Math.Tanh(z[i]) - target),
                ("relu", _) => HalfSquare(Math.Max(0, z[i]) - target),
                _ => HalfSquare(z[i] - target),
            };
        }
        return output == "softmax" ? Math.Log(sum) - z[label] : sum;
    }

    private static double HalfSquare(double difference) => difference * difference / 2;
}
