namespace Nabla.Kernels.Tests;

public class SoftmaxTests
{
    [Fact]
    public void Rows_become_the_probabilities_of_double_precision()
    {
        const int rows = 50, columns = 13;
        var stream = new RandomStream(7, RandomPurpose.GradientCheck);
        float[] z = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)(5 * stream.NextNormal()))], p = new float[z.Length];
        double[] logSumExp = new double[rows];
        Softmax.Apply(z, columns, logSumExp, p);
        for (int row = 0; row < rows; row++)
        {
            double sum = z.Skip(row * columns).Take(columns).Sum(x => Math.Exp(x));
            Assert.Equal(Math.Log(sum), logSumExp[row], 1e-6);
            for (int i = row * columns; i < (row + 1) * columns; i++)
                Assert.Equal(1, p[i] / (Math.Exp(z[i]) / sum), 2e-6);
        }
    }

    [Fact]
    public void Huge_scores_neither_overflow_nor_vanish()
    {
        float[] p = new float[3];
        double[] logSumExp = new double[1];
        Softmax.Apply([10000f, 10000f, -10000f], 3, logSumExp, p);
        Assert.Equal([0.5f, 0.5f, 0f], p);
        Assert.Equal(10000 + Math.Log(2), logSumExp[0], 1e-11);
    }

    [Fact]
    public void The_loss_of_a_confident_row_is_not_rounded_away()
    {
        double[] logSumExp = new double[1];
        Softmax.Apply([20f, 0f], 2, logSumExp, new float[2]);
        Assert.Equal(Math.Exp(-20), logSumExp[0] - 20, 1e-14);
    }

    [Fact]
    public void In_place_and_without_the_sums_it_gives_the_same_probabilities()
    {
        float[] z = [1f, 2f, 3f, -1f, 0f, 5f], p = new float[6];
        Softmax.Apply(z, 3, new double[2], p);
        Softmax.Apply(z, 3, [], z);
        Assert.Equal(p, z);
    }

    [Fact]
    public void A_NaN_spoils_its_row_and_no_other()
    {
        float[] p = new float[4];
        Softmax.Apply([0f, float.NaN, 0f, 0f], 2, [], p);
        Assert.Equal([float.NaN, float.NaN, 0.5f, 0.5f], p);
    }

    [Theory]
    [InlineData(6, 4, 0, 6)]
    [InlineData(6, 3, 0, 5)]
    [InlineData(6, 3, 3, 6)]
    [InlineData(6, 0, 0, 6)]
    public void Shapes_that_do_not_fit_are_refused(int scores, int columns, int sums, int probabilities) =>
        Assert.ThrowsAny<ArgumentException>(() => Softmax.Apply(new float[scores], columns, new double[sums], new float[probabilities]));
}
