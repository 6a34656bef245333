using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Mpi;

/// <summary>Texts that a library of MPI writes into a buffer.</summary>
internal static unsafe partial class MpiText
{
    /// <summary>Bytes of the longest MPI_MAX_ERROR_STRING.</summary>
    public const int LongestError = 512;

    /// <summary>Bytes of the longest MPI_MAX_LIBRARY_VERSION_STRING.</summary>
    public const int LongestVersion = 8192;

    /// <summary>A text in a buffer.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="length">Its length in bytes, in which some libraries count a final zero.</param>
    public static string Read(byte* text, int length) => Encoding.UTF8.GetString(text, length).TrimEnd('\0');

    /// <summary>A text as one line.</summary>
    public static string Line(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
