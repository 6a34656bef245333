namespace Nabla.Tests;

/// <summary>Receipts as files, and what tells two apart.</summary>
public sealed class RunReceiptTests : IDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("nabla-").FullName, "run.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    private static RunReceipt Receipt => new()
    {
        Options = new TrainingOptions { Hidden = [7], Epochs = 3, Dropout = 0.25f },
        Data = "sha256:1", Validation = "sha256:2", Command = "nabla train 'my data.csv' --epochs 3", Engine = "vectorized",
        MemberCount = 2,
        Version = "1.2.3", Machine = "a machine", Began = new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)),
        Epochs =
        [
            new(0, 0.5, "sha256:3", [KeyValuePair.Create("accuracy", 0.75), KeyValuePair.Create("r2", double.NaN)]),
            new(1, 1.0 / 3, "sha256:4", []),
        ],
        Members = [new(0, "sha256:5"), new(1, "sha256:6")],
        Fingerprint = "sha256:7",
    };

    [Fact]
    public void A_receipt_is_read_as_it_was_written()
    {
        Receipt.Save(path);
        string text = File.ReadAllText(path);
        var read = RunReceipt.Load(path);
        Assert.Null(Receipt.FindDifference(read));
        Assert.Equal(Receipt.Command, read.Command);
        Assert.Equal(Receipt.Began, read.Began);
        Assert.Equal(Receipt.Members, read.Members);
        Assert.Equal(Receipt.Epochs.Select(epoch => (epoch.Epoch, epoch.Loss, epoch.Fingerprint)),
            read.Epochs.Select(epoch => (epoch.Epoch, epoch.Loss, epoch.Fingerprint)));
        Assert.Equal(Receipt.Epochs[0].Metrics, read.Epochs[0].Metrics);
        read.Save(path);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public void What_differs_is_named()
    {
        var options = Receipt.Options;
        Assert.Equal("the training data differ", Receipt.FindDifference(Receipt with { Data = "sha256:9" }));
        Assert.Equal("the validation data differ", Receipt.FindDifference(Receipt with { Validation = null }));
        Assert.Equal("the engine was vectorized, and is per-example", Receipt.FindDifference(Receipt with { Engine = "per-example" }));
        Assert.Equal("there were 2 members, and are 1", Receipt.FindDifference(Receipt with { MemberCount = null }));
        Assert.Equal(
            "dropout was 0.25, and is not given", Receipt.FindDifference(Receipt with { Options = options with { Dropout = 0 } }));
        Assert.Equal("seed was 1, and is 2", Receipt.FindDifference(Receipt with { Options = options with { Seed = 2 } }));
        Assert.Null(Receipt.FindDifference(Receipt with { Options = options with { Threads = 7 }, Fingerprint = null }));
    }

    [Fact]
    public void Epochs_that_are_trained_again_replace_those_before()
    {
        var again = Receipt.With(new ReceiptEpoch(1, 2, "sha256:8", [])).With(new ReceiptEpoch(2, 3, "sha256:9", []));
        Assert.Equal(["sha256:3", "sha256:8", "sha256:9"], again.Epochs.Select(epoch => epoch.Fingerprint));
        Assert.Single(again.With(new ReceiptEpoch(0, 2, "sha256:8", [])).Epochs);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "\"epoch\": 1", "\"epoch\": 0" },
        { "\"epoch\": 0", "\"epoch\": -1" },
        { "\"member\": 1", "\"member\": 0" },
        { "\"data\": \"sha256:1\"", "\"data\": \"sha256:1\", \"data\": \"sha256:2\"" },
        { "\"epochs\": 3", "\"epochs\": -3" },
        { "\"epochs\": 3", "\"epoch\": 3" },
        { "nabla-run-1", "nabla-run-2" },
        { "\"began\": \"2024", "\"began\": \"20244" },
        { "\"loss\": 0.5", "\"loss\": \"low\"" },
        { "\"engine\": \"vectorized\"", "\"engine\": null" },
        { "sha256:7\"\n}", "sha256:7\"" },
        { "{\n", "[{\n" },
        { "\"loss\": 0.5", "\"loss\": 1e999" },
        { "\"member-count\": 2", "\"member-count\": 0" },
        { "\"accuracy\": 0.75", "\"accuracy\": 1e999" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_receipt_is_refused(string text, string other)
    {
        Receipt.Save(path);
        string content = File.ReadAllText(path);
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllText(path, content.Replace(text, other, StringComparison.Ordinal));
        Assert.Throws<InvalidInputException>(() => RunReceipt.Load(path));
    }

    [Theory]
    [InlineData("\"epoch\": 1,", "\"epoch\": 1;")]
    [InlineData("\"sha256:1\"", "'sha256:1'")]
    public void The_message_has_the_byte_at_which_the_text_is_no_JSON(string text, string other)
    {
        Receipt.Save(path);
        string content = File.ReadAllText(path).Replace(text, other, StringComparison.Ordinal);
        File.WriteAllText(path, content);
        int place = content.IndexOf(other, StringComparison.Ordinal) + Math.Max(0, other.IndexOf(';', StringComparison.Ordinal));
        Assert.Equal($"byte {place}", Assert.Throws<InvalidInputException>(() => RunReceipt.Load(path)).Where);
    }

    [Fact]
    public void A_key_that_is_there_twice_has_no_place()
    {
        File.WriteAllText(path, "{\n\"format\": \"nabla-run-1\",\n\"data\": \"a\", \"data\": \"b\"}");
        var error = Assert.Throws<InvalidInputException>(() => RunReceipt.Load(path));
        Assert.Equal("the whole file", error.Where);
        Assert.Contains("data", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_of_a_program_without_validation_is_read_as_it_was_written()
    {
        var receipt = Receipt with { Command = null, Validation = null, MemberCount = null, Fingerprint = null, Epochs = [], Members = [] };
        receipt.Save(path);
        Assert.DoesNotContain("null", File.ReadAllText(path), StringComparison.Ordinal);
        var read = RunReceipt.Load(path);
        Assert.Equal(
            ((string?)null, (string?)null, (int?)null, (string?)null), (read.Command, read.Validation, read.MemberCount, read.Fingerprint));
        Assert.Equal("a training run: 0 epochs, not complete", read.ToString());
        Assert.Equal("nabla train 'my data.csv' --epochs 3: 2 epochs, sha256:7", Receipt.ToString());
    }

    [Fact]
    public void An_entry_has_the_figures_of_its_epoch()
    {
        EpochReport? last = null;
        var data = RandomData.Blobs(40);
        var model = Classifier.Train(data, new TrainingOptions { Hidden = [3], Epochs = 1 }, data, report => last = report);
        var entry = ReceiptEpoch.From(last!, model);
        Assert.Equal((0, last!.Loss, model.Fingerprint), (entry.Epoch, entry.Loss, entry.Fingerprint));
        Assert.Equal(last.Validation!.Metrics.Select(metric => (metric.Name, metric.Value)), entry.Metrics.Select(m => (m.Key, m.Value)));
        Assert.Empty(ReceiptEpoch.From(last with { Validation = null }, model).Metrics);
    }

    [Fact]
    public void Members_are_in_the_order_of_their_numbers()
    {
        var receipt = (Receipt with { Members = [new(1, "sha256:6")] }).With(new ReceiptMember(0, "sha256:5"));
        Assert.Equal(Receipt.Members, receipt.Members);
        Assert.Equal("sha256:9", receipt.With(new ReceiptMember(1, "sha256:9")).Members[1].Fingerprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\": null}")]
    [InlineData("[1, 2]")]
    [InlineData("\"nabla-run-1\"")]
    [InlineData("{\"format\": 1}")]
    public void Other_files_are_refused(string content)
    {
        File.WriteAllText(path, content);
        Assert.Throws<InvalidInputException>(() => RunReceipt.Load(path));
    }
}
