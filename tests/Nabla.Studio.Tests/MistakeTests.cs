using System.Net;
using System.Text.Json;
using Nabla.Cli;
using Nabla.Explain;

namespace Nabla.Studio.Tests;

/// <summary>The messages of the page of mistakes: its figures are those of <c>nabla evaluate</c>, and they follow the network.</summary>
public sealed class MistakeTests(StudioFixture studio) : IClassFixture<StudioFixture>
{
    private static readonly Dictionary<string, string> Endless = new() { ["layers"] = "8", ["epochs"] = "100000000" };

    private DigitReader Reader => studio.Server.Studio.Reader!;

    [Fact]
    public async Task Figures_are_those_of_nabla_evaluate()
    {
        var message = await Describe("reader");
        var expected = Evaluate(Reader.Model, Reader.Data!.Test);
        foreach (string name in new[] { "correct", "count" })
            Assert.Equal(expected.GetProperty(name).GetInt32(), message.GetProperty(name).GetInt32());
        int[] cells = [.. expected.GetProperty("confusion-matrix").EnumerateArray()
            .SelectMany(row => row.EnumerateArray()).Select(cell => cell.GetInt32())];
        Assert.Equal(cells, message.GetProperty("cells").EnumerateArray().Select(cell => cell.GetInt32()));
        Assert.True(cells.Sum() > message.GetProperty("correct").GetInt32());
        var classes = message.GetProperty("classes").EnumerateArray().Zip(expected.GetProperty("classes").EnumerateArray()).ToArray();
        Assert.Equal(10, classes.Length);
        foreach (var (shown, evaluated) in classes)
        {
            Assert.Equal(evaluated.GetProperty("label").GetString(), shown.GetProperty("name").GetString());
            foreach (string name in new[] { "support", "predicted", "precision", "recall" })
                Assert.Equal(evaluated.GetProperty(name).GetDouble(), shown.GetProperty(name).GetDouble());
        }
    }

    [Fact]
    public async Task All_mistakes_are_listed_the_worst_first_in_pages()
    {
        int network = Number(await Describe("reader"));
        var worst = Mistake.FindWorst(Reader.Model.Evaluate(Reader.Data!.Test), int.MaxValue);
        var found = new List<JsonElement>();
        do
        {
            var page = await studio.Post("/api/mistakes/gallery", new { network, from = found.Count });
            Assert.Equal(worst.Count, page.GetProperty("total").GetInt32());
            Assert.InRange(page.GetProperty("examples").GetArrayLength(), 1, 24);
            found.AddRange(page.GetProperty("examples").EnumerateArray());
        }
        while (found.Count < worst.Count);
        Assert.Equal(worst.Select(mistake => mistake.Example), found.Select(example => example.GetProperty("example").GetInt32()));
        foreach (var (mistake, shown) in worst.Zip(found))
        {
            Assert.Equal($"{mistake.Label} {mistake.Predicted}", $"{Text(shown, "label")} {Text(shown, "predicted")}");
            Assert.Equal(mistake.LabelScore, shown.GetProperty("labelScore").GetDouble());
            Assert.Equal(mistake.PredictedScore, shown.GetProperty("predictedScore").GetDouble());
            byte[] levels = shown.GetProperty("look").GetProperty("levels").GetBytesFromBase64();
            Assert.Equal(Reader.Data.Test.Inputs.Bytes.Slice(mistake.Example * 784, 784).ToArray(), levels);
        }
    }

    [Fact]
    public async Task A_cell_has_the_examples_that_it_counts()
    {
        var message = await Describe("reader");
        int network = Number(message), place = 0;
        foreach (var cell in message.GetProperty("cells").EnumerateArray())
        {
            var (label, predicted) = Math.DivRem(place++, 10);
            var gallery = await studio.Post("/api/mistakes/gallery", new { network, label, predicted });
            Assert.Equal(cell.GetInt32(), gallery.GetProperty("total").GetInt32());
            var examples = gallery.GetProperty("examples").EnumerateArray().ToArray();
            Assert.Equal(Math.Min(24, cell.GetInt32()), examples.Length);
            Assert.All(examples, example => Assert.Equal($"{label} {predicted}", $"{Text(example, "label")} {Text(example, "predicted")}"));
            double[] scores = [.. examples.Select(example => example.GetProperty("labelScore").GetDouble())];
            Assert.Equal(scores.Order(), scores);
        }
    }

