namespace Nabla;

/// <summary>
/// Places a digit in its image as in MNIST: fitted into a box of 20 x 20 pixels, with its centre of mass in the middle of 28 x 28 pixels.
/// </summary>
/// <remarks>LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition" (1998), section III-A.</remarks>
internal static class Centring
{
    /// <summary>Width and height of an image, in pixels.</summary>
    public const int Side = 28;

    /// <summary>Width of the blank margin, in pixels. The margin takes precedence over centring.</summary>
    public const int BlankFrame = 1;

    private const int Box = 20;

    // MNIST's mean centre of mass lies on pixel (14, 14), counted from 0: half a pixel right of and below the geometric middle.
    private const int CentreOfMass = 14;

    /// <summary>Scales and moves a path, keeping its proportions, so that its ink exactly fits the box.</summary>
    /// <param name="path">The path to change.</param>
    /// <param name="radius">Half the width of the line, in pixels.</param>
    public static void FitIntoBox(InkPath path, double radius)
    {
        (Point least, Point most) = path.Bounds();
        double room = Box - 2 * radius;
        double scale = room / Math.Max(most.X - least.X, most.Y - least.Y);
        Point middle = 0.5 * (least + most);
        var target = new Point(Side / 2.0, Side / 2.0);
        foreach (ref Point place in path.Places)
            place = target + scale * (place - middle);
    }

    /// <summary>Copies an image so that its centre of mass is in the middle, rounded to whole pixels.</summary>
    /// <param name="ink">[Side, Side], not all zero.</param>
    /// <param name="image">Receives the moved ink, [Side, Side].</param>
    public static void MoveToMiddle(ReadOnlySpan<byte> ink, Span<byte> image)
    {
        Span<int> rows = stackalloc int[Side];
        Span<int> columns = stackalloc int[Side];
        for (int i = 0; i < ink.Length; i++)
        {
            rows[i / Side] += ink[i];
            columns[i % Side] += ink[i];
        }
        int down = Shift(rows);
        int right = Shift(columns);
        image.Clear();
        for (int row = BlankFrame; row < Side - BlankFrame; row++)
        {
            for (int column = BlankFrame; column < Side - BlankFrame; column++)
            {
                (int fromRow, int fromColumn) = (row - down, column - right);
                if ((uint)fromRow < Side && (uint)fromColumn < Side)
                    image[row * Side + column] = ink[fromRow * Side + fromColumn];
            }
        }
    }

    /// <summary>
    /// How far to move along one axis, given the ink at each position: to the centre of mass, but without ink in the margin.
    /// </summary>
    private static int Shift(ReadOnlySpan<int> profile)
    {
        int sum = 0;
        int moment = 0;
        for (int i = 0; i < profile.Length; i++)
        {
            sum += profile[i];
            moment += i * profile[i];
        }
        int centre = (2 * moment + sum) / (2 * sum);
        int first = profile.IndexOfAnyExcept(0);
        int last = profile.LastIndexOfAnyExcept(0);
        return Math.Clamp(CentreOfMass - centre, BlankFrame - first, Side - 1 - BlankFrame - last);
    }
}
