using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// base * (1 - cos(2 pi log2(1 + 15 t))) / 2 with t = step / steps: four cycles from 0 to the base rate and back, each twice as long as the
/// one before (Holzmüller, Grinsztajn and Steinwart, "Better by default", 2024).
/// </summary>
internal sealed record CosLog4Schedule() : Schedule("coslog4", "four cosine cycles, each twice as long as the one before")
{
    public override double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch) =>
        baseRate * ((1 - DoubleCosine.OfTurns(DoubleLogarithm.Base2(1 + 15.0 * step / steps))) / 2);
}
