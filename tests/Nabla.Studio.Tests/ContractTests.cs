using System.Net;
using System.Text.Json;

namespace Nabla.Studio.Tests;

/// <summary>The messages between the pages and the server.</summary>
public sealed class ContractTests(StudioFixture studio) : IClassFixture<StudioFixture>
{
    private static readonly double[] Seven = [150, 120, 400, 120, 300, 330, 260, 460];

    private static object Drawing(params double[][] strokes) => new { width = 560, height = 560, pen = 40, strokes };

    [Fact]
    public async Task A_drawing_is_read_with_all_that_the_page_shows()
    {
        var reading = await studio.Post("/api/read", Drawing(Seven));
        Assert.False(reading.TryGetProperty("problem", out _));
        var scores = reading.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble()).ToArray();
        Assert.Equal(10, scores.Length);
        Assert.Equal(1, scores.Sum(), 3);
        Assert.Equal(scores.Max(), scores[reading.GetProperty("predicted").GetInt32()]);
        Assert.Equal(784, reading.GetProperty("pixels").GetBytesFromBase64().Length);
        byte[] saliency = reading.GetProperty("saliency").GetBytesFromBase64();
        Assert.Equal(784, saliency.Length);
        Assert.Contains(saliency, value => value is 1 or 255);
        var hidden = Assert.Single(reading.GetProperty("hidden").EnumerateArray());
        Assert.Equal(48, hidden.GetProperty("levels").GetBytesFromBase64().Length);
        Assert.Equal(8, hidden.GetProperty("top").GetArrayLength());
    }

    [Fact]
    public async Task An_empty_pad_and_a_full_one_are_said_to_be_so()
    {
        Assert.Contains("empty", (await studio.Post("/api/read", Drawing())).GetProperty("problem").GetString(), StringComparison.Ordinal);
        var wide = new { width = 10, height = 10, pen = 10, strokes = new[] { new double[] { 0, 5, 10, 5 } } };
        Assert.NotNull((await studio.Post("/api/read", wide)).GetProperty("problem").GetString());
    }

    [Fact]
    public async Task The_saliency_is_the_gradient_of_the_score()
    {
        var model = studio.Server.Studio.Reader!.Model;
        var view = new NetworkView(model.Network);
        float[] x = [.. Enumerable.Range(0, 784).Select(i => (i * 37 % 100) / 100f)];
        view.Forward(x);
        float[] gradient = view.Saliency(3);
        foreach (int pixel in new[] { 0, 100, 401, 783 })
            Assert.Equal((Score(x, pixel, 1e-4f) - Score(x, pixel, -1e-4f)) / 2e-4, gradient[pixel], 2);
        await Task.CompletedTask;

        // The score of a class, in double precision: without its softmax, the output is z.
        double Score(float[] inputs, int pixel, float step)
        {
            float[] moved = [.. inputs];
            moved[pixel] += step;
            view.Forward(moved);
            return view.Score(3);
        }
    }

    [Fact]
    public async Task Corrections_are_kept_and_trained_on()
    {
        var reader = await studio.Post("/api/corrections", new { drawing = Drawing(Seven), label = 1 });
        var correction = Assert.Single(reader.GetProperty("corrections").EnumerateArray());
        Assert.Equal("1", correction.GetProperty("label").GetString());
        int version = studio.Server.Studio.ReaderVersion;
        studio.Server.Studio.Workshop.Steer(control => control.Command("stop"));
        await StudioFixture.Until(() => studio.Server.Studio.Workshop.Reset());
        await studio.Post("/api/corrections/train", new { });
        await StudioFixture.Until(() => studio.Server.Studio.ReaderVersion > version);
        using var response = await studio.Client.GetAsync("/api/reader");
        var after = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("1", Assert.Single(after.GetProperty("corrections").EnumerateArray()).GetProperty("now").GetString());
        Assert.Contains("1 correction", after.GetProperty("title").GetString(), StringComparison.Ordinal);
        await studio.Post("/api/corrections/clear", new { });
    }

    [Fact]
    public async Task One_network_is_trained_at_a_time()
    {
        Dictionary<string, string> endless = new() { ["layers"] = "4", ["epochs"] = "100000000" };
        await studio.Start("xor", endless);
        var problem = await studio.Post("/api/run", new { data = "xor", options = endless }, HttpStatusCode.Conflict);
        Assert.Equal("another run goes on", problem.GetProperty("why").GetString());
        await studio.Post("/api/run/command", new { command = "reset" }, HttpStatusCode.Conflict);
        await studio.Post("/api/run/command", new { command = "stop" });
        await StudioFixture.Until(() => studio.State().State == "stopped");
        await studio.Post("/api/run/command", new { command = "pause" }, HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("layers", "x", "layers is x")]
    [InlineData("activation", "relo", "relu")]
    [InlineData("loss", "poisson", "")]
    [InlineData("learning-rate", "0", "above 0")]
    [InlineData("threads", "2", "no such option")]
    public async Task A_wrong_option_is_explained(string name, string value, string expected)
    {
        await studio.Start("xor", new() { ["epochs"] = "1" });
        await StudioFixture.Until(() => studio.State().State == "finished");
        string text;
        if (name == "loss")
        {
            await studio.Post("/api/run", new { data = "xor", options = new Dictionary<string, string> { [name] = value } });
            await StudioFixture.Until(() => studio.State().State == "failed");
            text = studio.State().Problem!.Why;
        }
        else
        {
            var problem = await studio.Post(
                "/api/run", new { data = "xor", options = new Dictionary<string, string> { [name] = value } },
                HttpStatusCode.UnprocessableEntity);
            text = problem.ToString();
        }
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1), InlineData(512, 512), InlineData(513, 257), InlineData(514, 258), InlineData(5000, 314)]
    public void The_history_of_epochs_stays_short_and_has_the_last(int count, int kept)
    {
        var history = new EpochHistory();
        var reader = new List<EpochMessage>();
        int generation = 0, settled = 0;
        for (int epoch = 0; epoch < count; epoch++)
        {
            history.Add(new EpochMessage(epoch, 1, 1, 1));
            if (epoch % 3 != 0)
                continue; // a reader does not look after each epoch
            Look();
        }
        Look();
        var all = history.From(0).Epochs;
        Assert.Equal((kept, 0, count - 1), (all.Count, all[0].Epoch, all[^1].Epoch));
        Assert.Equal(all, reader);
        int stride = all.Count > 2 ? all[1].Epoch : 1;
        Assert.All(all.Take(all.Count - 1).Index(), each => Assert.Equal(each.Index * stride, each.Item.Epoch));

        // As the page does.
        void Look()
        {
            var part = history.From(generation == history.Generation ? settled : 0);
            reader.RemoveRange(part.From, reader.Count - part.From);
            reader.AddRange(part.Epochs);
            (generation, settled) = (history.Generation, history.Settled);
        }
    }

    [Fact]
    public void A_reader_of_a_run_gets_all_epochs_again_after_some_were_left_out()
    {
        using var control = new RunControl("run", 0);
        var view = new RunView(1, new RunPlan("run", () => throw new NotSupportedException(), new TrainingOptions()), control);
        var cursor = new RunCursor();
        for (int epoch = 0; epoch < 513; epoch++)
        {
            Assert.Equal(Math.Max(0, epoch - 1), view.Read(cursor).NewEpochs!.From);
            view.AddEpoch(new EpochReport(epoch, 1, null, 1, TimeSpan.Zero));
        }
        var message = view.Read(cursor).NewEpochs!;
        Assert.Equal((0, 257, 2), (message.From, message.Epochs.Count, message.Epochs[1].Epoch));
        view.AddEpoch(new EpochReport(513, 1, null, 1, TimeSpan.Zero));
        Assert.Equal((257, 513), (view.Read(cursor).NewEpochs!.From, view.Read(cursor).NewEpochs!.Epochs.Single().Epoch));
    }

    [Fact]
    public async Task A_run_that_fails_says_where_and_promises_no_fingerprint()
    {
        await studio.Idle();
        string bad = await studio.Upload("bad.csv", "a,b,kind\n1,2,x\n3,y\n");
        await studio.Start(bad, new() { ["epochs"] = "1" }, target: "kind");
        await StudioFixture.Until(() => studio.State().State == "failed");
        Assert.Contains("line 3", studio.State().Problem!.Why, StringComparison.Ordinal);
        await studio.Start("circles", new() { ["loss"] = "poisson" });
        await StudioFixture.Until(() => studio.State().State == "failed");
        var code = await studio.Post("/api/run/code", new { run = studio.State().Run });
        Assert.EndsWith("failed: this code fails likewise.", code.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_does_not_train_on_the_file_of_another_page()
    {
        await studio.Idle();
        string table = "a,b,kind\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i % 3},{(i < 10 ? "x" : "y")}\n"));
        string first = await studio.Upload("first.csv", table), second = await studio.Upload("second.csv", table);
        await studio.Start(first, new() { ["epochs"] = "1" }, target: "kind");
        await StudioFixture.Until(() => studio.State().State == "failed");
        Assert.Contains("another one was sent: second.csv", studio.State().Problem!.Why, StringComparison.Ordinal);
        await studio.Start(second, new() { ["epochs"] = "1" }, target: "kind");
        await StudioFixture.Until(() => studio.State().State == "finished");
        Assert.Equal("second.csv", studio.State().Data);
    }

    [Fact]
    public async Task A_step_that_completes_an_epoch_pauses_after_it()
    {
        await studio.Start("moons", new() { ["layers"] = "4", ["epochs"] = "4", ["batch-size"] = "300" }, start: "step");
        await At("paused", 1, epochs: 0);
        foreach (var (command, step, epochs) in new[] { ("step", 2, 1), ("epoch", 4, 2), ("step", 5, 2), ("epoch", 6, 3), ("step", 7, 3) })
        {
            await studio.Post("/api/run/command", new { command });
            await At("paused", step, epochs);
        }
        await studio.Post("/api/run/command", new { command = "step" });
        await At("finished", 8, epochs: 4);

        async Task At(string state, int step, int epochs)
        {
            await StudioFixture.Until(() => studio.State() is var now && now.State == state && now.Step == step);
            Assert.Equal(epochs, studio.State().NewEpochs!.Epochs.Count);
        }
    }

    [Fact]
    public async Task A_curve_stays_short_and_keeps_its_mean()
    {
        var curve = new Curve();
        for (int step = 1; step <= 100_000; step++)
            curve.Add(step, step);
        var all = curve.From(0);
        Assert.InRange(all.Values.Count, 250, 512);
        Assert.InRange(all.Values.Average(), 49_000, 51_000);
        Assert.True(all.Steps.Zip(all.Steps.Skip(1)).All(pair => pair.First < pair.Second));
        await Task.CompletedTask;
    }

    [Fact]
    public void The_pages_are_small()
    {
        long compressed = 0;
        var assembly = typeof(Studio).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using var packed = new MemoryStream();
            using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
                assembly.GetManifestResourceStream(name)!.CopyTo(gzip);
            compressed += packed.Length;
        }
        Assert.InRange(compressed, 1000, 200 << 10);
    }
}