    [Theory]
    [InlineData("inputs")]
    [InlineData("hidden")]
    public async Task An_example_has_its_probabilities_and_the_nearest_training_examples(string space)
    {
        int network = Number(await Describe("reader"));
        var (train, test) = (Reader.Data!.Train, Reader.Data.Test);
        var nearest = space == "inputs"
            ? NearestExamples.InInputs(Reader.Model, train.Inputs) : NearestExamples.InLastHiddenLayer(Reader.Model, train.Inputs);
        var detail = await studio.Post("/api/mistakes/example", new { network, example = 7, space });
        double[] scores = [.. detail.GetProperty("scores").EnumerateArray().Select(score => score.GetProperty("score").GetDouble())];
        Assert.Equal(Reader.Model.Evaluate(test).Examples[7].Scores, scores);
        var near = detail.GetProperty("nearest").EnumerateArray().ToArray();
        Assert.Equal(
            nearest.Find(test.Inputs, 7, 5),
            near.Select(each => new NearExample(each.GetProperty("example").GetInt32(), each.GetProperty("distance").GetDouble())));
        foreach (var each in near)
        {
            int example = each.GetProperty("example").GetInt32();
            Assert.Equal(train.Targets.Names[train.Classes.Labels[example]], Text(each, "label"));
            byte[] levels = each.GetProperty("look").GetProperty("levels").GetBytesFromBase64();
            Assert.Equal(train.Inputs.Bytes.Slice(example * 784, 784).ToArray(), levels);
        }
        Assert.Equal(train.Count, detail.GetProperty("searched").GetInt32());
    }

    [Fact]
    public async Task A_run_on_a_table_shows_values_by_the_names_of_columns()
    {
        await studio.Start("spiral", new() { ["layers"] = "8,6", ["epochs"] = "2" });
        await StudioFixture.Until(() => studio.State().State == "finished");
        var message = await Describe("run");
        var data = studio.Server.Studio.Workshop.Current!.Data!;
        Assert.Equal(data.Test.Count, message.GetProperty("count").GetInt32());
        Assert.Equal(6, message.GetProperty("hiddenUnits").GetInt32());
        Assert.Equal(
            data.Encoding!.Columns.Select(column => column.Name),
            message.GetProperty("columns").EnumerateArray().Select(column => column.GetString()));
        var detail = await studio.Post("/api/mistakes/example", new { network = Number(message), example = 3, space = "hidden" });
        var values = detail.GetProperty("shown").GetProperty("look").GetProperty("values").EnumerateArray();
        Assert.Equal(
            RowValue.Read(data.Encoding, data.Test.Inputs, 3).Select(value => value.Text), values.Select(value => value.GetString()));
        Assert.Equal(5, detail.GetProperty("nearest").GetArrayLength());
    }

    [Fact]
    public async Task Figures_of_a_network_that_was_replaced_are_not_shown()
    {
        int before = Number(await Describe("reader"));
        studio.Server.Studio.ReaderChanged(); // A correction: the network is the same.
        Assert.Equal(before, Number(await Describe("reader")));
        var model = Classifier.Train(Reader.Data!.Train, new TrainingOptions { Hidden = [4], Epochs = 1 });
        studio.Server.Studio.SetReader(new DigitReader(model, "another", Reader.Data));
        foreach (string path in new[] { "gallery", "example" })
        {
            object message = path == "gallery" ? new { network = before } : new { network = before, example = 0 };
            var problem = await studio.Post($"/api/mistakes/{path}", message, HttpStatusCode.Conflict);
            Assert.Equal("the network has been replaced", Text(problem, "why"));
        }
        var after = await Describe("reader");
        Assert.NotEqual(before, Number(after));
        Assert.Equal(model.Evaluate(Reader.Data.Test).Correct, after.GetProperty("correct").GetInt32());
    }

