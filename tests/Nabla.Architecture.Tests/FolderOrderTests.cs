using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>The folders of each project have an order, and each uses only those before it.</summary>
public sealed class FolderOrderTests
{
    // From the first folder to the last; "" is the project's own folder.
    private static readonly Dictionary<string, string[]> Orders = new(StringComparer.Ordinal)
    {
        ["Nabla.Kernels"] = ["", "Hardware", "Lanes", "Parallel", "Doubles", "Random", "Elementwise", "Rows", "Gemm", "Sparse"],
        ["Nabla.Reference"] = ["Kinds", "Activations", "Costs", "", "Training", "Gradients"],
        ["Nabla"] =
        [
            "", "Kinds", "Ranks",
            "Data/Formats", "Data/Files", "Data/Arrays", "Data/Arrays/Zip", "Data/Arrays/Npy", "Data/Arrays/Idx", "Data/Rows", "Data/Sets",
            "Data/Named/Digits", "Data/Named/Download", "Data/Named/Mnist",
            "Augmentation",
            "Preprocessing", "Networks/Activations", "Networks/Initializations", "Networks", "Losses", "Optimizers",
            "Optimizers/Schedules", "Backprop",
            "Prediction", "Training", "Evaluation", "Models", "Export", "Persistence",
        ],
        ["Nabla.Mpi"] = ["Launchers", "Abis", "Libraries", "Heartbeats", ""],
        ["Nabla.Tables"] = ["Cells", "Sources", "Encoding", "Planning", "Programs", ""],
        ["Nabla.Parquet"] = ["Columns", ""],
        ["Nabla.Onnx"] = ["Format", "Export", "Import", ""],
        ["Nabla.Explain"] = ["Networks", "Units", "Evaluation", "Tables", "Steps"],
        ["Nabla.Report"] = ["Text", "Page", "Charts", "Images", "Findings", "Sections", ""],
        ["Nabla.Images"] = [""],
        ["Nabla.MLNet"] = ["Access", "Labels", "Reading", "Rows", "Persistence", ""],
        ["Nabla.Studio"] =
            ["Options", "Security", "Messages", "Data", "Drawing", "Running", "Lessons", "Steps", "Mistakes", "Streams", "Pages", ""],
        ["Nabla.Cli"] =
        [
            "Hosting", "Options", "Completion", "Manual", "Requests", "Inspection", "Formats", "Data", "Reference", "Gradients", "Training",
            "Search", "Predictions", "Evaluation", "Reports", "Explanations", "Exchange", "SelfTests", "Commands", "",
        ],
    };

    // Uses that are wrong and have to wait: the project, the folder that uses, the folder that is used.
    private static readonly (string Project, string From, string To)[] Exceptions = [];

    public static TheoryData<string> Projects => [.. Orders.Keys];

    [Fact]
    public void Every_project_has_an_order()
    {
        var projects = Directory.GetDirectories(Repository.PathOf("src"))
            .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0);
        Assert.Equal(Orders.Keys.Order(), projects.Select(folder => Path.GetFileName(folder)).Order());
    }

    [Theory, MemberData(nameof(Projects))]
    public void Every_folder_has_its_place_in_the_order(string project)
    {
        var folders = SourceFile.Below($"src/{project}").Select(file => FolderUses.FolderOf(project, file)).Distinct();
        Assert.Equal(Orders[project].Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Each_folder_uses_only_those_before_it(string project)
    {
        var uses = FolderUses.Find(project);
        string[] order = Orders[project];
        var wrong = from use in uses
                    // A type in several parts belongs to the first of their folders.
                    let folder = use.Folders.MinBy(folder => Array.IndexOf(order, folder))
                    where Array.IndexOf(order, folder) > Array.IndexOf(order, use.From)
                    where !Exceptions.Contains((project, use.From, folder))
                    select $"{use.File}:{use.Line} uses {use.Symbol} of \"{folder}\"";
        Assert.True(!wrong.Any(), string.Join('\n', wrong.Distinct()));
    }

    [Fact]
    public void A_member_belongs_to_the_folder_of_its_part()
    {
        var uses = FolderUses.Find("sample", new Dictionary<string, string>
        {
            ["src/sample/Models/Model.cs"] = "public partial class Model { void Use() { Save(); Model m = new(1); m.Name = \"\"; } }",
            ["src/sample/Persistence/Model.Files.cs"] =
                "public partial class Model { public void Save() { } public Model(int n) { } public string Name { get; set; } }",
            ["src/sample/Training/Users.cs"] = "class Users { Model model; void Use(int local) { local = 1; model.ToString(); } }",
        });
        Assert.Equal(
            [
                "Models uses Model.Model(int) of Persistence",
                "Models uses Model.Name of Persistence",
                "Models uses Model.Save() of Persistence",
                "Training uses Model of Models, Persistence",
            ],
            uses.Select(use => $"{use.From} uses {use.Symbol} of {string.Join(", ", use.Folders)}").Distinct()
                .Order(StringComparer.Ordinal));
    }
}
