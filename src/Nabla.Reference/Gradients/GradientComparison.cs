using System.Globalization;
using System.Text;

namespace Nabla.Reference;

/// <summary>What <see cref="GradientCheck"/> found: one row for the weights and one for the biases of each layer.</summary>
/// <param name="Blocks">The rows, layer by layer, weights before biases; blocks without a chosen coordinate are left out.</param>
/// <param name="Tolerance">The largest relative error allowed.</param>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public sealed record GradientComparison(IReadOnlyList<GradientBlock> Blocks, double Tolerance)
{
    /// <summary>Whether there is a row, and every row passes.</summary>
    public bool Passed => Blocks.Count > 0 && Blocks.All(block => block.Passes(Tolerance));

    /// <summary>
    /// Whether a row differs. If none does and yet not every row passes, a row has no coordinate that could be compared, for instance
    /// because all its units are at the kink of ReLU: then nothing is proved.
    /// </summary>
    public bool Differs => Blocks.Any(block => block.Checked > 0 && !block.Passes(Tolerance));

    /// <summary>The largest relative error of all rows; NaN if one of them is NaN, or if there are none.</summary>
    public double LargestError =>
        Blocks.Count == 0 ? double.NaN : Blocks.Aggregate(0.0, (largest, block) => Math.Max(largest, block.RelativeError));

    /// <summary>The rows as a plain text table, and the verdict.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{"layer",5}  {"block",-7}  {"|backprop|",11}  {"|numerical|",11}  {"error",8}  {"checked",7}  {"kinks",5}\n");
        foreach (GradientBlock row in Blocks)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{row.Layer,5}  {row.Name,-7}  {row.BackpropagationNorm,11:0.00000E+00}  {row.NumericalNorm,11:0.00000E+00}  ");
            text.Append(CultureInfo.InvariantCulture,
                $"{row.RelativeError,8:0.00E+00}  {row.Checked,7}  {row.OnKink,5}{Verdict(row)}\n");
        }
        text.Append(CultureInfo.InvariantCulture,
            $"{(Passed ? "passed" : Differs ? "FAILED" : "inconclusive")}: ");
        text.Append(CultureInfo.InvariantCulture, $"largest error {LargestError:0.00E+00}, allowed {Tolerance:0E+00}");
        return text.ToString();
    }

    private string Verdict(GradientBlock row) => row.Checked == 0 ? "  not compared" : row.Passes(Tolerance) ? "" : "  differs";
}
