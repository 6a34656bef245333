using System.Text.RegularExpressions;
using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>Files are written through <see cref="IFileOutput"/>, so that every failure can be tested (decision 33).</summary>
public sealed partial class FileOutputTests
{
    // What may write, move or delete files and folders itself.
    private static readonly string[] Exceptions =
    [
        "src/Nabla/Data/Files/AbandonedFiles.cs", // opens what may be in use, and writes nothing
        "src/Nabla/Data/Files/OutputPlace.cs", // likewise
        "src/Nabla/Data/Files/SystemFileOutput.cs", // the output itself
        "src/Nabla/Data/Named/Download/PartFile.cs", // a download that is continued; published through the output
        "src/Nabla/Data/Named/Download/FileDownloader.cs", // the folder of downloads
        "src/Nabla/Persistence/CheckpointFolder.cs", // deletes the folder if it is empty
        "src/Nabla/Persistence/EnsembleCheckpoints.cs", // likewise
        "src/Nabla.Cli/Data/StandardInput.cs", // a temporary file that the process reads
        "src/Nabla.Cli/Training/RunFolder.cs", // locks the folder of a run, and moves that of an older one aside
        "src/Nabla.Cli/Training/RunRecord.cs", // deletes the folder if it is empty
        "src/Nabla.Studio/Data/Upload.cs", // deletes a temporary file
        "src/Nabla.Studio/Security/RedirectFile.cs", // a temporary folder
    ];

    [Fact]
    public void Files_are_written_through_one_interface()
    {
        var writers = from file in SourceFile.Below("src")
                      where !file.StartsWith("src/Nabla.Cli/SelfTests/", StringComparison.Ordinal)
                      where File.ReadLines(Repository.PathOf(file)).Any(line => Writes().IsMatch(Comment().Replace(line, "")))
                      select file;
        Assert.Equal(Exceptions.Order(StringComparer.Ordinal), writers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("        File.WriteAllText(path, text);", true)]
    [InlineData("        using var stream = new FileStream(path, FileMode.Create);", true)]
    [InlineData("        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);", false)]
    [InlineData("        using var writer = new StreamWriter(stream, leaveOpen: true);", false)]
    [InlineData("        using var writer = new StreamWriter(path);", true)]
    [InlineData("        using var file = PartFile.Create(target);", false)]
    [InlineData("        Directory.Move(Path, old);", true)]
    [InlineData("        Directory.CreateDirectory(path);", true)]
    [InlineData("        Directory.Delete(path, recursive: true);", true)]
    [InlineData("        File.Delete(path);", true)]
    [InlineData("        output.Delete(path);", false)]
    [InlineData("    /// <see cref=\"File.Move(string, string)\"/> copies", false)]
    public void Writing_is_recognized(string line, bool writes) => Assert.Equal(writes, Writes().IsMatch(Comment().Replace(line, "")));

    [GeneratedRegex(
        @"\bFile\.(Create|Copy|Replace|Move|Delete|Open|OpenWrite|Append\w*|Write\w*)\(|\bDirectory\.(Create\w*|Move|Delete)\("
        + @"|\bFile\.OpenHandle\(.*FileAccess\.\w*Write|GetTempFileName"
        + @"|new FileStream\((?!.*FileAccess\.Read,)|new FileInfo\([^)]*\)\.(Create|Open|Move|Append)"
        + @"|new StreamWriter\((path|file\b|""|\$)")]
    private static partial Regex Writes();

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();
}
