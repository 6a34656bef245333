using System.Globalization;
using System.Text;

namespace Nabla.Cli;

/// <summary>What rank 0 tells all ranks in each round: the jobs to begin, or to stop.</summary>
internal sealed class RankOrders
{
    private const string EndWord = "end", StopWord = "stop";

    private readonly string text;

    private RankOrders(string text) => this.text = text;

    /// <summary>All jobs are done.</summary>
    public static RankOrders End { get; } = new(EndWord);

    /// <summary>A signal has asked a rank to stop.</summary>
    public static RankOrders Stop { get; } = new(StopWord);

    /// <summary>Jobs to begin.</summary>
    /// <param name="lines">A line for each: the rank, and the job.</param>
    public static RankOrders Jobs(string lines) => new(lines);

    /// <summary>Whether the ranks stop because of a signal.</summary>
    public bool IsStop => text == StopWord;

    /// <summary>Whether the ranks do nothing more.</summary>
    public bool IsLast => IsStop || text == EndWord;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static RankOrders Read(byte[] bytes) => new(Encoding.UTF8.GetString(bytes));

    /// <summary>The orders as a message.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(text);

    /// <summary>Begins the jobs of a rank.</summary>
    public void Begin(int rank, JobPool pool)
    {
        string start = string.Create(CultureInfo.InvariantCulture, $"{rank} ");
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
                pool.Start(SearchJob.Read(line[start.Length..]));
        }
    }
}
