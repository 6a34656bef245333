namespace Nabla.Kernels;

/// <summary>
/// What random numbers are used for. Streams of different purposes never overlap, so a new purpose does not change the numbers of the
/// others.
/// </summary>
/// <remarks>The values are part of every fingerprint: new ones may be added, but none may change.</remarks>
public enum RandomPurpose
{
    /// <summary>The initial weights and biases of a training run.</summary>
    InitialValues = 1,

    /// <summary>The order of the examples in an epoch; the stream's index is the epoch.</summary>
    Shuffle = 2,

    /// <summary>The built-in data set; the stream's index is the example.</summary>
    Digits = 3,

    /// <summary>Which examples are held out for validation.</summary>
    Split = 4,

    /// <summary>Networks and inputs for gradient checks.</summary>
    GradientCheck = 5,

    /// <summary>Which neurons are dropped; the stream's index is the epoch (high half) and the example (low half).</summary>
    Dropout = 6,

    /// <summary>How images are distorted; the stream's index is the epoch (high half) and the example (low half).</summary>
    Augmentation = 7,

    /// <summary>The folds of a data set; the stream's index is the class.</summary>
    Folds = 8,

    /// <summary>The seeds of the members of an ensemble; the stream's index is the member.</summary>
    Members = 9,

    /// <summary>
    /// How the rows of a column are shuffled to measure its importance; the stream's index is the column (high half) and the
    /// repetition (low half).
    /// </summary>
    ColumnImportance = 10,

    /// <summary>The points of two-dimensional shapes; the stream's index is the shape.</summary>
    Shapes = 11,

    /// <summary>The options of the trials of a random search; the stream's index is the trial.</summary>
    Search = 12,

    /// <summary>The order of blocks of examples in an epoch (shuffling within windows); the stream's index is the epoch.</summary>
    BlockShuffle = 13,

    /// <summary>The order of the examples in a window; the stream's index is the epoch (high half) and the window (low half).</summary>
    WindowShuffle = 14,
}
