namespace Nabla.Tests;

/// <summary>Digests that stay the same, one on each line of a text file. <c>tests/accept</c> adds lines and changes none.</summary>
/// <param name="file">Name of a file in the folder <c>Digests</c>.</param>
internal sealed class PinnedDigests(string file)
{
    private readonly string path = Repository.PathOf("tests", "Nabla.Tests", "Digests", file);
    private readonly Lock writing = new();

    /// <summary>Fails if a digest is not the one in the file.</summary>
    public void Check(string name, string digest)
    {
        lock (writing)
        {
            string[] lines = File.ReadAllLines(path);
            string line = $"{name} {digest}";
            string? pinned = Array.Find(lines, other => other[..other.LastIndexOf(' ')] == name);
            if (pinned is null && Environment.GetEnvironmentVariable("NABLA_ACCEPT") == "1")
                File.WriteAllLines(path, lines.Append(line).Order(StringComparer.Ordinal));
            else if (pinned is null)
                Assert.Fail($"Digests/{file} has no digest of {name}. If it is new, run tests/accept, which adds the line\n{line}");
            else
                Assert.True(line == pinned, $"Other bits:\n{line}\nDigests/{file} has\n{pinned}\nIf this is intended, change that line.");
        }
    }
}
