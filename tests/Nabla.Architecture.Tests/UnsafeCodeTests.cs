using System.Text.RegularExpressions;
using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>Every file with unsafe code is in docs/unsafe-code.md, which says who checks its bounds.</summary>
public sealed partial class UnsafeCodeTests
{
    [Fact]
    public void Every_file_with_unsafe_code_is_in_the_document()
    {
        string document = File.ReadAllText(Repository.PathOf("docs/unsafe-code.md"));
        string[] named = [.. Name().Matches(document).Select(match => match.Groups[1].Value)];
        string[] files = [.. SourceFile.Below("src").Where(file => Unsafe().IsMatch(File.ReadAllText(Repository.PathOf(file))))
            .Select(file => file["src/".Length..].Replace("Nabla.Kernels/", "", StringComparison.Ordinal))];
        Assert.Equal(files.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"`([\w./]+\.cs)`(?!\])")]
    private static partial Regex Name();

    [GeneratedRegex(
        @"\bunsafe\b|\bUnsafe\.|MemoryMarshal\.(GetReference|CreateSpan|CreateReadOnlySpan|GetArrayDataReference)|NativeMemory"
        + @"|LoadUnsafe|StoreUnsafe|\bfixed \(|SkipLocalsInit|DllImport|LibraryImport")]
    private static partial Regex Unsafe();
}
