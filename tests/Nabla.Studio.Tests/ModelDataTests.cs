using System.Globalization;
using System.Text.RegularExpressions;
using Nabla.Cli;

namespace Nabla.Studio.Tests;

/// <summary>The mistakes of a model of one's own are those of <c>nabla evaluate</c> on the examples from which it did not learn.</summary>
public sealed partial class ModelDataTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nabla-studio-");
    private readonly StringWriter output = new();
    private readonly Interruption interruption = new();
    private readonly HttpClientHandler network = new();
    private readonly Terminal terminal;

    public ModelDataTests() => terminal = new Terminal
    {
        Out = output, Error = output, Environment = new Dictionary<string, string>(),
        CurrentDirectory = folder.FullName, CacheDirectory = folder.FullName, Network = network, Interruption = interruption,
    };

    [Theory]
    [InlineData("--validation 0.5 --seed 7", "--held-out", false)]
    [InlineData("", "--held-out", false)]
    [InlineData("--validation none", "", true)]
    [InlineData("--members 2", "", true)]
    public async Task The_page_of_mistakes_measures_what_evaluate_measures(string options, string choice, bool mayBeLearned)
    {
        await Write("marks.csv", 300);
        Run($"train marks.csv --target mark --layers 4 --epochs 3 {options}");
        string found = Right().Match(Run($"evaluate model.safetensors marks.csv {choice}")).Value;
        var about = await Describe("marks.csv");
        Assert.Equal($"{about.Correct} of {about.Count}", found);
        Assert.Equal(mayBeLearned, about.MayBeLearned);
        Assert.Contains("model.safetensors", about.Sources[0].Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_data_than_those_of_the_training_run_are_new_to_it()
    {
        await Write("marks.csv", 300);
        await Write("others.csv", 50);
        Run("train marks.csv --target mark --layers 4 --epochs 1");
        var about = await Describe("others.csv");
        Assert.Equal((50, false), (about.Count, about.MayBeLearned));
        Assert.Null(ModelData.Load(Load(), new DataRequest("missing.csv", null, []), terminal));
    }

    public void Dispose()
    {
        network.Dispose();
        interruption.Dispose();
        output.Dispose();
        folder.Delete(recursive: true);
    }

    private Task Write(string name, int rows) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), "a,b,mark\n" + string.Concat(
        Enumerable.Range(0, rows).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{i * 7 % 23},{i * 5 % 19},{(i * 7 % 23 > 11 ^ i % 10 == 0 ? "x" : "y")}\n"))));

    private string Run(string words)
    {
        output.GetStringBuilder().Clear();
        int exitCode = CommandLine.Run(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), terminal);
        Assert.True(exitCode == 0, output.ToString());
        return output.ToString();
    }

    private Model Load() => Model.Load(Path.Combine(folder.FullName, "model.safetensors"));

    private async Task<MistakesMessage> Describe(string data)
    {
        var model = Load();
        await using var server = await StudioServer.StartAsync(new StudioOptions
        {
            Model = model, ModelName = "model.safetensors", ModelData = ModelData.Load(model, new DataRequest(data, null, []), terminal),
        });
        return await server.Studio.Mistakes.Describe(null, default);
    }

    [GeneratedRegex("\\d+ of \\d+")]
    private static partial Regex Right();
}
