using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nabla.Cli.Tests;

/// <summary>What a rank agrees on with the others. Real ranks are tested by tests/ranks/run.sh.</summary>
public sealed class RankTeamTests
{
    private readonly Training training = new Training<Classifier>(
        new Dataset(
            "points", FeatureTable.FromFloats([0, 1, 2, 3], 4, 1), new ClassTargets([0, 0, 1, 1], ["low", "high"])),
        new TrainingOptions { Hidden = [], Epochs = 2 });

    private static TrainingSettings Settings => TrainingSettings.FromPreset("default");

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void A_signal_to_any_rank_stops_all(bool own, bool other, bool stops)
    {
        using var signal = new CancellationTokenSource();
        using var team = new RankTeam(new TwoRanks([other ? (byte)1 : (byte)0]), signal.Token);
        if (own)
            signal.Cancel();
        team.AfterBatch();
        Assert.Equal(stops, team.Stop.IsCancellationRequested);
    }

    [Theory]
    [InlineData(false, 0, false)]
    [InlineData(true, 0, true)]
    [InlineData(false, 2, true)]
    [InlineData(false, 1, false)] // it is to stop
    [InlineData(false, 3, true)]
    public void All_ranks_take_part_in_a_checkpoint_of_one(bool own, byte other, bool isSaved)
    {
        using var signal = new CancellationTokenSource();
        using var team = new RankTeam(new TwoRanks([other]), signal.Token);
        Assert.Equal(isSaved, team.AfterBatch(own));
    }

    [Fact]
    public void A_rank_with_another_network_is_noticed_after_the_epoch()
    {
        using var same = Other(training.Model.Fingerprint, "0000000000 0000000000");
        same.AfterEpoch(training, 0);
        using var other = Other(training.Model.Fingerprint.Replace(':', '-'), "0000000000 0000000000");
        var error = Assert.Throws<CommunicationException>(() => other.AfterEpoch(training, 3));
        Assert.Equal("rank 0 of 2, epoch 3", error.Where);
        Assert.Equal("after this epoch, rank 1 has other parameters", error.Why);
    }

    [Fact]
    public void A_rank_that_begins_elsewhere_is_noticed_before_the_first_batch()
    {
        Assert.Single(training.Epochs().Take(1));
        using var same = Other(training.Model.Fingerprint, "0000000001 0000000000");
        same.BeforeTraining(training);
        using var other = Other(training.Model.Fingerprint, "0000000001 0000000001");
        var error = Assert.Throws<CommunicationException>(() => other.BeforeTraining(training));
        Assert.Equal("rank 1 begins with other parameters, or at another batch", error.Why);
    }

    [Theory]
    [InlineData("sha256:1", null, 0.5f, "1", null)]
    [InlineData("sha256:2", null, 0.5f, "1", "the training data differ")]
    [InlineData("sha256:1", "sha256:3", 0.5f, "1", "the validation data differ")]
    [InlineData("sha256:1", null, 0.25f, "1", "dropout")]
    [InlineData("sha256:1", null, 0.5f, "2", "the version of Nabla is 2, and that of rank 0 1")]
    public void A_rank_with_other_data_options_or_version_is_noticed(
        string data, string? validation, float dropout, string version, string? difference)
    {
        string? found = SecondOf(
            team => team.RequireSame(Receipt("sha256:1", null, 0.5f, "1")),
            team => team.RequireSame(Receipt(data, validation, dropout, version)));
        Assert.Equal(difference is null, found is null);
        Assert.Contains(difference ?? "", found ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sha256:1", "--epochs 3", null)]
    [InlineData("sha256:2", "--epochs 3", "the training data differ")]
    [InlineData("sha256:1", "--epochs 4", "it had --epochs 3, and the command has --epochs 4")]
    public void A_rank_that_searches_something_else_is_noticed(string data, string option, string? difference)
    {
        string? found = SecondOf(
            team => new SearchHeader("1", "sha256:1", ["--epochs 3"]).RequireSame(team),
            team => new SearchHeader("1", data, [option]).RequireSame(team));
        Assert.Equal(difference is null, found is null);
        Assert.Contains(difference ?? "", found ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_as_many_shards_as_ranks_unless_they_are_given()
    {
        using var team = new RankTeam(new TwoRanks([]), default);
        Assert.Equal(2, team.Adapt(Settings, areShardsGiven: false, members: 1).Options.Shards);
        Assert.Equal(1, team.Adapt(Settings, areShardsGiven: true, members: 1).Options.Shards);
    }

    [Fact]
    public void What_one_process_must_train_is_refused()
    {
        using var team = new RankTeam(new TwoRanks([]), default);
        Assert.Throws<UsageException>(() => team.Adapt(Settings, areShardsGiven: false, members: 2));
        Assert.Throws<UsageException>(() => team.Adapt(Settings with { Engine = Engine.PerExample }, areShardsGiven: false, members: 1));
    }

    [Fact]
    public void A_process_alone_sends_nothing()
    {
        using var team = new RankTeam(null, default);
        team.AfterBatch();
        team.BeforeTraining(training);
        team.AfterEpoch(training, 0);
        team.Close();
        Assert.False(team.IsFollower);
        Assert.Same(Settings.Preset, team.Adapt(Settings, areShardsGiven: false, members: 2).Preset);
    }

    private static RunReceipt Receipt(string data, string? validation, float dropout, string version) => new()
    {
        Options = new TrainingOptions { Dropout = dropout }, Data = data, Validation = validation, Version = version, Machine = "here",
        Began = DateTimeOffset.UnixEpoch,
    };

    /// <summary>What rank 1 of two finds wrong.</summary>
    private static string? SecondOf(Action<RankTeam> first, Action<RankTeam> second)
    {
        string? why = null;
        LocalCommunicators.Run(2, ranks =>
        {
            using var team = new RankTeam(ranks, default);
            if (ranks.Rank == 0)
            {
                first(team);
                return;
            }
            try
            {
                second(team);
            }
            catch (CommunicationException e)
            {
                why = e.Why;
            }
        });
        return why;
    }

    /// <summary>Rank 0 of two, whose other rank has this network at this epoch and batch.</summary>
    private static RankTeam Other(string fingerprint, string position) =>
        new(new TwoRanks(Encoding.ASCII.GetBytes($"{fingerprint} {position}")), default);

    /// <summary>Rank 0 of two, whose other rank always sends the same bytes.</summary>
    private sealed class TwoRanks(byte[] other) : ICommunicator
    {
        public int Rank => 0;

        public int Size => 2;

        public void Send(ReadOnlySpan<byte> bytes, int to) => throw new NotSupportedException();

        public void Receive(Span<byte> bytes, int from) => throw new NotSupportedException();

        public void SendReceive(ReadOnlySpan<byte> sent, int to, Span<byte> received, int from)
        {
            Assert.Equal((1, 1, received.Length), (to, from, sent.Length));
            other.CopyTo(received);
        }

        public void Broadcast(Span<byte> bytes, int root) => throw new NotSupportedException();

        public void Barrier() => throw new NotSupportedException();

        [DoesNotReturn]
        public void Abort(int exitCode) => throw new NotSupportedException();

        public void Close() => throw new NotSupportedException();
    }
}
