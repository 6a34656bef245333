using System.Globalization;

namespace Nabla.Studio;

/// <summary>
/// How large a network may be. The pages share the machine with other programs: a mistyped size should not fill its memory.
/// </summary>
internal static class RunLimits
{
    /// <summary>The most parameters. With their gradients, the optimizer's state and the copies to draw, they take 32 bytes each.</summary>
    public const long Parameters = 10_000_000;

    /// <summary>The most neurons of a network, times the examples of a batch: each keeps z, a and an error.</summary>
    public const long BatchValues = 50_000_000;

    /// <summary>Checks the size before anything is allocated.</summary>
    /// <exception cref="InvalidInputException">The network is too large.</exception>
    public static void Require(Dataset train, TrainingOptions options)
    {
        int[] sizes = [train.Inputs.Columns, .. options.ResolvedLayers.Select(layer => layer.Outputs), train.Targets.Width];
        long parameters = 0, neurons = sizes.Sum(size => (long)size);
        for (int layer = 1; layer < sizes.Length; layer++)
            parameters += (sizes[layer - 1] + 1L) * sizes[layer];
        Require("the layers", parameters, Parameters, "parameters", "Choose smaller layers, or use nabla train.");
        Require(
            "the batches", neurons * Math.Min(options.BatchSize, train.Count), BatchValues, "values of neurons",
            "Choose a smaller batch size, or use nabla train.");
    }

    private static void Require(string where, long count, long most, string what, string remedy)
    {
        if (count > most)
        {
            string why = string.Create(CultureInfo.InvariantCulture, $"they have {count:N0} {what}, and the studio takes up to {most:N0}");
            throw new InvalidInputException("cannot train this network here", where, why, remedy);
        }
    }
}
