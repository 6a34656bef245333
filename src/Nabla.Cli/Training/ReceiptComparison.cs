namespace Nabla.Cli;

/// <summary>Trains again as a receipt says, and compares fingerprints on the way.</summary>
internal sealed class ReceiptComparison(RunReceipt receipt, string path, TrainingPlan plan, Terminal terminal)
{
    /// <summary>What the comparison found.</summary>
    /// <param name="AreEqual">Whether all fingerprints of the receipt were found again.</param>
    /// <param name="Compared">Number of epochs, or of members, that are equal.</param>
    /// <param name="FirstDifference">The first epoch, or member, that differs.</param>
    /// <param name="Text">The finding in words.</param>
    internal readonly record struct Result(bool AreEqual, int Compared, int? FirstDifference, string Text);

    /// <summary>Repeats the training of a single network, as far as the receipt goes.</summary>
    /// <exception cref="InvalidInputException">The data are others.</exception>
    public Result Repeat(RequestedRun run)
    {
        RequireFingerprints(receipt.Epochs.Count);
        var data = TrainingData.Load(run.Request, run.Validation, plan, terminal);
        var training = plan.Begin(data.Train, data.Validation);
        RequireSame(RunRecord.Description(data.Train, data.Validation, training.Model.Options, plan.Settings.Engine, terminal));
        int compared = 0;
        foreach (var epoch in training.Epochs(cancellationToken: terminal.Interruption.Token))
        {
            var expected = receipt.Epochs.FirstOrDefault(before => before.Epoch == epoch.Epoch);
            if (expected is not null && expected.Fingerprint != training.Model.Fingerprint)
                return Differs($"epoch {epoch.Epoch}", epoch.Epoch, compared, expected.Fingerprint, training.Model.Fingerprint);
            compared += expected is null ? 0 : 1;
            if (receipt.Fingerprint is null && compared == receipt.Epochs.Count)
                return new(true, compared, null, $"{compared} epochs are equal; the run of the receipt was not complete.");
        }
        return End(training.Model.Fingerprint, compared, receipt.Epochs.Count, "epochs");
    }

    /// <summary>Repeats the training of an ensemble.</summary>
    /// <exception cref="InvalidInputException">The data are others.</exception>
    public Result RepeatEnsemble(RequestedRun run)
    {
        RequireFingerprints(receipt.Members.Count);
        var data = FoldData.Load(run.Request, run.Validation, plan, terminal);
        var training = plan.BeginEnsemble(data.Train, run.Members, null);
        RequireSame(RunRecord.Description(data.Train, null, training.Options, plan.Settings.Engine, terminal) with
        {
            MemberCount = run.Members,
        });
        training.Run(cancellationToken: terminal.Interruption.Token);
        int compared = 0;
        foreach (var member in training.Members)
        {
            var expected = receipt.Members.FirstOrDefault(before => before.Member == member.Member);
            if (expected is not null && expected.Fingerprint != member.Model.Fingerprint)
                return Differs($"member {member.Member}", member.Member, compared, expected.Fingerprint, member.Model.Fingerprint);
            compared += expected is null ? 0 : 1;
        }
        return End(training.CreateModel().Fingerprint, compared, receipt.Members.Count, "members");
    }

    private void RequireSame(RunReceipt now)
    {
        if (receipt.FindDifference(now) is { } difference)
        {
            throw new InvalidInputException(
                $"cannot verify {terminal.DisplayPath(path)}", "what the run began with", difference,
                "Run the command in the folder where the run began, with the same data.");
        }
    }

    private void RequireFingerprints(int count)
    {
        if (count == 0 && receipt.Fingerprint is null)
        {
            throw new InvalidInputException(
                $"cannot verify {terminal.DisplayPath(path)}", "its fingerprints", "it has none yet: the run was interrupted too early",
                "Resume the run first.");
        }
    }

    private Result End(string fingerprint, int compared, int listed, string unit) =>
        receipt.Fingerprint is { } expected && expected != fingerprint
            ? Differs("the model", null, compared, expected, fingerprint)
        : compared < listed
            ? new(false, compared, null, $"The receipt has {listed} {unit}, and {compared} of them were found.")
            : new(true, compared, null, $"{compared} {unit} are equal. Fingerprint: {fingerprint}");

    private Result Differs(string where, int? number, int compared, string expected, string found) => new(
        false, compared, number, $"The bits differ at {where}: the receipt has {expected}, and this machine gets {found}."
            + (receipt.Version == RunRecord.Version
                ? ""
                : $" The receipt is of version {receipt.Version}, and this is {RunRecord.Version}: formulas may have changed."));
}
