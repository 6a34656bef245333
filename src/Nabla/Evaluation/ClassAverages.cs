using System.Globalization;

namespace Nabla;

/// <summary>Means over classes. Immutable.</summary>
/// <param name="Precision">Mean precision, from 0 to 1; not a number without examples.</param>
/// <param name="Recall">Mean recall, from 0 to 1; not a number without examples.</param>
/// <param name="F1">Mean F1, from 0 to 1; not a number without examples.</param>
public sealed record ClassAverages(double Precision, double Recall, double F1)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"precision {Precision:0.0000}, recall {Recall:0.0000}, F1 {F1:0.0000}");
}
