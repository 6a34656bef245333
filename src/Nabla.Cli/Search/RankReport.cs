using System.Globalization;
using System.Text;

namespace Nabla.Cli;

/// <summary>What a rank tells rank 0 in each round.</summary>
/// <param name="idle">How many more jobs it can begin.</param>
/// <param name="isAsked">Whether a signal has asked it to stop.</param>
/// <param name="lines">The results of the jobs that it has finished, as JSON.</param>
internal sealed class RankReport(int idle, bool isAsked, IReadOnlyList<string> lines)
{
    /// <summary>How many more jobs it can begin.</summary>
    public int Idle { get; } = idle;

    /// <summary>Whether a signal has asked it to stop.</summary>
    public bool IsAsked { get; } = isAsked;

    /// <summary>The results of the jobs that it has finished, as JSON.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static RankReport Read(byte[] bytes)
    {
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        return new(int.Parse(lines[0], CultureInfo.InvariantCulture), lines[1].Length > 0, lines[2..]);
    }

    /// <summary>The report as a message.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Join(
        '\n', [Idle.ToString(CultureInfo.InvariantCulture), IsAsked ? "asked" : "", .. Lines]));
}
