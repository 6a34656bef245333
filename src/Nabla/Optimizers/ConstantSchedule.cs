namespace Nabla;

/// <summary>The same learning rate for every step.</summary>
internal sealed record ConstantSchedule() : Schedule("constant", "the same learning rate for every step")
{
    public override float LearningRate(float baseRate, long step, long steps) => baseRate;
}
