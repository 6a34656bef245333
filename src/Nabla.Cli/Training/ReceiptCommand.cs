namespace Nabla.Cli;

/// <summary>How a receipt says that its run is repeated: by the words of its command, and the options that they had.</summary>
internal static class ReceiptCommand
{
    /// <summary>The words after <c>nabla train</c>.</summary>
    /// <exception cref="InvalidInputException">The receipt has no command, or not a plain one that trains.</exception>
    public static IReadOnlyList<string> WordsOf(RunReceipt receipt, string path)
    {
        if (receipt.Command is not { } command || !ModelNotes.IsPlainCommand(command))
        {
            throw new InvalidInputException(
                $"cannot repeat the run of {path}", "its command", "it has none that begins with nabla train and writes no file by itself",
                "Use the run.json that nabla train wrote.");
        }
        return [.. ShellWord.Split(command).Skip(ShellWord.Split(ModelNotes.TrainCommand).Count)];
    }

    /// <summary>A new run with the options of the receipt, whatever the defaults of this version are.</summary>
    public static TrainingPlan PlanOf(RunReceipt receipt, int threads, RankTeam? ranks = null)
    {
        var engine = receipt.Engine == RunRecord.NameOf(Engine.PerExample) ? Engine.PerExample : Engine.Vectorized;
        string options = string.Join(
            ' ', ShellWord.Split(receipt.Command!).Skip(3).Where(word => word != OnDiskSwitch.Text).Select(ShellWord.Quote));
        var settings = new TrainingSettings(new Preset(receipt.Options with { Threads = threads }), engine);
        return TrainingPlan.New(
            ranks?.Adapt(settings, areShardsGiven: true, receipt.MemberCount ?? 1) ?? settings, options, ranks?.Ranks);
    }
}
