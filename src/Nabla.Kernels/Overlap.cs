namespace Nabla.Kernels;

/// <summary>Refuses results that would be written over what is still to be read: at some widths, and not at others.</summary>
internal static class Overlap
{
    /// <summary>Requires that a result does not overlap an operand.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public static void RequireApart(ReadOnlySpan<float> operand, ReadOnlySpan<float> result)
    {
        if (operand.Overlaps(result))
            throw new ArgumentException("An operand overlaps the result.");
    }

    /// <summary>Requires that a result takes the place of an operand, or does not overlap it.</summary>
    /// <exception cref="ArgumentException">It overlaps the operand without being the same span.</exception>
    public static void RequireSameOrApart(ReadOnlySpan<float> operand, ReadOnlySpan<float> result)
    {
        if (operand.Overlaps(result, out int shift) && shift != 0)
            throw new ArgumentException("A source overlaps the destination without being the same span.");
    }
}
