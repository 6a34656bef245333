namespace Nabla;

/// <summary>The same learning rate for every step.</summary>
internal sealed record ConstantSchedule() : Schedule("constant", "the same learning rate for every step")
{
    public override double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch) => baseRate;
}
