using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>--checkpoint-every</c>: how often a training run is saved while it runs.</summary>
internal sealed class CheckpointOption() : ValueOption<CheckpointInterval>(
    "--checkpoint-every", "INTERVAL",
    $"How often to save a checkpoint, from which nabla resume continues: 30s, 5m, 2h, 5epochs, or none (default: {Default}).",
    new ValueFormat<CheckpointInterval>("a time such as 30s, 5m or 2h, a number of epochs such as 5epochs, or none", $"{Default}", Read)
    {
        Candidates = _ => Candidate.Names([$"{Default}", "1epoch", "none"]),
    })
{
    /// <summary>Runs that end sooner write no checkpoint.</summary>
    private static readonly CheckpointInterval Default = CheckpointInterval.Every(TimeSpan.FromMinutes(1));

    /// <summary>The user's value, or the default.</summary>
    public CheckpointInterval ValueOr(ParseResult parse) => ValueOr(parse, Default);

    private static bool Read(string text, out CheckpointInterval interval) => CheckpointInterval.TryParse(text, out interval);
}
