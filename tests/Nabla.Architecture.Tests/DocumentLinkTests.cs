using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>Links between documents, and from documents to lines of code, are right. A fault names the line's new number.</summary>
public sealed class DocumentLinkTests
{
    public static TheoryData<string> Documents
    {
        get
        {
            string[] atRoot = [.. new[] { "README.md", "CONTRIBUTING.md" }.Where(name => File.Exists(Repository.PathOf(name)))];
            string docs = Repository.PathOf("docs");
            string[] below = Directory.Exists(docs) ? Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories) : [];
            return [
                .. atRoot,
                .. below.Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        }
    }

    [Theory, MemberData(nameof(Documents))]
    public void Every_link_leads_where_it_says(string document)
    {
        string path = Repository.PathOf(document);
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT") == "1")
            File.WriteAllText(path, Corrected(File.ReadAllText(path), path));
        var wrong = MarkdownLink.AllIn(File.ReadAllLines(path))
            .Select(link => (link, fault: link.FaultFrom(path)))
            .Where(found => found.fault is not null)
            .Select(found => $"{document}:{found.link.Line}: [{found.link.Text}]({found.link.Target}): {found.fault}");
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    [Fact]
    public void Faults_are_found_and_say_what_would_be_right()
    {
        using var folder = new TemporaryDocuments();
        folder.Write("Code.cs", "class Code\n{\n    void Backpropagate() { }\n}\n");
        string document = folder.Write("a.md", "# A heading, `code` and 2 more\n\n## Twice\n\n## Twice\n");

        string?[] faults = [.. MarkdownLink.AllIn(
        [
            "[code](Code.cs), [`Backpropagate`](Code.cs#L3), [heading](#a-heading-code-and-2-more), [second](a.md#twice-1), "
                + "[web](https://example.org/#x)",
            "```", "[in a block](nowhere.md)", "```", "and `[in code](nowhere.md)` too",
            "[`Backpropagate`](Code.cs#L2)",
            "[`Elsewhere`](Code.cs#L2)",
            "[`Code`](Code.cs#L9)",
            "[gone](gone.md)",
            "[no",
            "heading](#b)",
        ]).Select(link => link.FaultFrom(document))];

        Assert.Equal(
            [
                null, null, null, null, null,
                "line 2 has no Backpropagate; it stands in line 3",
                "line 2 has no Elsewhere; it stands in no line",
                "there is no line 9, the last is 4; Code stands in line 1",
                "there is no such file",
                "there is no such heading",
            ],
            faults);
    }

    [Theory]
    [InlineData("[`Go`](Code.cs#L5)", "[`Go`](Code.cs#L6)")]
    [InlineData("[`Go`](Code.cs#L4)", "[`Go`](Code.cs#L4)")]
    [InlineData("a [`Go`](Code.cs#L2), and", "a [`Go`](Code.cs#L3), and")]
    [InlineData("[`y`](Code.cs#L1)", "[`y`](Code.cs#L7)")]
    [InlineData("[`Gone`](Code.cs#L2) [web](https://example.org/#x)", "[`Gone`](Code.cs#L2) [web](https://example.org/#x)")]
    public void Accepting_moves_links_to_the_nearest_declaration(string text, string corrected)
    {
        using var folder = new TemporaryDocuments();
        folder.Write(
            "Code.cs",
            "class Code\n{\n    public void Go() { }\n    int x = Go();\n\n    private int Go(int n) => 1;\n    int y = Go();\n}\n");
        Assert.Equal(corrected, Corrected(text, folder.Write("a.md", text)));
    }

    private static string Corrected(string text, string path) =>
        MarkdownLink.AllIn(text.Split('\n')).Aggregate(text, (corrected, link) => corrected.Replace(
            $"[{link.Text}]({link.Target})", $"[{link.Text}]({link.CorrectedFrom(path)})", StringComparison.Ordinal));

    private sealed class TemporaryDocuments : IDisposable
    {
        private readonly string root = Directory.CreateTempSubdirectory("nabla-links-").FullName;

        public string Write(string name, string text)
        {
            string path = Path.Combine(root, name);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => Directory.Delete(root, recursive: true);
    }
}
