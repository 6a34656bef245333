using Nabla.Kernels;

namespace Nabla.Studio;

/// <summary>The training data for corrections: the corrections many times, among examples of the original data, so that the network does
/// not forget those.</summary>
internal static class CorrectionSet
{
    private const int Originals = 6000;

    /// <summary>How to train on them: few steps with a small rate, from the parameters that the network has.</summary>
    public static TrainingOptions OptionsFrom(TrainingOptions original) => original with
    {
        Optimizer = new AdamOptions { LearningRate = 0.001f },
        Schedule = Schedule.Constant,
        Epochs = 3,
        KeepBest = false,
        Patience = null,
        BatchSize = 64,
        Shuffle = true,
        Augmentation = new Augmentation { Shift = 1, Rotation = 8 },
    };

    /// <summary>Why a model cannot be trained on corrections; null if it can.</summary>
    public static string? WhyNot(DigitReader reader) => reader switch
    {
        { Model.Members.Count: > 0 } => "the model is an ensemble",
        { Data: null } => "the data that the model was trained on are not at hand: name them, as in nabla studio MODEL DATA",
        { Data.IsGreyImages: false } =>
            $"{reader.Data.Title} are not grey images with classes: name the data that the model was trained on",
        _ when !reader.Data.Train.InputShape.SequenceEqual(reader.Model.InputShape) =>
            $"the images of {reader.Data.Title} have {Sides(reader.Data.Train.InputShape)} pixels, and the model reads "
            + $"{Sides(reader.Model.InputShape)}: name the data that it was trained on",
        _ when !reader.Data.Train.Targets.Names.SequenceEqual(reader.Model.ClassNames) =>
            $"the classes of {reader.Data.Title} are {string.Join(", ", reader.Data.Train.Targets.Names)}, and those of the model "
            + $"{string.Join(", ", reader.Model.ClassNames)}: name the data that it was trained on",
        _ when reader.Model.Preprocessing.Scaling != Scaling.Unit =>
            $"its inputs are scaled by {reader.Model.Preprocessing.Scaling.Name}, which depends on the data",
        _ => null,
    };

    private static string Sides(IReadOnlyList<int> shape) => string.Join(" x ", shape);

    /// <summary>Mixes corrections with examples of the original data.</summary>
    public static Dataset Mix(Dataset original, IReadOnlyList<Correction> corrections)
    {
        int kept = Math.Min(Originals, original.Count), columns = original.Inputs.Columns;
        var random = new RandomStream(1, RandomPurpose.Split);
        // A fifth of the examples: enough to learn even one correction in few steps.
        int count = kept + Math.Max(kept / 4, corrections.Count);
        var pixels = new byte[count * columns];
        var labels = new int[count];
        for (int i = 0; i < kept; i++)
        {
            int row = (int)random.NextUInt32((uint)original.Count);
            original.Inputs.ByteRow(row).CopyTo(pixels.AsSpan(i * columns));
            labels[i] = original.Classes.Labels[row];
        }
        for (int i = kept; i < labels.Length; i++)
        {
            var correction = corrections[(i - kept) % corrections.Count];
            correction.Pixels.CopyTo(pixels, i * columns);
            labels[i] = correction.Label;
        }
        return new Dataset(
            "corrections", FeatureTable.FromBytes(pixels, labels.Length, columns), new ClassTargets(labels, original.Targets.Names),
            inputShape: original.InputShape);
    }
}
