using System.Text.RegularExpressions;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>The code and the commands of docs/coming-from.md run as printed, and the names in its tables exist.</summary>
[Collection(Collections.Builds)]
public sealed partial class ComingFromTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("docs", "coming-from.md"));

    public static TheoryData<string> CodeBlocks() => [.. Readme.Blocks("csharp", Lines).Select(block => block.Text)];

    [Theory(Explicit = true)]
    [MemberData(nameof(CodeBlocks))]
    public void The_code_runs_and_learns(string code)
    {
        using var nabla = new NablaProcess();
        string output = CSharpProgram.Run(code, nabla.Folder);
        Assert.InRange(NablaProcess.Number(output, "Accuracy: "), 0.7, 1);
    }

    [Fact(Explicit = true)]
    public void The_commands_run_one_after_the_other()
    {
        using var nabla = new NablaProcess();
        File.WriteAllText(Path.Combine(nabla.Folder, "table.csv"), SmallModels.FlowerTable());
        string[] commands = Assert.Single(Readme.Blocks("bash", Lines)).Text.Split('\n');
        Assert.All(commands, command => Assert.NotEmpty(nabla.Succeed(command["nabla ".Length..])));
    }

    [Fact]
    public void Options_that_the_tables_name_exist()
    {
        var types = new[]
        {
            typeof(TrainingOptions), typeof(AdamOptions), typeof(MomentumOptions), typeof(RmsPropOptions), typeof(Layer), typeof(Dataset),
            typeof(Model), typeof(Classifier), typeof(Regressor), typeof(Topology), typeof(Network), typeof(TrainingHistory),
            typeof(Training), typeof(Training<>), typeof(Prediction), typeof(DatasetSplit), typeof(Optimizer), typeof(Backpropagation),
            typeof(Predictor), typeof(MathF), typeof(ClassWeights),
        }.ToLookup(type => type.Name.Split('`')[0]);
        var names = Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(line => Qualified().Matches(line.Split(" | ")[1]));
        var known = names.Where(name => types.Contains(name.Groups[1].Value)).ToArray();
        Assert.True(known.Length > 20);
        Assert.All(known, name => Assert.Contains(types[name.Groups[1].Value], type => type.GetMember(name.Groups[2].Value).Length > 0));
    }

    // In a code span, a type of which the type argument may be named, and its member.
    [GeneratedRegex(@"`(\w+)(?:<\w+>)?\.(\w+)")]
    private static partial Regex Qualified();
}
