using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>Targets that a loss can learn, drawn at random.</summary>
/// <param name="Labels">[examples]; empty if the targets are values.</param>
/// <param name="Values">[examples, outputs]; empty if the targets are classes.</param>
/// <param name="Outputs">Outputs of the network.</param>
/// <param name="Weights">[examples], among them zeros; empty if all count 1.</param>
internal sealed record DrawnTargets(int[] Labels, float[] Values, int Outputs, float[] Weights)
{
    public TargetBatch Batch =>
        Labels.Length > 0 ? TargetBatch.FromLabels(Labels, Weights) : TargetBatch.FromValues(Values, Outputs, Weights);

    public int Count => Values.Length / Outputs + Labels.Length;

    /// <summary>For the reference, [examples, outputs].</summary>
    public double[] Ys
    {
        get
        {
            double[] ys = Labels.Length > 0 ? new double[Labels.Length * Outputs] : [.. Values.Select(value => (double)value)];
            for (int i = 0; i < Labels.Length; i++)
                OneHot.Encode(Labels[i], ys.AsSpan(i * Outputs, Outputs));
            return ys;
        }
    }

    public double Weight(int example) => Weights.Length == 0 ? 1 : Weights[example];

    /// <summary>Each loss with its default parameters, and with others if it has some.</summary>
    public static IEnumerable<Loss> Losses() => Loss.All.Concat(
        Loss.All.Where(loss => loss.Parameters.Count > 0).Select(
            loss => loss.Parameters.Aggregate(loss, (kind, parameter) => parameter.With(kind, parameter.ValueOf(kind) * 0.5f + 0.1f))));

    /// <summary>
    /// Each of them with each output activation whose derivative is right: the loss's number in that list, and the output's name.
    /// </summary>
    public static IEnumerable<(int Loss, string Output)> Pairs() =>
        from loss in Losses().Index()
        from output in loss.Item.OutputActivations
        where output.HasTrueDerivative
        select (loss.Index, output.Name);

    /// <summary>Draws targets.</summary>
    /// <param name="loss">Decides what they may be.</param>
    /// <param name="asValues">Whether to draw values if the loss takes classes too.</param>
    /// <param name="examples">Examples.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="random">Where they come from.</param>
    /// <param name="weighted">Whether examples have weights, every fourth of which is 0.</param>
    public static DrawnTargets Draw(Loss loss, bool asValues, int examples, int outputs, Random random, bool weighted = false)
    {
        bool classes = loss.TakesClasses && !(asValues && loss.TakesValues);
        var (least, most) = loss.TargetRange;
        return new DrawnTargets(
            [.. Enumerable.Range(0, classes ? examples : 0).Select(_ => random.Next(outputs))],
            [.. Enumerable.Range(0, classes ? 0 : examples * outputs)
                .Select(_ => Math.Clamp((float)(4 * random.NextDouble() - 1.5), least, most))],
            outputs,
            [.. Enumerable.Range(0, weighted ? examples : 0).Select(i => i % 4 == 0 ? 0f : (float)(3 * random.NextDouble()))]);
    }
}
