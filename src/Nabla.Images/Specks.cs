using System.Collections;

namespace Nabla.Images;

/// <summary>Removes specks: connected ink that is very little beside the rest, such as dust on a scanner's glass.</summary>
internal static class Specks
{
    /// <summary>A piece of connected ink is a speck if it has less than this share of the largest piece. The dot of an i is none.</summary>
    private const double LargestShare = 1 / 200.0;

    /// <summary>Removes specks from ink on black.</summary>
    /// <param name="image">Ink on black.</param>
    /// <param name="faintest">Pixels with a lower level are not ink.</param>
    /// <returns>The same image if it has no specks.</returns>
    public static GreyImage Remove(GreyImage image, int faintest)
    {
        var pieces = new List<(int Start, long Ink)>();
        var seen = new BitArray(image.Levels.Length);
        var piece = new List<int>();
        for (int start = 0; start < image.Levels.Length; start++)
        {
            if (image.Levels[start] < faintest || seen[start])
                continue;
            Collect(image, faintest, start, seen, piece);
            pieces.Add((start, piece.Sum(pixel => (long)image.Levels[pixel])));
        }
        long least = (long)(pieces.Select(found => found.Ink).DefaultIfEmpty().Max() * LargestShare);
        if (pieces.TrueForAll(found => found.Ink >= least))
            return image;
        var cleaned = image with { Levels = [.. image.Levels] };
        seen.SetAll(false);
        foreach (var (start, _) in pieces.Where(found => found.Ink < least))
        {
            Collect(image, faintest, start, seen, piece);
            foreach (int pixel in piece)
                cleaned.Levels[pixel] = 0;
        }
        return cleaned;
    }

    /// <summary>Collects the ink that is connected with a pixel, also diagonally.</summary>
    private static void Collect(GreyImage image, int faintest, int start, BitArray seen, List<int> piece)
    {
        piece.Clear();
        piece.Add(start);
        seen[start] = true;
        for (int next = 0; next < piece.Count; next++)
        {
            var (y, x) = Math.DivRem(piece[next], image.Width);
            for (int row = Math.Max(0, y - 1); row <= Math.Min(image.Height - 1, y + 1); row++)
            {
                for (int column = Math.Max(0, x - 1); column <= Math.Min(image.Width - 1, x + 1); column++)
                {
                    int pixel = row * image.Width + column;
                    if (seen[pixel] || image.Levels[pixel] < faintest)
                        continue;
                    seen[pixel] = true;
                    piece.Add(pixel);
                }
            }
        }
    }
}
