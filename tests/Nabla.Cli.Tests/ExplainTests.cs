using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary><c>nabla explain</c>.</summary>
public sealed class ExplainTests
{
    private const string Quick = "--layers 5 --activation tanh --epochs 2 --batch-size 16 --learning-rate 0.05";

    [Fact]
    public void One_example_is_taken_through_the_network()
    {
        var session = Trained().Run("explain model.safetensors x.npy --row 2").Run("explain model.safetensors x.npy --target 1")
            .Run("explain model.safetensors x.npy --target 1 --layer 0 --unit 3 --input 1 --learning-rate 0.5");
        Snapshot.Matches(session);
    }

    [Fact]
    public void The_numbers_of_a_unit_go_together()
    {
        using var session = Trained().Run("explain model.safetensors x.npy --target 1 --layer 1 --unit 2 --json");
        using var json = JsonDocument.Parse(session.Output);
        var unit = json.RootElement.GetProperty("unit");
        double[] inputs = Numbers(json.RootElement.GetProperty("layers")[0].GetProperty("inputs")), w = Numbers(unit.GetProperty("w"));
        double z = unit.GetProperty("z").GetDouble();
        Assert.Equal(inputs.Zip(w, (x, weight) => x * weight).Sum() + unit.GetProperty("b").GetDouble(), z, 1e-12);
        double delta = unit.GetProperty("delta").GetDouble();
        Assert.All(
            Numbers(unit.GetProperty("nabla-w")).Zip(inputs), pair => Assert.Equal(delta * pair.Second, pair.First, 1e-12));
        var parameter = json.RootElement.GetProperty("parameter");
        Assert.Equal(
            parameter.GetProperty("backpropagation").GetDouble(), parameter.GetProperty("differences").GetDouble(), 1e-7);
        // The rate of the training run.
        Assert.Equal(
            parameter.GetProperty("value").GetDouble() - (double)0.05f * parameter.GetProperty("backpropagation").GetDouble(),
            parameter.GetProperty("new-value").GetDouble(), 1e-12);
    }

    [Fact]
    public void A_named_data_set_knows_its_targets()
    {
        using var session = new Session().RunSilently("train digits --layers 8 --epochs 1").Run("explain model.safetensors digits --row 3");
        Assert.Contains("delta", session.Output, StringComparison.Ordinal);
        Assert.Contains("Predicted: ", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_and_targets_that_do_not_exist_are_refused()
    {
        var session = Trained().Run("explain model.safetensors x.npy --row 3").Run("explain model.safetensors x.npy --layer 2")
            .Run("explain model.safetensors x.npy --layer 0 --unit 5").Run("explain model.safetensors x.npy --layer 0 --unit 1 --input 4")
            .Run("explain model.safetensors x.npy --unit 1").Run("explain model.safetensors x.npy --layer 0 --input 1")
            .Run("explain model.safetensors x.npy --target seven").Run("explain model.safetensors x.npy --member 1")
            .Run("explain model.safetensors missing.npy");
        Snapshot.Matches(session);
    }

    private static Session Trained() => new Session().With("tiny.npz", Sample.Npz())
        .With("x.npy", Sample.Npy(NumericArray.Create<float>([0.5f, 1, -2, 0.25f, 3, -1, 0, 1], 2, 4)))
        .RunSilently($"train tiny.npz {Quick}");

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];
}
