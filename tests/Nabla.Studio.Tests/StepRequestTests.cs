using System.Net;
using System.Text.Json;

namespace Nabla.Studio.Tests;

/// <summary>Questions of the page for single steps: which networks there are, and what is refused.</summary>
public sealed class StepRequestTests(StudioFixture studio) : IClassFixture<StudioFixture>
{
    [Theory]
    [InlineData("network=none", "none of this name")]
    [InlineData("network=", "empty or repeated")]
    [InlineData("network=xor&network=xor", "empty or repeated")]
    [InlineData("example=0", "0 is not from 1 to 4")]
    [InlineData("example=5", "5 is not from 1 to 4")]
    [InlineData("example=-1", "not a whole number")]
    [InlineData("example=1e2", "not a whole number")]
    [InlineData("example=99999999999", "too large")]
    [InlineData("layer=2", "2 is not from 0 to 1")]
    [InlineData("layer=0&unit=3", "3 is not from 0 to 2")]
    [InlineData("layer=0&unit=0&weight=2", "2 is not from 0 to 1")]
    [InlineData("weight=x", "not a whole number")]
    [InlineData("slip=yes", "neither 0 nor 1")]
    [InlineData("threads=2", "unknown part threads")]
    public async Task Wrong_questions_are_explained(string query, string why)
    {
        using var response = await studio.Client.GetAsync($"/api/steps?{query}");
        string text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.NotEmpty(JsonDocument.Parse(text).RootElement.GetProperty("remedy").GetString()!);
    }

    [Fact]
    public async Task A_large_layer_makes_a_small_answer()
    {
        await studio.Start("given", new() { ["layers"] = "2000", ["epochs"] = "2", ["batch-size"] = "1000" }, "step");
        await StudioFixture.Until(() => studio.State().State == "paused");
        string text = await studio.Client.GetStringAsync("/api/steps?network=run&layer=0&slip=1");
        Assert.InRange(text.Length, 1000, 20_000);
        var layer = JsonDocument.Parse(text).RootElement.GetProperty("layers")[0];
        Assert.Equal(2000, layer.GetProperty("count").GetInt32());
        Assert.Equal(12, layer.GetProperty("units").GetArrayLength());
    }

    [Fact]
    public async Task A_network_that_is_too_large_is_refused()
    {
        await studio.Start("given", new() { ["layers"] = "3000", ["epochs"] = "2", ["batch-size"] = "1000" }, "step");
        await StudioFixture.Until(() => studio.State().State == "paused");
        using var response = await studio.Client.GetAsync("/api/steps?network=run");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("2,000,000", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_run_shows_its_network_as_it_is_and_a_running_one_waits()
    {
        await studio.Start("xor", new() { ["layers"] = "4", ["epochs"] = "100000" }, "epoch");
        await StudioFixture.Until(() => studio.State().State == "paused");
        var first = await studio.Get("/api/steps?network=run");
        Assert.Contains($"after step {studio.State().Batches}:", Title(first), StringComparison.Ordinal);
        await studio.Post("/api/run/command", new { command = "step" });
        await StudioFixture.Until(() => studio.State() is { State: "paused" } state && state.Step == state.Batches + 1);
        var second = await studio.Get("/api/steps?network=run");
        Assert.Contains($"after step {studio.State().Step}:", Title(second), StringComparison.Ordinal);
        Assert.NotEqual(Cost(first), Cost(second));
        await studio.Post("/api/run/command", new { command = "resume" });
        await StudioFixture.Until(() => studio.State().State == "running");
        using (var response = await studio.Client.GetAsync("/api/steps?network=run"))
            Assert.Contains("pause it", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await studio.Post("/api/run/command", new { command = "stop" });
        await StudioFixture.Until(() => studio.State().State == "stopped");
        var model = studio.Server.Studio.Workshop.Current!.Result!;
        var last = await studio.Get("/api/steps?network=run&layer=0&unit=1&weight=0");
        Assert.Equal(model.Network.Weights(0)[1], last.GetProperty("weight").GetProperty("w").GetDouble());
    }

    [Fact]
    public async Task The_network_that_reads_drawings_needs_its_data()
    {
        var answer = await studio.Get("/api/steps?network=reader&example=3");
        Assert.Equal(784, answer.GetProperty("example").GetProperty("picture").GetBytesFromBase64().Length);
        var networks = (await studio.Get("/api/steps/networks")).GetProperty("networks");
        Assert.Equal(
            ["xor", "xor-saturated", "reader", "run"], networks.EnumerateArray().Select(each => each.GetProperty("name").GetString()));
        await using var server = await StudioServer.StartAsync(studio.Options with { Source = null });
        var names = new StepNetworks(server.Studio.Workshop, () => server.Studio.Reader, () => null).List();
        Assert.Contains("not at hand", names.Networks[2].Problem, StringComparison.Ordinal);
        Assert.Contains("no run yet", names.Networks[3].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_weights_saturate_units_and_the_slip_hides_it()
    {
        var answer = await studio.Get("/api/steps?network=xor-saturated&layer=0&slip=1");
        var units = answer.GetProperty("layers")[0].GetProperty("units").EnumerateArray().ToArray();
        var saturated = units.Where(unit => unit.TryGetProperty("mark", out var mark) && mark.GetString() == "saturated").ToArray();
        Assert.NotEmpty(saturated);
        Assert.Equal(saturated.Length, answer.GetProperty("layers")[0].GetProperty("flat").GetInt32());
        Assert.All(saturated, unit =>
        {
            Assert.InRange(unit.GetProperty("slope").GetDouble(), 0, 0.0025);
            Assert.InRange(unit.GetProperty("slipSlope").GetDouble(), 0.19, 0.25);
        });
        Assert.True(answer.GetProperty("check").GetProperty("passed").GetBoolean());
        Assert.False(answer.GetProperty("slipCheck").GetProperty("passed").GetBoolean());
        Assert.False((await studio.Get("/api/steps?network=xor-saturated")).TryGetProperty("slipCheck", out _));
    }

    private static string Title(JsonElement answer) => answer.GetProperty("title").GetString()!;

    private static double Cost(JsonElement answer) => answer.GetProperty("loss").GetProperty("cost").GetDouble();
}
