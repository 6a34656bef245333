using System.Text.Json.Nodes;

namespace Nabla.Cli.Tests;

/// <summary><c>nabla verify</c>: the bits of a run, epoch by epoch.</summary>
public sealed class VerifyTests
{
    private const string Quick = "--layers 8 --epochs 5 --batch-size 16";

    private static Session Trained(string options = "") =>
        new Session().With("tiny.npz", Sample.Npz()).RunSilently($"train tiny.npz {Quick} {options}");

    private static void Change(Session session, Action<JsonNode> change)
    {
        var receipt = JsonNode.Parse(File.ReadAllText(session.PathOf("model.run/run.json")))!;
        change(receipt);
        session.With("model.run/run.json", receipt.ToJsonString());
    }

    [Fact]
    public void Equal_bits_are_reported() => Snapshot.Matches(
        Trained().Run("verify model.run/run.json").Run("verify model.run/run.json --threads 1 --json"));

    [Theory]
    [InlineData("--engine per-example --optimizer sgd")]
    [InlineData("--members 3")]
    [InlineData("--validation none --dropout 0.5")]
    [InlineData("--patience 1")]
    public void Every_kind_of_run_can_be_verified(string options) =>
        Assert.Equal(ExitCode.Done, Trained(options).Run("verify model.run/run.json").ExitCode);

    [Fact]
    public void The_first_epoch_that_differs_is_named()
    {
        using var session = Trained();
        Change(session, receipt => receipt["epochs"]![3]!["fingerprint"] = "sha256:other");
        Change(session, receipt => receipt["epochs"]![4]!["fingerprint"] = "sha256:other");
        session.Run("verify model.run/run.json --json");
        Assert.Equal(ExitCode.CheckFailed, session.ExitCode);
        Assert.Contains("\"equal\":false,\"compared\":3,\"first-difference\":3", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_differs_is_named()
    {
        using var session = Trained("--members 3");
        Change(session, receipt => receipt["members"]![1]!["fingerprint"] = "sha256:other");
        session.Run("verify model.run/run.json");
        Assert.Equal(ExitCode.CheckFailed, session.ExitCode);
        Assert.StartsWith("The bits differ at member 1: ", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--members 3")]
    public void A_receipt_without_fingerprints_is_refused(string options)
    {
        using var session = Trained(options);
        Change(session, receipt =>
            (receipt["epochs"], receipt["members"], receipt["fingerprint"]) = (new JsonArray(), new JsonArray(), null));
        Assert.Equal(ExitCode.InvalidInput, session.Run("verify model.run/run.json").ExitCode);
        Assert.Contains("it has none yet", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Epochs_that_are_not_trained_are_missed()
    {
        using var session = Trained();
        Change(session, receipt =>
        {
            var epoch = receipt["epochs"]![4]!.DeepClone();
            epoch["epoch"] = 5;
            receipt["epochs"]!.AsArray().Add(epoch);
        });
        Assert.Equal(ExitCode.CheckFailed, session.Run("verify model.run/run.json").ExitCode);
        Assert.Equal("The receipt has 6 epochs, and 5 of them were found.\n", session.Output);
    }

    [Theory]
    [InlineData("data", "the training data differ")]
    [InlineData("validation", "the validation data differ")]
    public void Other_data_are_refused(string key, string why)
    {
        using var session = Trained();
        Change(session, receipt => receipt[key] = "sha256:other");
        Assert.Equal(ExitCode.InvalidInput, session.Run("verify model.run/run.json").ExitCode);
        Assert.Contains(why, session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_of_the_receipt_count_not_the_defaults_of_this_version()
    {
        using var session = Trained();
        Change(session, receipt => receipt["options"]!["seed"] = 7);
        session.Run("verify model.run/run.json");
        Assert.Equal(ExitCode.CheckFailed, session.ExitCode);
        Assert.StartsWith("The bits differ at epoch 0: ", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_not_complete_is_compared_as_far_as_it_went()
    {
        using var session = Trained();
        Change(session, receipt =>
        {
            receipt.AsObject().Remove("fingerprint");
            receipt["epochs"]!.AsArray().RemoveAt(4);
            receipt["epochs"]!.AsArray().RemoveAt(3);
        });
        session.Run("verify model.run/run.json");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.StartsWith("3 epochs are equal; the run of the receipt was not complete.", session.Output, StringComparison.Ordinal);
    }
}
