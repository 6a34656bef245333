namespace Nabla.Studio.Tests;

/// <summary>Finds the strokes with which an image of a digit might have been drawn.</summary>
/// <remarks>
/// The image is enlarged, thinned to lines of one pixel (Zhang and Suen, "A fast parallel algorithm for thinning digital patterns", 1984),
/// and the lines are followed from their ends.
/// </remarks>
internal static class DigitStrokes
{
    private const int Size = 28, Scale = 4, Side = Size * Scale + 2; // with a border of zeros
    private const int Ink = 80;
    private const int Step = 3; // pixels from point to point

    // Neighbours in a circle, from the one above.
    private static readonly int[] Around = [-Side, -Side + 1, 1, Side + 1, Side, Side - 1, -1, -Side - 1];

    /// <summary>The strokes of an image: points in units of its pixels.</summary>
    /// <param name="pixels">[28, 28], light on dark.</param>
    public static List<(double X, double Y)[]> Trace(ReadOnlySpan<byte> pixels)
    {
        bool[] ink = Enlarge(pixels);
        while (Thin(ink, 0) | Thin(ink, 1))
        {
        }
        var strokes = new List<(double X, double Y)[]>();
        var starts = Enumerable.Range(0, ink.Length).Where(place => ink[place])
            .OrderBy(place => Around.Count(step => ink[place + step]) == 1 ? 0 : 1).ToArray();
        var isDrawn = new bool[ink.Length];
        foreach (int start in starts.Where(start => !isDrawn[start]))
            strokes.Add(Follow(ink, isDrawn, start));
        return strokes;
    }

    private static bool[] Enlarge(ReadOnlySpan<byte> pixels)
    {
        var ink = new bool[Side * Side];
        for (int y = 0; y < Size * Scale; y++)
        {
            for (int x = 0; x < Size * Scale; x++)
            {
                double px = Math.Clamp((x + 0.5) / Scale - 0.5, 0, Size - 1), py = Math.Clamp((y + 0.5) / Scale - 0.5, 0, Size - 1);
                int left = Math.Min((int)px, Size - 2), top = Math.Min((int)py, Size - 2);
                double right = px - left, below = py - top;
                double upper = pixels[top * Size + left] * (1 - right) + pixels[top * Size + left + 1] * right;
                double lower = pixels[(top + 1) * Size + left] * (1 - right) + pixels[(top + 1) * Size + left + 1] * right;
                ink[(y + 1) * Side + x + 1] = upper * (1 - below) + lower * below >= Ink;
            }
        }
        return ink;
    }

    /// <summary>One pass over the edges of the ink, from two of its four sides.</summary>
    private static bool Thin(bool[] ink, int pass)
    {
        var gone = new List<int>();
        for (int place = Side + 1; place < ink.Length - Side - 1; place++)
        {
            if (!ink[place])
                continue;
            bool[] near = Array.ConvertAll(Around, step => ink[place + step]);
            int count = near.Count(isInk => isInk), changes = Enumerable.Range(0, 8).Count(i => !near[i] && near[(i + 1) % 8]);
            bool isOpen = pass == 0
                ? !(near[0] && near[2] && near[4]) && !(near[2] && near[4] && near[6])
                : !(near[0] && near[2] && near[6]) && !(near[0] && near[4] && near[6]);
            if (count is >= 2 and <= 6 && changes == 1 && isOpen)
                gone.Add(place);
        }
        gone.ForEach(place => ink[place] = false);
        return gone.Count > 0;
    }

    /// <summary>A line as far as it goes, and where it meets another that is drawn, up to that one.</summary>
    private static (double X, double Y)[] Follow(bool[] ink, bool[] isDrawn, int start)
    {
        List<int> line = [start];
        isDrawn[start] = true;
        if (Around.Select(step => start + step).FirstOrDefault(near => ink[near] && isDrawn[near]) is > 0 and var joined)
            line.Insert(0, joined);
        int heading = 0;
        for (int place = start; ; place = line[^1])
        {
            // Straight on first, then ever more to the side.
            int next = Enumerable.Range(0, 8).Select(i => (heading + (i % 2 == 0 ? i / 2 : 8 - (i + 1) / 2)) % 8)
                .FirstOrDefault(direction => ink[place + Around[direction]] && !isDrawn[place + Around[direction]], -1);
            if (next < 0)
                break;
            heading = next;
            line.Add(place + Around[next]);
            isDrawn[line[^1]] = true;
        }
        if (Around.Select(step => line[^1] + step).FirstOrDefault(near => ink[near] && !line.TakeLast(3).Contains(near)) is > 0 and var end)
            line.Add(end);
        return [.. Enumerable.Range(0, line.Count).Where(i => i % Step == 0 || i == line.Count - 1).Select(i => Smooth(line, i))];
    }

    /// <summary>The mean of a point and those beside it, without the steps of the pixels.</summary>
    private static (double X, double Y) Smooth(List<int> line, int point)
    {
        int reach = Math.Min(2, Math.Min(point, line.Count - 1 - point));
        var near = line[(point - reach)..(point + reach + 1)];
        return ((near.Average(place => place % Side) - 0.5) / Scale, (near.Average(place => place / Side) - 0.5) / Scale);
    }
}
