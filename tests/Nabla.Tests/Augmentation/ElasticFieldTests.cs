namespace Nabla.Tests;

/// <summary>Smooth random displacements: their mathematics and their size.</summary>
public class ElasticFieldTests
{
    [Theory]
    [InlineData(7, 5, 1.3)]
    [InlineData(6, 11, 4)]
    [InlineData(1, 3, 0.2)]
    public void Displacements_are_random_numbers_smoothed_by_a_Gaussian_that_ends_at_three_deviations(
        int height, int width, double smoothness)
    {
        const float Strength = 20;
        var augmentation = new Augmentation { ElasticStrength = Strength, ElasticSmoothness = (float)smoothness };
        var draw = new AugmentationDraw(seed: 3, epoch: 2, row: 8);
        float[] actual = new ElasticField(augmentation, height, width).Draw(draw).ToArray();

        float[] random = new float[actual.Length];
        draw.FillElastic(random);
        int reach = (int)(3 * smoothness);
        double[] weights = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(d => Math.Exp(-0.5 * d * d / (smoothness * smoothness)))];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < 2 * width; x++)
            {
                double sum = 0;
                for (int dy = -reach; dy <= reach; dy++)
                {
                    for (int dx = -reach; dx <= reach; dx++)
                    {
                        int column = x % width + dx;
                        if (y + dy >= 0 && y + dy < height && column >= 0 && column < width)
                            sum += weights[dy + reach] * weights[dx + reach] * random[(y + dy) * 2 * width + x / width * width + column];
                    }
                }
                double expected = Strength / 65536 * sum / Math.Pow(weights.Sum(), 2);
                Assert.Equal(expected, actual[y * 2 * width + x], 1e-5);
            }
        }
    }

    [Fact]
    public void A_typical_displacement_is_the_strength_over_six_times_the_smoothness()
    {
        var field = new ElasticField(new Augmentation { ElasticStrength = 34, ElasticSmoothness = 4 }, 28, 28);
        double sum = 0, squares = 0;
        const int Examples = 2000;
        for (int row = 0; row < Examples; row++)
        {
            float middle = field.Draw(new AugmentationDraw(1, 0, row))[14 * 56 + 14];
            sum += middle;
            squares += middle * middle;
        }
        // The exact deviation without truncation: strength / (sqrt(3) 2 sqrt(pi) smoothness).
        double deviation = 34 / (Math.Sqrt(3) * 2 * Math.Sqrt(Math.PI) * 4);
        Assert.InRange(deviation / (34 / (6.0 * 4)), 0.95, 1.05);
        Assert.Equal(deviation, Math.Sqrt(squares / Examples), 0.08 * deviation);
        Assert.Equal(0, sum / Examples, 5 * deviation / Math.Sqrt(Examples));
    }

    [Theory]
    [InlineData(1568)]
    [InlineData(50)]
    [InlineData(7)]
    public void Random_numbers_are_odd_uniform_and_do_not_depend_on_how_many_are_drawn(int count)
    {
        float[] numbers = new float[count], more = new float[count + 3];
        var draw = new AugmentationDraw(1, 2, 3);
        draw.FillElastic(numbers);
        draw.FillElastic(more);
        Assert.Equal(numbers, more[..count]);
        Assert.All(numbers, number => Assert.True(number is >= -65535 and <= 65535 && Math.Abs(number) % 2 == 1));
        // Five standard deviations of the mean.
        Assert.Equal(0, numbers.Average(), 5 * 65536 / Math.Sqrt(3.0 * count));
        Assert.Equal(count, numbers.Distinct().Count(), 0.05 * count + 1);
    }
}
