using System.Globalization;

namespace Nabla.Cli;

/// <summary>What is done at once: a trial is trained for some epochs on all folds but one, and measured on that one.</summary>
/// <param name="trial">The number of the trial, from 1.</param>
/// <param name="epochs">The epochs.</param>
/// <param name="fold">The number of the fold, from 1.</param>
internal sealed class SearchJob(int trial, int epochs, int fold)
{
    /// <summary>The number of the trial, from 1.</summary>
    public int Trial { get; } = trial;

    /// <summary>For how many epochs it is trained.</summary>
    public int Epochs { get; } = epochs;

    /// <summary>The number of the fold on which it is measured, from 1.</summary>
    public int Fold { get; } = fold;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static SearchJob Read(string text)
    {
        int[] numbers = Array.ConvertAll(text.Split(' '), number => int.Parse(number, CultureInfo.InvariantCulture));
        return new(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>The three numbers, which are unique to the job.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Trial} {Epochs} {Fold}");
}
