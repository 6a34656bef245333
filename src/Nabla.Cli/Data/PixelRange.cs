namespace Nabla.Cli;

/// <summary>Warns of pixels that were divided by 255 before they came here: the model divides them again, and takes every picture for an empty one.</summary>
internal static class PixelRange
{
    /// <summary>Looks at inputs for a model.</summary>
    /// <param name="inputs">[examples, features], raw.</param>
    /// <param name="model">It divides by 255 if it has learned from bytes with unit scaling.</param>
    /// <param name="name">What the inputs are called in messages.</param>
    /// <param name="terminal">Hears the warning.</param>
    public static void Check(FeatureTable inputs, Classifier model, string name, Terminal terminal)
    {
        if (model.Preprocessing.Scaling == Scaling.Unit && !inputs.IsBytes && inputs.Rows > 0 && inputs.Floats.IndexOfAnyExceptInRange(0f, 1f) < 0)
            terminal.Say($"warning: no value of {name} is above 1, and the model takes pixels from 0 to 255: if they were divided by 255, multiply them again.");
    }
}
