using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Nabla.Tables;

namespace Nabla.Studio.Tests;

/// <summary>The studio of a program: started, used and stopped with its public types.</summary>
public sealed class ProgramTests
{
    private static readonly Lazy<(Classifier Model, Dataset Data)> Small = new(() =>
    {
        var data = Digits.Generate(300, seed: 4);
        return (Classifier.Train(data, new TrainingOptions { Hidden = [8], Epochs = 1 }), data);
    });

    [Fact]
    public async Task A_program_starts_the_studio_with_its_model_and_data()
    {
        var options = new StudioOptions { Model = Small.Value.Model, ModelName = "my digits", Data = Small.Value.Data };
        await using var studio = await StudioServer.StartAsync(options, TestContext.Current.CancellationToken);
        using var client = await Open(studio);
        Assert.Contains("<html", await client.GetStringAsync("/draw"), StringComparison.Ordinal);
        var reader = await Get(client, "/api/reader");
        Assert.Equal("my digits", reader.GetProperty("title").GetString());
        Assert.False(reader.TryGetProperty("whyNotTrained", out _));
        Assert.Equal(300, (await Get(client, "/api/steps?network=reader")).GetProperty("example").GetProperty("count").GetInt32() + 60);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_code_of_a_program_s_data_is_a_program_and_no_command(bool hasTest)
    {
        var (model, data) = Small.Value;
        var options = new StudioOptions { Model = model, Data = data, TestData = hasTest ? Digits.Generate(50, seed: 5) : null };
        await using var studio = await StudioServer.StartAsync(options, TestContext.Current.CancellationToken);
        using var client = await Open(studio);
        var given = (await Get(client, "/api/catalogue")).GetProperty("data")[0];
        Assert.Equal(data.Name, given.GetProperty("title").GetString());
        var wanted = new { data = given.GetProperty("name").GetString(), options = new { layers = "6", epochs = "1", seed = "9" } };
        using var answer = await client.PostAsJsonAsync("/api/code", wanted);
        var code = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("", code.GetProperty("command").GetString());
        Assert.Equal("These options, in C#.", code.GetProperty("note").GetString());
        string program = code.GetProperty("program").GetString()!;
        Assert.Contains(hasTest ? "train and test are the data" : "HoldOut(data, 0.2, seed: 9)", program, StringComparison.Ordinal);
        using var started = await client.PostAsJsonAsync("/api/run", wanted);
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        await StudioFixture.Until(() => studio.Studio.Workshop.Current!.HasEnded);
        var run = studio.Studio.Workshop.Current!;
        Assert.Equal(hasTest ? 50 : 60, run.Data!.Test.Count);
        var (train, _) = hasTest ? (data, null) : DatasetSplit.HoldOut(data, 0.2, 9);
        var same = Classifier.Train(train, new TrainingOptions { Hidden = [6], Epochs = 1, Seed = 9 });
        Assert.Equal(same.Fingerprint, run.Result!.Fingerprint);
    }

    [Fact]
    public async Task Columns_of_a_program_s_table_have_their_names()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{(i < 20 ? "low" : "high")}\n"));
        using var csv = new MemoryStream(System.Text.Encoding.UTF8.GetBytes("amount,level\n" + rows));
        var table = TableDataset.Fit(Table.FromCsv(csv, null, "levels"), new TableOptions { Targets = ["level"] });
        var options = new StudioOptions { Model = Small.Value.Model, Data = table.Data, Encoding = table.Encoding };
        await using var studio = await StudioServer.StartAsync(options, TestContext.Current.CancellationToken);
        using var client = await Open(studio);
        var wanted = new { data = "given", options = new { layers = "none", epochs = "1" } };
        using var started = await client.PostAsJsonAsync("/api/run", wanted);
        await StudioFixture.Until(() => studio.Studio.Workshop.Current!.HasEnded);
        using var mistakes = await client.PostAsJsonAsync("/api/mistakes", new { source = "run" });
        var message = await mistakes.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("amount", Assert.Single(message.GetProperty("columns").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Without_options_a_model_is_trained_and_stopping_ends_it()
    {
        var lines = new ConcurrentQueue<string>();
        string empty = Directory.CreateTempSubdirectory("nabla-studio-").FullName;
        var studio = await StudioServer.StartAsync(
            new StudioOptions { Mnist = MnistOptions.ForProcess(empty), Inform = lines.Enqueue }, TestContext.Current.CancellationToken);
        Assert.Contains("on digits, the built-in set", Assert.Single(lines), StringComparison.Ordinal);
        using var client = await Open(studio);
        Assert.Equal("digits", (await Get(client, "/api/catalogue")).GetProperty("current").GetProperty("data").GetString());
        await studio.DisposeAsync();
        await studio.DisposeAsync();
        studio.Dispose();
        await StudioFixture.Until(() => studio.Studio.Workshop.Current!.HasEnded);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/draw"));
    }

    [Fact]
    public async Task Training_has_the_threads_of_the_options()
    {
        using var studio = StudioFixture.WithThreads(1);
        await studio.Start("xor", new() { ["layers"] = "4", ["epochs"] = "1" });
        Assert.Equal(1, studio.Server.Studio.Workshop.Current!.Plan.Options.Threads);
    }

    [Fact]
    public async Task Options_that_cannot_be_used_are_refused_before_anything_starts()
    {
        foreach (var (options, expected) in new[]
        {
            (new StudioOptions { Port = -1 }, "The port is -1"), (new StudioOptions { Port = 65536 }, "The port is 65536"),
            (new StudioOptions { Threads = -1 }, "The number of threads is -1"),
            (new StudioOptions { Threads = 1025 }, "The number of threads is 1025"),
            (new StudioOptions { TestData = Small.Value.Data }, "no data to train on"),
        })
        {
            var error = await Assert.ThrowsAsync<InvalidOptionException>(() => StudioServer.StartAsync(options));
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
        await using var first = await StudioServer.StartAsync(new StudioOptions { Model = Small.Value.Model });
        var taken = new StudioOptions { Model = Small.Value.Model, Port = first.Port };
        await Assert.ThrowsAsync<IOException>(() => StudioServer.StartAsync(taken));
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => StudioServer.StartAsync(new StudioOptions { Model = Small.Value.Model }, ended.Token));
    }

    /// <summary>A client that has come in by the address, as a browser does.</summary>
    private static async Task<HttpClient> Open(StudioServer studio)
    {
        var client = new HttpClient { BaseAddress = new Uri(studio.Address) };
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var page = await client.GetAsync(new Uri(studio.Address));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.EndsWith("/draw", page.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        return client;
    }

    private static async Task<JsonElement> Get(HttpClient client, string path) =>
        JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;
}