    [Fact]
    public async Task What_has_no_mistakes_to_show_says_why()
    {
        await studio.Start("circles", Endless);
        await StudioFixture.Until(() => studio.State().State == "running");
        Assert.Contains("has not ended", Text(await Describe("run"), "problem"), StringComparison.Ordinal);
        long step = studio.State().Step;
        // The reader's mistakes can be seen meanwhile, and the run goes on.
        int network = Number(await Describe(null));
        await studio.Post("/api/mistakes/example", new { network, example = 1, space = "hidden" });
        await StudioFixture.Until(() => studio.State().Step > step);
        studio.Server.Studio.Workshop.Steer(control => control.Command("stop"));
        await StudioFixture.Until(() => studio.State().State == "stopped");
        Assert.False((await Describe("run")).TryGetProperty("problem", out _));
        await StudioFixture.Until(() => studio.Server.Studio.Workshop.Reset());
        Assert.Contains("Nothing has been trained", Text(await Describe("run"), "problem"), StringComparison.Ordinal);
        using var untrained = StudioFixture.WithoutModel();
        Assert.Contains("is being trained", Text(await untrained.Post("/api/mistakes", new { }), "problem"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_that_do_not_exist_are_refused()
    {
        int network = Number(await Describe("reader"));
        object[] galleries =
        [
            new { network, label = 1 }, new { network, predicted = 1 }, new { network, label = 10, predicted = 0 },
            new { network, label = 0, predicted = -1 }, new { network, from = -1 }, new { network, from = 1_000_000 },
            new { network, label = 0, predicted = 0, from = int.MaxValue },
        ];
        foreach (object gallery in galleries)
            await studio.Post("/api/mistakes/gallery", gallery, HttpStatusCode.UnprocessableEntity);
        object[] examples =
        [
            new { network, example = -1 }, new { network, example = 200 }, new { network, example = 0, space = "outputs" },
            new { network, example = 0, space = "" },
        ];
        foreach (object example in examples)
            await studio.Post("/api/mistakes/example", example, HttpStatusCode.UnprocessableEntity);
        await studio.Post("/api/mistakes", new { source = "yours" }, HttpStatusCode.UnprocessableEntity);
        await studio.Post("/api/mistakes/gallery", new { network = network + 1000 }, HttpStatusCode.Conflict);
        await studio.Post("/api/mistakes/gallery", new { network, from = 0.5 }, HttpStatusCode.BadRequest);
    }

    private async Task<JsonElement> Describe(string? source) => await studio.Post("/api/mistakes", new { source });

    private static int Number(JsonElement message) => message.GetProperty("network").GetInt32();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>What <c>nabla evaluate --json</c> prints.</summary>
    private static JsonElement Evaluate(Classifier model, Dataset data)
    {
        string folder = Directory.CreateTempSubdirectory("nabla-studio-").FullName;
        model.Save(Path.Combine(folder, "model.safetensors"));
        NpzWriter.Write(Path.Combine(folder, "test.npz"),
        [
            ("x", NumericArray.Create(data.Inputs.Bytes, data.Count, 28, 28)), ("y", NumericArray.Create(data.Classes.Labels, data.Count)),
        ]);
        using var output = new StringWriter();
        using var messages = new StringWriter();
        using var interruption = new Interruption();
        using var network = new HttpClientHandler();
        int exitCode = CommandLine.Run(["evaluate", "model.safetensors", "test.npz", "--json"], new Terminal
        {
            Out = output, Error = messages, Environment = new Dictionary<string, string>(),
            CurrentDirectory = folder, CacheDirectory = folder, Network = network, Interruption = interruption,
        });
        Assert.True(exitCode == 0, $"{output}{messages}");
        Directory.Delete(folder, recursive: true);
        return JsonDocument.Parse(output.ToString()).RootElement;
    }
}
