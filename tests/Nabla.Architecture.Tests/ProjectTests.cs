using System.Xml.Linq;
using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

public class ProjectTests
{
    [Theory]
    [InlineData("Nabla.Kernels", "")]
    [InlineData("Nabla.Reference", "")]
    [InlineData("Nabla", "Nabla.Kernels")]
    [InlineData("Nabla.Mpi", "Nabla")]
    [InlineData("Nabla.Tables", "Nabla")]
    [InlineData("Nabla.Parquet", "Nabla.Tables")]
    [InlineData("Nabla.Onnx", "Nabla.Tables")]
    [InlineData("Nabla.Explain", "Nabla.Reference Nabla.Tables")]
    [InlineData("Nabla.Report", "Nabla.Explain")]
    [InlineData("Nabla.Images", "Nabla")]
    [InlineData("Nabla.MLNet", "Nabla")]
    [InlineData("Nabla.Studio", "Nabla.Explain Nabla.Images")]
    [InlineData("Nabla.Cli", "Nabla.Images Nabla.Mpi Nabla.Onnx Nabla.Parquet Nabla.Report Nabla.Studio")]
    public void Arrows_between_projects_point_down(string project, string mayUse)
    {
        var used = Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Order();
        Assert.Equal(mayUse, string.Join(' ', used));
    }

    [Theory]
    [InlineData("Nabla.Kernels")]
    [InlineData("Nabla.Reference")]
    [InlineData("Nabla")]
    [InlineData("Nabla.Mpi")]
    public void The_runtime_packages_depend_on_no_package(string project) =>
        Assert.DoesNotContain(Items(project, "PackageReference"), package => !package.EndsWith("Analyzers", StringComparison.Ordinal));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        // The comparisons bring libtorch, half a gigabyte that no build or test of ours needs: bench/compare builds them by themselves.
        const string outside = "Nabla.Comparisons.csproj";
        string solution = File.ReadAllText(Repository.PathOf("Nabla.slnx"));
        string[] projects = [.. new[] { "src", "tests", "bench" }.SelectMany(
            folder => Directory.GetFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))];
        Assert.DoesNotContain(outside, solution, StringComparison.Ordinal);
        Assert.All(
            projects.Where(path => Path.GetFileName(path) != outside),
            path => Assert.Contains(Path.GetFileName(path), solution, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Items(string project, string kind) => XDocument
        .Load(Repository.PathOf("src", project, project + ".csproj"))
        .Descendants(kind)
        .Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));
}
