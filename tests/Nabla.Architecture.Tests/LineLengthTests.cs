using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>No line of code is longer than a screen is wide.</summary>
public sealed class LineLengthTests
{
    private const int Longest = 140; // As .editorconfig has it.

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        string[] folders = ["src", "tests", "bench", "samples"];
        var files = folders.SelectMany(SourceFile.Below);
        var tooLong = from file in files
                      from line in File.ReadLines(Repository.PathOf(file)).Index()
                      where line.Item.Length > Longest
                      select $"{file}:{line.Index + 1}: {line.Item.Length} characters";
        Assert.True(!tooLong.Any(), string.Join('\n', tooLong));
    }
}
