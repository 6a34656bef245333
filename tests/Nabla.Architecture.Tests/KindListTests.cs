namespace Nabla.Architecture.Tests;

/// <summary>A new kind is one file and one line in its catalogue: no code elsewhere tells kinds apart or lists them.</summary>
public sealed class KindListTests
{
    // Members whose task is to list the kinds of one catalogue.
    private static readonly string[] CatalogueMembers =
    [
        "Activation.All", "Loss.All", "OptimizerOptions.All", "Schedule.All", "FileFormat.All", "CliFormats.All",
        "ActivationCatalogue.Kinds", "CostCatalogue.Kinds", "OptimizerCatalogue.Kinds", "ActivationNodes.Kinds",
    ];

    // Other members that name several kinds, each with its reason.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["CrossEntropyLoss.OutputActivations"] = "belongs to one kind: the mathematics of this loss hold for these two outputs alone",
        ["TrainingOptionCatalogue.Model"] = "options of different sorts, each with its own default in its help text",
        ["TrainingOptionCatalogue.Training"] = "options of different sorts, each with its own default in its help text",
        ["CliFormats.Detect"] = "of an empty file or a text the content says too little: there the file's name decides",
        ["CsvSource.RequireTable"] = "a table may be an empty file or a text",
        ["MomentumOptions.AllParameters"] = "the parameter of this kind is named as the kind is",
        ["SampleRun.All"] = "samples of training runs: they use different ways to train a network, and not all kinds",
        ["IdxFormat.Formats"] = "belongs to one kind: IDX files come compressed or not",
    };

    public static TheoryData<string> Projects => [.. FolderOrderTests.Projects];

    [Theory, MemberData(nameof(Projects))]
    public void No_code_outside_a_catalogue_tells_kinds_apart(string project)
    {
        var wrong = from list in KindList.Find(project)
                    where !CatalogueMembers.Contains(list.Member) && !Exceptions.ContainsKey(list.Member)
                    select $"{list.File}:{list.Line}: {list.Member} names the kinds {string.Join(", ", list.Kinds)} of {list.Catalogue}";
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    [Fact]
    public void Each_exception_is_still_needed()
    {
        var found = FolderOrderTests.Projects.SelectMany(project => KindList.Find(project.Data)).Select(list => list.Member).ToHashSet();
        Assert.All(CatalogueMembers.Concat(Exceptions.Keys), member => Assert.Contains(member, found));
    }

    [Fact]
    public void Switches_chains_and_lists_are_found_and_other_uses_are_not()
    {
        var compilation = FolderUses.Compile("sample", new Dictionary<string, string>
        {
            ["src/sample/Sample.cs"] = """
                using Nabla;
                class Sample
                {
                    int Expression(OptimizerOptions o) => o switch { SgdOptions => 1, AdamOptions => 2, _ => 0 };
                    int Statement(string name) { switch (name) { case "relu": return 1; case "tanh": return 2; default: return 0; } }
                    Activation[] Collection => [Activation.Relu, Activation.Tanh];
                    Dictionary<string, int> Map = new() { ["quadratic"] = 1, ["cross-entropy"] = 2 };
                    bool Or(Loss l) => l == Loss.Quadratic || l == Loss.CrossEntropy;
                    bool Pattern(string name) => name is "sgd" or "adam";
                    int Chain(OptimizerOptions o) { if (o is SgdOptions) return 1; else if (o is AdamOptions) return 2; return 0; }
                    int Conditional(string name) => name == "npz" ? 1 : name == "png" ? 2 : 0;

                    Activation[] OneOfEachCatalogue => [Activation.Relu];
                    TrainingOptions Options => new() { Activation = Activation.Relu, OutputActivation = Activation.Softmax };
                    Scaling Default(bool bytes) => bytes ? Scaling.Unit : Scaling.Standardize;
                    object[] Mixed => [Activation.Relu, Loss.Quadratic, "relu"];
                }
                """,
        });
        Assert.Equal(
            [
                "4 Sample.Expression OptimizerOptions", "5 Sample.Statement Activation", "6 Sample.Collection Activation",
                    "7 Sample.Map Loss",
                "8 Sample.Or Loss", "9 Sample.Pattern OptimizerOptions", "10 Sample.Chain OptimizerOptions",
                    "11 Sample.Conditional FileFormat",
            ],
            KindList.Find(compilation).Where(list => !list.Catalogue.StartsWith("Reference", StringComparison.Ordinal))
                .Select(list => $"{list.Line} {list.Member} {list.Catalogue}").Distinct());
    }
}
