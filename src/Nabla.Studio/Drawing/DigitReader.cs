using System.Diagnostics;
using Nabla.Images;

namespace Nabla.Studio;

/// <summary>Reads drawings with a classifier of grey images. Thread-safe.</summary>
internal sealed class DigitReader
{
    private const int TopUnits = 8;

    private readonly NetworkView? view;
    private readonly Lock gate = new();

    /// <param name="model">A classifier of grey images.</param>
    /// <param name="title">What it is, for people.</param>
    /// <param name="data">The data that it was trained on; null if they are not at hand.</param>
    public DigitReader(Classifier model, string title, StudioData? data)
    {
        (Model, Title, Data) = (model, title, data);
        view = model.Members.Count == 0 ? new NetworkView(model.Network) : null;
        (Rows, Columns) = (model.InputShape[0], model.InputShape[1]);
    }

    public Classifier Model { get; }

    public string Title { get; }

    public StudioData? Data { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Why a model cannot read drawings; null if it can.</summary>
    public static string? WhyNot(Model model) => model switch
    {
        not Classifier => "it predicts values, not classes",
        { InputShape: not [_, _] } => $"its inputs are not grey images but [{string.Join(", ", model.InputShape)}]",
        { TakesBytes: false } => "its inputs are numbers, not pixels from 0 to 255",
        _ => null,
    };

    /// <summary>Makes the input of the network from a drawing.</summary>
    /// <exception cref="InvalidInputException">The drawing is empty, or its numbers are invalid.</exception>
    public (byte[] Pixels, ImageChanges Changes) Fit(DrawingMessage drawing) =>
        ImageFitting.Fit(StrokeRaster.Draw(drawing), Rows, Columns, "the drawing");

    /// <summary>Reads a drawing.</summary>
    public ReadingMessage Read(DrawingMessage drawing)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            var (pixels, changes) = Fit(drawing);
            return Read(pixels, changes) with { Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        catch (InvalidInputException error)
        {
            return new ReadingMessage($"{error.What}: {error.Why}. {error.Remedy}");
        }
    }

    /// <summary>The class that an input is read as.</summary>
    public int Classify(byte[] pixels) => Model.Predict(pixels).ClassIndex;

    private ReadingMessage Read(byte[] pixels, ImageChanges changes)
    {
        var prediction = Model.Predict(pixels);
        var reading = new ReadingMessage(Problem: null)
        {
            Rows = Rows,
            Columns = Columns,
            Pixels = Convert.ToBase64String(pixels),
            Changes = [.. Enum.GetValues<ImageChanges>().Where(change => change != 0 && changes.HasFlag(change)).Select(Describe)],
            Scores = prediction.Scores,
            Predicted = prediction.ClassIndex,
        };
        return view is null ? reading : LookInside(reading, view, pixels);
    }

    private ReadingMessage LookInside(ReadingMessage reading, NetworkView network, byte[] pixels)
    {
        var scaled = new float[pixels.Length];
        Model.Preprocessing.Apply(pixels, scaled);
        lock (gate)
        {
            network.Forward(scaled);
            return reading with
            {
                Saliency = Encoded.Signed(network.Saliency(reading.Predicted)),
                Hidden = [.. Enumerable.Range(0, network.HiddenLayers).Select(layer => Hidden(network, layer))],
            };
        }
    }

    private static HiddenMessage Hidden(NetworkView network, int layer)
    {
        float[] levels = Array.ConvertAll(network.Activations(layer).ToArray(), value => (float)value);
        var top = levels.Index().OrderByDescending(unit => Math.Abs(unit.Item)).ThenBy(unit => unit.Index).Take(TopUnits);
        return new HiddenMessage(
            network.Activation(layer), Encoded.Levels(levels), levels.Count(level => level != 0),
            [.. top.Select(unit => new UnitMessage(
                unit.Index, unit.Item, layer == 0 ? Encoded.Signed(network.Weights(0, unit.Index)) : ""))]);
    }

    private static string Describe(ImageChanges change) => change switch
    {
        ImageChanges.Inverted => "inverted",
        ImageChanges.Stretched => "contrast stretched",
        ImageChanges.Cropped => "margin cut off",
        ImageChanges.Scaled => "scaled",
        ImageChanges.Centred => "centred by mass",
        _ => "specks removed",
    };
}
