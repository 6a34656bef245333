using System.Text.Json;

namespace Nabla.Tests;

/// <summary>Where a training run was interrupted: what a file says of it, and what cannot be.</summary>
public class InterruptionTests
{
    private static readonly DataDigest Data = DataDigest.Of(RandomData.Blobs(40));

    private static Interruption At(int epoch, int batch, int examples, BestScore? best = null) =>
        new(new TrainingPosition(epoch, batch, examples, 1.5), ScheduleState.Initial, Data, null, best, []);

    // Runs of 5 epochs of 3 batches: 16, 16 and 8 examples.
    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(4, 2, 32, true)]
    [InlineData(4, 3, 40, true)]
    [InlineData(5, 0, 0, false)]
    [InlineData(0, 4, 40, false)]
    [InlineData(0, 2, 31, false)]
    [InlineData(0, 3, 48, false)]
    public void A_run_stops_between_two_batches(int epoch, int batch, int examples, bool isPossible)
    {
        var options = new TrainingOptions { Epochs = 5, BatchSize = 16 };
        Assert.Equal(isPossible, At(epoch, batch, examples).IsPossible(options, batchCount: 3, examples: 40));
    }

    [Theory]
    [InlineData(true, 0, null, null, true)]
    [InlineData(true, 1, null, null, true)] // no error was finite
    [InlineData(true, 3, 2, 2, true)]
    [InlineData(true, 3, 3, 3, false)]
    [InlineData(true, 3, 1, 1, true)]
    [InlineData(true, 4, 1, 1, false)] // the patience of two epochs had run out
    [InlineData(false, 3, 2, 2, false)]
    [InlineData(false, 3, null, null, true)]
    public void The_best_epoch_is_one_before_if_it_is_kept(bool isKept, int epoch, int? best, int? reached, bool isPossible)
    {
        var options = new TrainingOptions { Epochs = 5, BatchSize = 16, Patience = isKept ? 2 : null };
        var score = best is { } number ? new BestScore(number, reached!.Value, 0.5) : null;
        Assert.Equal(isPossible, At(epoch, 0, 0, score).IsPossible(options, batchCount: 3, examples: 40));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        ScheduleState[] states = [ScheduleState.Initial, new(0.25, null, 3), new(0, -0.5, 0), new(1, 2, 1)];
        foreach (var state in states)
        {
            foreach (var best in new[] { null, new BestScore(2, 0, 0.125), new BestScore(0, 0, 0) })
            {
                var written = At(3, 1, 16, best) with { Schedule = state, Validation = best is null ? null : "" };
                var read = Read(JsonAccess.ToText(written.Write));
                Assert.Equal(written, read with { MeasuredStep = written.MeasuredStep });
            }
        }
    }

    [Theory]
    [InlineData("""{"epoch":1,"reached":2,"error":0}""", "the best epoch cannot be 1, with the error 0 first reached in epoch 2")]
    [InlineData("""{"epoch":1,"reached":-1,"error":0}""", "first reached in epoch -1")]
    [InlineData("""{"epoch":1,"reached":1,"error":1e999}""", "first reached in epoch 1")]
    [InlineData("""{"epoch":1,"reached":1}""", "\"error\" is missing")]
    [InlineData("[]", "\"epoch\" is missing")]
    public void A_best_epoch_that_cannot_be_is_refused(string best, string why)
    {
        string json = $$"""{"epoch":3,"batch":0,"examples":0,"loss-sum":0,"data":"d","best":{{best}}}""";
        Assert.Contains(why, Assert.Throws<FormatException>(() => Read(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Older_files_do_not_say_what_the_data_are_made_of()
    {
        var older = Read("""{"epoch":3,"batch":0,"examples":0,"loss-sum":0,"data":"sha256:0"}""");
        Assert.Null(older.Data.Parts);
        Assert.Equal("their fingerprints differ", older.Data.Difference(RandomData.Blobs(40)));
        Assert.Null(Data.Difference(RandomData.Blobs(40)));
    }

    [Theory]
    [InlineData("null", "\"data\" has no value")]
    [InlineData("""
        "d","data-parts":{"examples":1,"features":2,"inputs":"i","targets":null,"weights":"w"}
        """, "\"targets\" has no value")]
    [InlineData("""
        "d","data-parts":{"examples":1,"inputs":"i","targets":"t","weights":"w"}
        """, "\"features\" is missing")]
    public void Digests_that_are_missing_are_refused(string data, string why)
    {
        string json = $$"""{"epoch":3,"batch":0,"examples":0,"loss-sum":0,"data":{{data}}}""";
        Assert.Contains(why, Assert.Throws<FormatException>(() => Read(json)).Message, StringComparison.Ordinal);
    }

    private static Interruption Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Interruption.Read(document.RootElement, layers: 2);
    }
}
