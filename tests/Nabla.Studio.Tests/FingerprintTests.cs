using System.Text.Json;
using System.Text.RegularExpressions;
using Nabla.Cli;
using Nabla.Tests.Shared;

namespace Nabla.Studio.Tests;

/// <summary>A run of the page and the command that it shows end with the same bits.</summary>
public sealed partial class FingerprintTests(StudioFixture studio) : IClassFixture<StudioFixture>
{
    private const string Table =
        """
        length,width,count,kind
        1.0,0.2,1,a
        1.2,0.3,2,a
        5.1,1.9,7,b
        4.9,1.8,6,b
        1.1,0.1,1,a
        5.3,2.2,9,b
        1.4,0.3,0,a
        5.0,2.0,7,b
        1.3,0.2,2,a
        4.8,1.7,5,b

        """;

    public static TheoryData<string, string> Runs => new()
    {
        { "circles", "layers 16 activation tanh learning-rate 0.02 batch-size 32 epochs 5 seed 7" },
        { "xor", "layers 8,8 activation leaky-relu:slope=0.2 optimizer momentum learning-rate 0.05 l2 0.001 epochs 4 dropout 0.1" },
        { "moons", "layers none loss quadratic optimizer rmsprop learning-rate 0.01 schedule cosine epochs 6 batch-size 64" },
        { "spiral", "layers 24 activation sigmoid init xavier optimizer sgd learning-rate 0.5 schedule one-cycle epochs 3 batch-size 30" },
        { "digits", "layers 20 activation relu batch-size 500 epochs 1 seed 3" },
        { "upload kind", "layers 4 activation relu batch-size 4 epochs 9 seed 5" },
        // Whole numbers: classes by themselves, values for this loss.
        { "upload count", "layers 4 activation tanh loss poisson batch-size 4 epochs 9 seed 5" },
        { "upload count", "layers 4 activation tanh batch-size 4 epochs 3 seed 5" },
    };

    [Theory, MemberData(nameof(Runs))]
    public async Task A_run_and_its_command_have_the_same_fingerprint(string data, string words)
    {
        var options = words.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        string? target = data.Split(' ').ElementAtOrDefault(1);
        data = data.Split(' ')[0];
        if (target is not null)
            data = await studio.Upload("../kinds.csv", Table);
        await studio.Start(data, options, target: target);
        await StudioFixture.Until(() => studio.State().State is not ("preparing" or "running"));
        var state = studio.State();
        Assert.True(state.State == "finished", $"{state.State}: {state.Problem}");
        var code = await studio.Post("/api/code", new { data, options, target });
        Assert.Equal(state.Fingerprint, await FingerprintOf(code));
        Assert.NotEmpty(CSharpProgram.Compile(code.GetProperty("program").GetString()!));
        var ofRun = await studio.Post("/api/run/code", new { run = state.Run });
        Assert.Equal(code.GetProperty("command").GetString(), ofRun.GetProperty("command").GetString());
        Assert.Contains("the same fingerprint", ofRun.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_pauses_and_steps_has_the_same_fingerprint()
    {
        Dictionary<string, string> options = new() { ["layers"] = "12", ["epochs"] = "2", ["batch-size"] = "50" };
        await studio.Start("moons", options);
        await StudioFixture.Until(() => studio.State().State == "finished");
        string? whole = studio.State().Fingerprint;
        await studio.Start("moons", options, start: "step");
        await StudioFixture.Until(() => studio.State().State == "paused");
        Assert.Equal(1, studio.State().Step);
        await studio.Post("/api/run/command", new { command = "step" });
        await StudioFixture.Until(() => studio.State() is { State: "paused", Step: 2 });
        await studio.Post("/api/run/command", new { command = "epoch" });
        await StudioFixture.Until(() => studio.State() is { State: "paused", Step: 12 });
        await studio.Post("/api/run/command", new { command = "resume" });
        await StudioFixture.Until(() => studio.State().State == "finished");
        Assert.Equal(whole, studio.State().Fingerprint);
    }

    [Fact]
    public async Task The_code_is_that_of_the_run_and_says_what_it_does_not_repeat()
    {
        Dictionary<string, string> options = new() { ["layers"] = "12", ["epochs"] = "2", ["batch-size"] = "50" };
        await studio.Start("moons", options, start: "step");
        await StudioFixture.Until(() => studio.State().State == "paused");
        var run = new { run = studio.State().Run };
        var first = await studio.Post("/api/run/code", run);
        Assert.Contains("--layers 12 ", first.GetProperty("command").GetString(), StringComparison.Ordinal);
        await studio.Post("/api/run/change", new { rateFactor = 1 });
        Assert.True(studio.State().IsRepeatable);
        await studio.Post("/api/run/change", new { rateFactor = 0.5 });
        Assert.Equal(0.5, studio.State().RateFactor);
        Assert.False(studio.State().IsRepeatable);
        await studio.Post("/api/run/change", new { rateFactor = 1 });
        var code = await studio.Post("/api/run/code", run);
        Assert.Contains("does not repeat it exactly", code.GetProperty("note").GetString(), StringComparison.Ordinal);
        await studio.Post("/api/run/code", new { run = 9999 }, System.Net.HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_changed_rate_changes_the_run()
    {
        Dictionary<string, string> options = new() { ["layers"] = "12", ["epochs"] = "2", ["batch-size"] = "50" };
        await studio.Start("moons", options, start: "step");
        await StudioFixture.Until(() => studio.State().State == "paused");
        await studio.Post("/api/run/change", new { rateFactor = 0.5 });
        await studio.Post("/api/run/command", new { command = "step" });
        await StudioFixture.Until(() => studio.State() is { State: "paused", Step: 2 });
        Assert.Equal(0.0005, studio.State().Rate, 6);
        await studio.Post("/api/run/command", new { command = "stop" });
        await StudioFixture.Until(() => studio.State().State == "stopped");
        Assert.StartsWith("sha256:", studio.State().Fingerprint, StringComparison.Ordinal);
    }

    private async Task<string> FingerprintOf(JsonElement code)
    {
        string folder = Directory.CreateTempSubdirectory("nabla-studio-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "kinds.csv"), Table);
        foreach (string file in code.GetProperty("files").EnumerateArray().Select(file => file.GetString()!))
            await File.WriteAllTextAsync(Path.Combine(folder, file), await studio.Client.GetStringAsync($"/api/files/{file}"));
        using var output = new StringWriter();
        using var interruption = new Interruption();
        using var network = new HttpClientHandler();
        int exitCode = CommandLine.Run(code.GetProperty("command").GetString()!.Split(' ')[1..], new Terminal
        {
            Out = output, Error = output, Environment = new Dictionary<string, string>(),
            CurrentDirectory = folder, CacheDirectory = folder, Network = network, Interruption = interruption,
        });
        Assert.True(exitCode == 0, output.ToString());
        return Fingerprint().Match(output.ToString()).Value;
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Fingerprint();
}
