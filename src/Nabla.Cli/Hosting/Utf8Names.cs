using System.Text.Unicode;

namespace Nabla.Cli;

/// <summary>
/// Names that are not UTF-8, which Unix permits. The runtime puts U+FFFD in the place of their bytes, and would read or write a file of
/// another name.
/// </summary>
internal static class Utf8Names
{
    private const char Replacement = '\uFFFD';
    private const string RawArguments = "/proc/self/cmdline";

    /// <summary>Requires that the arguments of this process are what the user wrote.</summary>
    /// <exception cref="UsageException">One is not UTF-8.</exception>
    public static void Require(IReadOnlyList<string> arguments)
    {
        if (arguments.FirstOrDefault(MayBeWrong) is { } wrong && !AreValid())
        {
            throw new UsageException(
                $"cannot use the argument {wrong}", "its bytes are not UTF-8: another name would be read or written",
                "Rename the file or the folder.");
        }
    }

    /// <summary>Whether a name may stand for another one.</summary>
    public static bool MayBeWrong(string name) => name.Contains(Replacement, StringComparison.Ordinal);

    // A name may really contain U+FFFD. Where the bytes cannot be seen, that is the less likely case.
    private static bool AreValid()
    {
        try
        {
            return Utf8.IsValid(File.ReadAllBytes(RawArguments));
        }
        catch (Exception e) when (FileError.Is(e))
        {
            return false;
        }
    }
}
