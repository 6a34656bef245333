namespace Nabla.Studio;

/// <summary>A drawing, from the page: what the pen did on the pad.</summary>
/// <param name="Width">Width of the pad, in the units of the points.</param>
/// <param name="Height">Height of the pad.</param>
/// <param name="Pen">Diameter of the pen.</param>
/// <param name="Strokes">One array for each stroke: x, y, x, y and so on.</param>
internal sealed record DrawingMessage(double Width, double Height, double Pen, IReadOnlyList<IReadOnlyList<double>> Strokes);

/// <summary>A drawing that was read wrongly, with the class that it shows.</summary>
/// <param name="Drawing">The drawing.</param>
/// <param name="Label">The index of the class that it shows.</param>
internal sealed record CorrectionMessage(DrawingMessage Drawing, int Label);

/// <summary>What the network makes of a drawing.</summary>
/// <param name="Problem">Why nothing can be read; null if there is something, and then the rest is there.</param>
internal sealed record ReadingMessage(string? Problem)
{
    /// <summary>Height and width of the input.</summary>
    public int Rows { get; init; }

    public int Columns { get; init; }

    /// <summary>The input of the network: levels from 0 to 255, [rows, columns], in base 64.</summary>
    public string Pixels { get; init; } = "";

    /// <summary>What was changed on the way from the drawing to the input.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>The probability of each class.</summary>
    public IReadOnlyList<float> Scores { get; init; } = [];

    /// <summary>The index of the most probable class.</summary>
    public int Predicted { get; init; }

    /// <summary>
    /// The gradient of the predicted class's score by each pixel: 128 for 0, 255 for the largest magnitude, 1 for its negative;
    /// [rows, columns], in base 64.
    /// </summary>
    public string Saliency { get; init; } = "";

    /// <summary>The hidden layers, the first one first. Empty for an ensemble, whose members have layers of their own.</summary>
    public IReadOnlyList<HiddenMessage> Hidden { get; init; } = [];

    /// <summary>The time that the server took.</summary>
    public double Milliseconds { get; init; }
}

/// <summary>How a hidden layer answered.</summary>
/// <param name="Activation">Its activation.</param>
/// <param name="Levels">Each unit's activation: 0 for the lowest in this layer, 255 for the highest; in base 64.</param>
/// <param name="Active">How many units are not 0.</param>
/// <param name="Top">The units with the strongest activation, the strongest first.</param>
internal sealed record HiddenMessage(string Activation, string Levels, int Active, IReadOnlyList<UnitMessage> Top);

/// <summary>A unit that answered.</summary>
/// <param name="Unit">Its number, from 0.</param>
/// <param name="Value">Its activation.</param>
/// <param name="Weights">Its weights, as in <see cref="ReadingMessage.Saliency"/>; empty above the first layer.</param>
internal sealed record UnitMessage(int Unit, double Value, string Weights);

/// <summary>The network that reads drawings, and the corrections.</summary>
/// <param name="Title">What it is: a file, or the default model and the data it was trained on.</param>
/// <param name="Network">Its layers.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Corrections">The corrections so far.</param>
internal sealed record ReaderMessage(
    string Title, string Network, IReadOnlyList<string> Classes, IReadOnlyList<CorrectionThumbnail> Corrections)
{
    /// <summary>
    /// Why drawings cannot be read; null if they can, or will when the default model is trained: there are no classes until then.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>Pixels in a row of its input; 0 if there is no network yet.</summary>
    public int Columns { get; init; }

    /// <summary>Why the network cannot be trained on the corrections; null if it can.</summary>
    public string? WhyNotTrained { get; init; }
}

/// <summary>A correction, as the network sees it.</summary>
/// <param name="Label">The class that it shows.</param>
/// <param name="Read">The class that was read when it was drawn.</param>
/// <param name="Now">The class that is read now.</param>
/// <param name="Pixels">The input, as in <see cref="ReadingMessage.Pixels"/>.</param>
internal sealed record CorrectionThumbnail(string Label, string Read, string Now, string Pixels);
