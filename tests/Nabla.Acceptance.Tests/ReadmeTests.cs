using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>All code and commands in README run as printed, and so do the samples.</summary>
[Collection(Collections.Builds)]
public sealed class ReadmeTests
{
    private const string TestCommand = "dotnet test";

    public static TheoryData<string> CodeBlocks() => [.. Readme.Blocks("csharp").Select(block => block.Text)];

    public static TheoryData<string> Commands() => [.. Readme.Commands.Where(command => command != TestCommand && !IsAlias(command))];

    public static TheoryData<string, double, string> Results() => [.. Readme.Results];

    [Fact]
    public void The_first_code_block_starts_within_the_first_fifteen_lines() =>
        Assert.InRange(Readme.Blocks("csharp").First().Line, 1, 15);

    [Fact]
    public void CI_runs_the_test_command()
    {
        Assert.Contains(TestCommand, Readme.Commands);
        Assert.Contains(
            $"tests '{TestCommand}' {TestCommand}\n", File.ReadAllText(Repository.PathOf(".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_results_has_rows() =>
        Assert.True(Readme.Results.Count() >= 3, "README's table of results was not recognized.");

    [Theory]
    [MemberData(nameof(CodeBlocks))]
    public void The_code_compiles(string code) => Assert.NotEmpty(CSharpProgram.Compile(code));

    [Theory(Explicit = true)]
    [MemberData(nameof(CodeBlocks))]
    public void The_code_runs(string code)
    {
        Repository.SharedOrSkip("data", "mnist.npz");
        using var nabla = new NablaProcess();
        Environment.SetEnvironmentVariable("NABLA_DATA", Repository.SharedOrSkip("data"));
        Assert.Contains("Accuracy: 0.9", CSharpProgram.Run(code, nabla.Folder), StringComparison.Ordinal);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Commands))]
    public async Task The_command_runs(string command)
    {
        Repository.SharedOrSkip("data", "mnist.npz");
        await RunInShell(command);
    }

    [Fact(Explicit = true)]
    public async Task The_alias_runs_the_command()
    {
        string alias = Assert.Single(Readme.Commands, IsAlias);
        // A script expands aliases only with this option, and only after the line that defines them.
        string output = await RunInShell($"shopt -s expand_aliases\n{alias}\nnabla --version && nabla data list");
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\nkernels: \w+\nthreads: .*\ncaches: .*\nblocks: .*\nname .*\nmnist .*\ndigits .*\n$", output);
    }

    [Fact]
    public void The_list_has_every_command()
    {
        string[] expected =
        [
            "compare", "completions", "data", "evaluate", "explain", "export", "gradcheck", "import", "inspect", "lr-find", "manual",
            "predict", "report", "studio", "train", "verify",
        ];
        Assert.Equal(expected, Readme.Listed.Select(arguments => arguments.Split(' ')[0]).Distinct().Order());
        Assert.Equal(Readme.Lines.Count(line => line.StartsWith("    nabla ", StringComparison.Ordinal)), Readme.Listed.Count());
    }

    [Fact(Explicit = true)]
    public void The_listed_commands_run_one_after_the_other()
    {
        using var nabla = new NablaProcess();
        nabla.Environment["NABLA_DATA"] = Path.GetDirectoryName(Repository.SharedOrSkip("data", "mnist.npz"))!;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "digit.png"), Path.Combine(nabla.Folder, "digit.png"));
        File.WriteAllText(Path.Combine(nabla.Folder, "table.csv"), SmallModels.FlowerTable());
        var outputs = Readme.Listed.Where(arguments => arguments != "studio").ToDictionary(arguments => arguments, nabla.Succeed);
        Assert.StartsWith("digit.png: 2 (", outputs["predict model.safetensors digit.png"], StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task The_studio_answers_at_the_address_that_it_prints()
    {
        Assert.Contains("    dotnet run -c Release --project src/Nabla.Cli -- studio", Readme.Lines);
        using var nabla = new NablaProcess();
        using var process = nabla.Start("studio --no-browser");
        string? line;
        while ((line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)) is not null
            && !line.Contains("http://", StringComparison.Ordinal))
        {
            // What is said before the address.
        }
        Assert.NotNull(line);
        using var client = new HttpClient();
        string address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim();
        string page = await client.GetStringAsync(new Uri(address), TestContext.Current.CancellationToken);
        process.Kill(entireProcessTree: true);
        Assert.Contains("Draw a digit", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sample_has_a_test()
    {
        string[] expected = ["exercise-1.cs", "exercise-2.cs", "score.cs", "serve.cs"];
        var samples = Directory.GetFiles(Repository.PathOf("samples"), "*.cs").Select(path => Path.GetFileName(path));
        Assert.Equal(expected, samples.Order(StringComparer.Ordinal));
    }

    [Fact(Explicit = true)]
    public async Task The_first_exercise_runs()
    {
        string output = await RunInShell("dotnet run samples/exercise-1.cs 1");
        Assert.InRange(NablaProcess.Number(output, "Epoch: 0, Accuracy: "), 0.8, 1);
    }

    [Fact(Explicit = true)]
    public async Task The_second_exercise_gives_the_results_of_the_command()
    {
        var row = Readme.Results.Single(row => row.Arguments == "mnist --preset exercise-2 --epochs 2 --seed 1");
        string output = await RunInShell("dotnet run samples/exercise-2.cs 2");
        Assert.Equal(row.Accuracy, NablaProcess.Number(output, "Epoch: 1, Accuracy: "));
        Assert.EndsWith($"Fingerprint: {row.Fingerprint}\n", output, StringComparison.Ordinal);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Results))]
    public void A_training_run_gives_the_results_of_its_row(string arguments, double accuracy, string fingerprint)
    {
        using var nabla = new NablaProcess();
        nabla.Environment["NABLA_DATA"] = Repository.SharedOrSkip("data");
        var training = nabla.Train(arguments);
        Assert.Equal((accuracy, fingerprint), (training.Accuracy, training.Fingerprint));
    }

    private static bool IsAlias(string command) => command.StartsWith("alias ", StringComparison.Ordinal);

    private static Task<string> RunInShell(string command) => Shell.Run(
        command, Repository.Root, new Dictionary<string, string> { ["NABLA_DATA"] = Repository.SharedOrSkip("data") });
}
