using System.IO.Compression;
using System.Xml.Linq;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>The packages that a release consists of, installed in a folder that has never seen Nabla.</summary>
[Collection(Collections.Builds)]
public sealed class PackageTests : IClassFixture<PackageTests.Packages>
{
    private const string NewProject = "dotnet new console --output first && cd first && dotnet add package Nabla --prerelease";

    private readonly Packages packages;

    public PackageTests(Packages packages) => this.packages = packages;

    [Fact]
    public void The_readme_of_the_packages_begins_as_README_does() => Assert.Contains(
        Readme.Blocks("csharp").First().Text, File.ReadAllText(Repository.PathOf("src", "PACKAGE.md")), StringComparison.Ordinal);

    [Fact]
    public void The_page_about_packages_shows_these_commands()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "packages.md"));
        Assert.Contains($"    {ReleaseWorkflow.Command("dotnet pack")}\n", page, StringComparison.Ordinal);
        Assert.Contains($"    {NewProject.Replace(" && ", "\n    ", StringComparison.Ordinal)}\n", page, StringComparison.Ordinal);
        Assert.Contains("    dotnet tool install Nabla.Tool --prerelease", page, StringComparison.Ordinal);
        string publish = ReleaseWorkflow.Command("dotnet publish").Replace("${{ matrix.runtime }}", "linux-x64", StringComparison.Ordinal);
        Assert.Contains($"    {publish}\n", page, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task A_new_console_project_runs_the_code_of_README()
    {
        var folder = await packages.Folder();
        await folder.Run(NewProject);
        foreach (var (_, code) in Readme.Blocks("csharp"))
        {
            File.WriteAllText(Path.Combine(folder.Here, "first", "Program.cs"), code);
            Assert.Contains("Accuracy: 0.9", await folder.Run("dotnet run --project first -c Release"), StringComparison.Ordinal);
        }
    }

    [Fact(Explicit = true)]
    public async Task A_project_can_have_all_packages()
    {
        var folder = await packages.Folder();
        string[] names = [.. packages.Files(".nupkg").Select(Id).Where(id => id != "Nabla.Tool")];
        await folder.Run("dotnet new console --output all");
        foreach (string name in names)
            await folder.Run($"cd all && dotnet add package {name} --prerelease --no-restore");
        await folder.Run("dotnet build all");
    }

    [Fact(Explicit = true)]
    public async Task A_program_opens_the_studio()
    {
        const string waiting = "Console.ReadLine();";
        var (_, code) = Assert.Single(Readme.Blocks("csharp", File.ReadAllLines(Repository.PathOf("docs", "studio.md"))));
        Assert.EndsWith(waiting, code, StringComparison.Ordinal);
        var folder = await packages.Folder();
        await folder.Run("dotnet new console --output studio && cd studio && dotnet add package Nabla.Studio --prerelease");
        File.WriteAllText(Path.Combine(folder.Here, "studio", "Program.cs"), code.Replace(
            waiting,
            """
            using var client = new HttpClient();
            Console.WriteLine(await client.GetStringAsync(studio.Address));
            await studio.DisposeAsync();
            await client.GetAsync(studio.Address).ContinueWith(answer => Console.WriteLine(answer.Exception!.InnerException!.GetType()));
            """,
            StringComparison.Ordinal));
        string output = await folder.Run("dotnet run --project studio -c Release");
        Assert.StartsWith("http://127.0.0.1:", output, StringComparison.Ordinal);
        Assert.Contains("<h1>Draw", output, StringComparison.Ordinal);
        Assert.EndsWith("System.Net.Http.HttpRequestException\n", output, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task The_tool_trains()
    {
        var folder = await packages.Folder();
        await folder.Run("dotnet tool install Nabla.Tool --prerelease --tool-path tools");
        string output = await folder.Run("tools/nabla train digits --epochs 2 --seed 1 --out model.safetensors");
        Assert.Contains("sha256", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Here, "model.safetensors")));
        string version = await folder.Run("dotnet tool exec Nabla.Tool --prerelease --yes -- --version");
        Assert.Contains("kernels: ", version, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task Each_package_says_what_it_is_and_has_symbols()
    {
        await packages.Folder();
        string[] symbols = [.. packages.Files(".snupkg").Select(Id)];
        foreach (string file in packages.Files(".nupkg"))
        {
            using var archive = ZipFile.OpenRead(file);
            string[] entries = [.. archive.Entries.Select(entry => entry.FullName)];
            Assert.Contains("PACKAGE.md", entries);
            Assert.Contains("icon.png", entries);
            Assert.Contains(Id(file), symbols);
            var (metadata, space) = Metadata(archive);
            Assert.Equal("MIT", metadata.Element(space + "license")!.Value);
            Assert.NotEmpty(metadata.Element(space + "tags")!.Value);
            Assert.NotNull(metadata.Element(space + "repository")!.Attribute("commit"));
            // Its own sentence, not that of all projects.
            Assert.Equal(Id(file) == "Nabla", metadata.Element(space + "description")!.Value == Description);
            if (Id(file) != "Nabla.Tool")
                Assert.Contains($"lib/net10.0/{Id(file)}.xml", entries);
        }
    }

    private static string Description =>
        XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Description").Single().Value;

    private static string Id(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        var (metadata, space) = Metadata(archive);
        return metadata.Element(space + "id")!.Value;
    }

    private static (XElement Metadata, XNamespace Space) Metadata(ZipArchive archive)
    {
        using var text = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var package = XDocument.Load(text).Root!;
        return (package.Element(package.Name.Namespace + "metadata")!, package.Name.Namespace);
    }

    /// <summary>The packages, made once by the command of the release workflow.</summary>
    public sealed class Packages : IDisposable
    {
        private readonly FreshFolder folder = new();

        private Task? packing;

        internal async Task<FreshFolder> Folder()
        {
            string command = ReleaseWorkflow.Command("dotnet pack").Replace("artifacts/packages", folder.Feed, StringComparison.Ordinal);
            await (packing ??= folder.Pack(command));
            return folder;
        }

        internal string[] Files(string extension) => Directory.GetFiles(folder.Feed, "*" + extension);

        public void Dispose() => folder.Dispose();
    }
}
