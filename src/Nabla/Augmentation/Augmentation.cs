using System.Globalization;

namespace Nabla;

/// <summary>
/// Random distortions of images in training: each example is distorted anew in each epoch, so that a network seldom sees the same image
/// twice. Prediction and evaluation use images as they are.
/// </summary>
/// <remarks>
/// Immutable, and so safe for concurrent use. An image is zoomed, sheared, rotated and shifted, in this order, around its centre, and is
/// warped by a smooth random displacement of each pixel (Simard, Steinkraus and Platt, "Best practices for convolutional neural networks
/// applied to visual document analysis", 2003; Ciresan, Meier, Gambardella and Schmidhuber, "Deep, big, simple neural nets for handwritten
/// digit recognition", 2010). All of it is one bilinear resampling. Pixels outside the image are 0. Bytes stay bytes: results are rounded
/// to the nearest. What an image becomes is a function of seed, epoch, row in the data set and these options alone.
/// </remarks>
public sealed record Augmentation
{
    private const float LargestRotation = 180, LargestZoom = 0.9f, LargestSmoothness = 100;

    private const int LargestSide = 1 << 20;

    /// <summary>No distortion at all: every limit is 0.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>The largest shift in pixels, 0 or more: right or left, and up or down, each uniform from -Shift to Shift.</summary>
    public float Shift { get; init; }

    /// <summary>The largest rotation in degrees, from 0 to 180: the angle is uniform from -Rotation to Rotation.</summary>
    public float Rotation { get; init; }

    /// <summary>
    /// The largest relative change of size, from 0 to 0.9: width and height are multiplied by factors of their own, each uniform from
    /// 1 - Zoom to 1 + Zoom.
    /// </summary>
    public float Zoom { get; init; }

    /// <summary>
    /// The largest horizontal shear, 0 or more: x grows by s times the distance below the centre, so that upright lines lean by the angle
    /// whose tangent is s. It is uniform from -Shear to Shear.
    /// </summary>
    public float Shear { get; init; }

    /// <summary>
    /// What the smoothed random displacements are multiplied by, 0 or more, in pixels: alpha in the papers. Each pixel has two random
    /// numbers from -1 to 1, for x and y, which are replaced by a weighted mean over the pixels around it; so a typical displacement is
    /// about ElasticStrength / (6 ElasticSmoothness) pixels. 34 with a smoothness of 4 is usual for MNIST.
    /// </summary>
    public float ElasticStrength { get; init; }

    /// <summary>
    /// The standard deviation in pixels of the Gaussian that smooths the random displacements, from 0 to 100: sigma in the papers. Above 0
    /// if there is an <see cref="ElasticStrength"/>.
    /// </summary>
    public float ElasticSmoothness { get; init; }

    /// <summary>Whether images stay as they are.</summary>
    public bool IsNone => !IsAffine && !IsElastic;

    /// <summary>Distorts some examples of a data set of images, as training does in one epoch.</summary>
    /// <param name="images">The data set; the shape of an example is [height, width].</param>
    /// <param name="rows">Which examples, in which order: each from 0 to <see cref="Dataset.Count"/> - 1.</param>
    /// <param name="seed">The seed of the training run.</param>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <returns>[rows, height times width], bytes if the data set has bytes.</returns>
    /// <exception cref="InvalidOptionException">An option is out of range, or the examples are not images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public FeatureTable Apply(Dataset images, ReadOnlySpan<int> rows, ulong seed, int epoch)
    {
        Validate();
        RequireImages(images);
        if (IsNone || rows.IsEmpty)
            return images.Inputs.Select(rows);
        var batch = new AugmentedBatch(this, images, rows.Length, seed, threads: 1);
        batch.Distort(rows, epoch);
        return batch.Table;
    }

    /// <summary>Checks that each limit is in its range.</summary>
    /// <exception cref="InvalidOptionException">One is not; the message says what to use.</exception>
    public void Validate()
    {
        Require("largest shift", Shift, float.MaxValue, "2", nameof(Shift));
        Require("largest rotation", Rotation, LargestRotation, "15", nameof(Rotation));
        Require("largest zoom", Zoom, LargestZoom, "0.1", nameof(Zoom));
        Require("largest shear", Shear, float.MaxValue, "0.1", nameof(Shear));
        Require("elastic strength", ElasticStrength, float.MaxValue, "34", nameof(ElasticStrength));
        Require("elastic smoothness", ElasticSmoothness, LargestSmoothness, "4", nameof(ElasticSmoothness));
        if (IsElastic && ElasticSmoothness == 0)
        {
            throw new InvalidOptionException(
                $"The elastic strength is {ElasticStrength}, and the elastic smoothness is 0", "Use a smoothness above 0, e.g. 4.",
                nameof(ElasticSmoothness));
        }
    }

    /// <summary>Returns what is distorted: <c>shift 2, rotation 15, elastic 34 smoothed by 4</c>.</summary>
    public override string ToString()
    {
        (string Name, float Limit)[] limits = [("shift", Shift), ("rotation", Rotation), ("zoom", Zoom), ("shear", Shear)];
        var parts = limits.Where(limit => limit.Limit != 0).Select(limit => Invariant($"{limit.Name} {limit.Limit}"));
        if (IsElastic)
            parts = parts.Append(Invariant($"elastic {ElasticStrength} smoothed by {ElasticSmoothness}"));
        return IsNone ? "none" : string.Join(", ", parts);
    }

    /// <summary>Whether images are zoomed, sheared, rotated or shifted.</summary>
    internal bool IsAffine => Shift != 0 || Rotation != 0 || Zoom != 0 || Shear != 0;

    /// <summary>Whether each pixel is displaced.</summary>
    internal bool IsElastic => ElasticStrength != 0;

    /// <summary>Requires that the examples of a data set are images, if there is something to distort.</summary>
    /// <exception cref="InvalidOptionException">They are not.</exception>
    internal void RequireImages(Dataset data)
    {
        if (!IsNone && data.InputShape.Count != 2)
        {
            throw new InvalidOptionException(
                $"Augmentation ({this}) distorts images, and an example of {data.Name} has the shape "
                + $"[{string.Join(", ", data.InputShape)}], not [height, width]",
                "Use images, e.g. an array of [examples, height, width], or leave the augmentation out.",
                nameof(Augmentation));
        }
        // Places between pixels are floats, which are further apart than pixels beyond this.
        if (!IsNone && data.InputShape.Max() > LargestSide)
        {
            throw new InvalidOptionException(
                $"Augmentation ({this}) distorts images of up to {LargestSide} pixels a side, and an example of {data.Name} has the shape "
                + $"[{string.Join(", ", data.InputShape)}]",
                "Give the shape of the images, or leave the augmentation out.", nameof(Augmentation));
        }
        if (!IsNone && !data.Inputs.Origins.IsEmpty)
        {
            throw new InvalidOptionException(
                $"Augmentation ({this}) distorts images, and the features of {data.Name} have origins of their own",
                "Create the inputs with FeatureTable.FromFloats or FromBytes.", nameof(Augmentation));
        }
    }

    private static void Require(string what, float value, float largest, string example, string option)
    {
        if (!(value >= 0 && value <= largest))
        {
            string range = largest == float.MaxValue ? "0 or a finite number above it" : Invariant($"a number from 0 to {largest}");
            throw new InvalidOptionException(Invariant($"The {what} is {value}"), $"Use {range}, e.g. {example}.", option);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
