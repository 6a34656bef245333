namespace Nabla.Studio;

/// <summary>Numbers that JSON can hold.</summary>
internal static class StepNumber
{
    /// <summary>Requires that a number of a trace is finite.</summary>
    /// <exception cref="InvalidInputException">It is not.</exception>
    public static double Require(double value) => double.IsFinite(value)
        ? value
        : throw new InvalidInputException(
            "cannot show the steps", "the network", "some of its numbers for this example are infinite or undefined: it has diverged",
            "Train it with a smaller learning rate, or choose another network.");
}
