using System.Text;

namespace Nabla.Cli;

/// <summary>The lines of a search's file.</summary>
internal sealed class SearchLines
{
    private SearchLines(byte[] bytes, string[] results, bool isSaved)
    {
        Bytes = bytes;
        Results = results;
        IsSaved = isSaved;
    }

    /// <summary>All complete lines.</summary>
    public byte[] Bytes { get; }

    /// <summary>Those that are results of jobs.</summary>
    public string[] Results { get; }

    /// <summary>Whether the file has these bytes and no others.</summary>
    public bool IsSaved { get; }

    /// <summary>The lines of a new search.</summary>
    public static SearchLines New(SearchHeader header) => new(Encoding.UTF8.GetBytes(header.ToJson() + "\n"), [], isSaved: false);

    /// <summary>Reads a file. A last line that was not written completely is left out.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">What its search must be.</param>
    /// <param name="terminal">Receives a notice if a line is left out.</param>
    /// <exception cref="UsageException">It is of another search.</exception>
    /// <exception cref="InvalidInputException">It is not the file of a search.</exception>
    public static SearchLines Read(OutputFile file, SearchHeader header, Terminal terminal)
    {
        byte[] bytes = File.ReadAllBytes(file.FullPath);
        string text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'); // some editors put it at the beginning
        string[] lines = text.Split('\n'); // the last one is what follows the last line end
        RequireSame(file, lines[0], header);
        int complete = 1;
        while (complete < lines.Length - 1 && IsResult(file, lines, complete))
            complete++;
        string kept = string.Concat(lines.Take(complete).Select(line => line + "\n"));
        if (kept != text)
            terminal.Inform($"The last line of {file.DisplayPath} was not written completely, and is left out: its job is done again.");
        byte[] saved = Encoding.UTF8.GetBytes(kept);
        return new(saved, lines[1..complete], saved.AsSpan().SequenceEqual(bytes));
    }

    private static void RequireSame(OutputFile file, string line, SearchHeader header)
    {
        try
        {
            if (SearchHeader.Read(line).FindDifference(header) is { } difference)
            {
                throw new UsageException(
                    $"cannot continue {file.DisplayPath}", $"it is the file of another search: {difference}",
                    "Choose another file with --out, or repeat the command that began it.");
            }
        }
        catch (FormatException e)
        {
            throw new InvalidInputException(
                $"cannot continue {file.DisplayPath}", "its first line", $"it is not that of a search: {e.Message}",
                "Choose another file with --out.");
        }
    }

    /// <returns>False for the last line, if it is damaged.</returns>
    private static bool IsResult(OutputFile file, string[] lines, int number)
    {
        try
        {
            return JobResult.Read(lines[number]) is not null;
        }
        catch (FormatException) when (number == lines.Length - 2 && lines[^1].Length == 0)
        {
            return false;
        }
        catch (FormatException e)
        {
            throw new InvalidInputException(
                $"cannot continue {file.DisplayPath}", $"line {number + 1}", $"it is not the result of a job: {e.Message}",
                "Delete this line: its job is then done again. Or choose another file with --out.");
        }
    }
}
