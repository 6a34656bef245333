namespace Nabla.Tests;

/// <summary>Sine and cosine against the base library's.</summary>
public class AngleTests
{
    [Fact]
    public void They_are_within_3e_16()
    {
        for (int i = -180_000; i <= 180_000; i += 7)
        {
            double degrees = i / 1000.0;
            var (sine, cosine) = Angle.SineAndCosine(degrees);
            double radians = degrees * Math.PI / 180;
            // The angle in radians is itself rounded: by half a unit in its last place.
            double allowed = 3e-16 + Math.BitIncrement(Math.Abs(radians)) - Math.Abs(radians);
            Assert.InRange(sine, Math.Sin(radians) - allowed, Math.Sin(radians) + allowed);
            Assert.InRange(cosine, Math.Cos(radians) - allowed, Math.Cos(radians) + allowed);
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(90, 1, 0)]
    [InlineData(-90, -1, 0)]
    [InlineData(180, 0, -1)]
    [InlineData(-180, 0, -1)]
    public void They_are_exact_at_quarters_of_a_turn(double degrees, double sine, double cosine) =>
        Assert.Equal((sine, cosine), Angle.SineAndCosine(degrees));
}
