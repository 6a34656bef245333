namespace Nabla.Reference;

/// <summary>Leaky ReLU: z where z is positive, else slope z. Maas, Hannun and Ng, 2013.</summary>
internal sealed class LeakyRelu : ElementwiseActivation
{
    private readonly double slope;

    private LeakyRelu(double slope)
        : base("leaky-relu", kinks: 0.0)
    {
        if (slope is not (> 0.0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(slope), slope, "slope must be above 0 and finite.");
        this.slope = slope;
    }

    public static ActivationKind Kind { get; } = new(
        "leaky-relu", "z where z is positive, else slope z", [new("slope", "f'(z) where z is negative, above 0", 0.01)],
        values => new LeakyRelu(values["slope"]));

    protected override double F(double z) => z <= 0.0 ? slope * z : z;

    // The left-hand slope at the kink itself, by convention.
    protected override double Prime(double z, double a) => z <= 0.0 ? slope : 1.0;
}
