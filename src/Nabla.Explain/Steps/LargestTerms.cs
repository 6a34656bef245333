namespace Nabla.Explain;

/// <summary>The terms of a sum that are the largest in size, and the sum of the others. Immutable.</summary>
/// <param name="Indices">The numbers of the largest terms, ascending.</param>
/// <param name="Count">How many terms there are.</param>
/// <param name="Rest">The sum of the terms that are not among them; 0 if there are none.</param>
public sealed record LargestTerms(IReadOnlyList<int> Indices, int Count, double Rest)
{
    /// <summary>Finds the largest terms; of equal ones, the first.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="most">The most terms to name.</param>
    /// <param name="always">A term that is among them in any case; null for none.</param>
    public static LargestTerms From(IReadOnlyList<double> terms, int most, int? always = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var chosen = Enumerable.Range(0, terms.Count)
            .OrderByDescending(i => i == always ? double.PositiveInfinity : Math.Abs(terms[i])).Take(most).ToHashSet();
        int[] indices = [.. chosen.Order()];
        return new LargestTerms(indices, terms.Count, SumOfRest(terms, indices));
    }

    /// <summary>The sum of the terms that are not among some.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="indices">The numbers of the terms to leave out.</param>
    public static double SumOfRest(IReadOnlyList<double> terms, IReadOnlyList<int> indices)
    {
        var left = indices.ToHashSet();
        double rest = 0.0;
        for (int i = 0; i < terms.Count; i++)
            rest += left.Contains(i) ? 0.0 : terms[i];
        return rest;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Indices.Count} of {Count} terms, the others are {Rest} together";
}
