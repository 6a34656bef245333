using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>No page and no source has the marks of a merge that was not finished.</summary>
public sealed class MergeConflictTests
{
    private static readonly string[] Marks = ["<<<<<<< ", ">>>>>>> "];

    [Fact]
    public void No_merge_conflict_is_left()
    {
        string[] folders = ["src", "tests", "bench", "samples"];
        var pages = Directory.GetFiles(Repository.Root, "*.md")
            .Concat(Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories));
        var marked = from file in pages.Concat(folders.SelectMany(SourceFile.Below).Select(file => Repository.PathOf(file)))
                     from line in File.ReadLines(file).Index()
                     where Array.Exists(Marks, mark => line.Item.StartsWith(mark, StringComparison.Ordinal))
                     select $"{file}:{line.Index + 1}";
        Assert.Empty(marked);
    }
}
