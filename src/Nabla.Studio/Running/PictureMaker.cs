namespace Nabla.Studio;

/// <summary>Draws a network in training: its first layer as images, or its decision boundary over two features.</summary>
internal sealed class PictureMaker
{
    private const int Side = 48;
    private const int MostUnits = 32;

    private readonly int run;
    private readonly Network network;
    private readonly Predictor? predictor; // On one thread: the others train.
    private readonly float[] grid = []; // [points, 2], scaled as the network wants it
    private readonly float[] outputs = []; // [points, classes]
    private readonly IReadOnlyList<int> shape;

    /// <param name="run">The number of the run.</param>
    /// <param name="model">The model in training. Only its shape is used, never its parameters.</param>
    /// <param name="data">Its data.</param>
    public PictureMaker(int run, Model model, StudioData data)
    {
        this.run = run;
        network = new Network(model.Topology);
        shape = model.InputShape;
        if (!PointSet.Fits(data.Train))
            return;
        predictor = new Predictor(network, threads: 1);
        grid = new float[2 * Side * Side];
        outputs = new float[Side * Side * model.Topology.Sizes[^1]];
        model.Preprocessing.Apply(Points(PointSet.Bounds(data.Train)), [.. Enumerable.Range(0, Side * Side)], grid);
    }

    /// <summary>Receives the parameters to draw.</summary>
    public Span<float> Parameters => network.EditParameters();

    /// <summary>Whether there is anything to draw.</summary>
    public bool HasPicture => predictor is not null || shape.Count == 2;

    /// <summary>Draws the network with its present <see cref="Parameters"/>.</summary>
    /// <param name="step">The step after which it looks like this.</param>
    public PictureMessage Draw(long step) => predictor is not null ? Boundary(predictor, step) : FirstLayer(step);

    private PictureMessage Boundary(Predictor predictor, long step)
    {
        predictor.Predict(grid, outputs);
        int count = outputs.Length / (Side * Side);
        var classes = new byte[Side * Side];
        var confidence = new byte[Side * Side];
        float guess = 1f / count;
        for (int i = 0; i < classes.Length; i++)
        {
            var scores = outputs.AsSpan(i * count, count);
            int best = 0;
            for (int other = 1; other < count; other++)
                best = scores[other] > scores[best] ? other : best;
            classes[i] = (byte)Math.Min(255, best);
            float above = (scores[best] - guess) / (1 - guess);
            confidence[i] = (byte)(255 * Math.Clamp(float.IsNaN(above) ? 0 : above, 0, 1));
        }
        return new PictureMessage(run, step)
        {
            Side = Side, Classes = Convert.ToBase64String(classes), Confidence = Convert.ToBase64String(confidence),
        };
    }

    private PictureMessage FirstLayer(long step)
    {
        int units = network.Topology.Outputs(0);
        var weights = network.Weights(0);
        var images = new List<string>();
        var image = new float[network.Topology.Inputs(0)];
        for (int unit = 0; unit < Math.Min(units, MostUnits); unit++)
        {
            for (int input = 0; input < image.Length; input++)
                image[input] = weights[input * units + unit];
            images.Add(Encoded.Signed(image));
        }
        return new PictureMessage(run, step) { Rows = shape[0], Columns = shape[1], Weights = images };
    }

    private static FeatureTable Points(float[] bounds)
    {
        var points = new float[Side * Side * 2];
        for (int i = 0; i < Side * Side; i++)
        {
            var (row, column) = Math.DivRem(i, Side);
            points[2 * i] = bounds[0] + (bounds[1] - bounds[0]) * (column + 0.5f) / Side;
            points[2 * i + 1] = bounds[3] - (bounds[3] - bounds[2]) * (row + 0.5f) / Side;
        }
        return FeatureTable.FromFloats(points, Side * Side, 2);
    }
}
