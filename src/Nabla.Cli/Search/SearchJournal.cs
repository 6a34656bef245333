using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Nabla.Cli;

/// <summary>
/// The file of a search: a line that says what is searched, and one for each job that is done. Lines are added and flushed to the disk, so
/// that a kill or a power cut loses at most the jobs that were not done, and a line that was being written.
/// </summary>
internal sealed class SearchJournal : IDisposable
{
    private readonly OutputFile file;
    private readonly IFileOutput output;
    private readonly SafeFileHandle handle;
    private long length;

    private SearchJournal(OutputFile file, IFileOutput output, SafeFileHandle handle, long length)
    {
        this.file = file;
        this.output = output;
        this.handle = handle;
        this.length = length;
    }

    /// <summary>The results of the jobs that were done before, as lines of JSON.</summary>
    public string[] Lines { get; private init; } = [];

    /// <summary>Begins a file, or continues one of the same search.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">What is searched.</param>
    /// <param name="terminal">Receives a notice if a line was not written completely.</param>
    /// <param name="output">Writes the bytes; null for the system.</param>
    /// <exception cref="UsageException">It is of another search, or another process writes it.</exception>
    /// <exception cref="InvalidInputException">It is not the file of a search.</exception>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static SearchJournal Open(OutputFile file, SearchHeader header, Terminal terminal, IFileOutput? output = null)
    {
        output ??= AtomicFile.SystemOutput;
        try
        {
            var found = File.Exists(file.FullPath) ? SearchLines.Read(file, header, terminal) : SearchLines.New(header);
            if (!found.IsSaved)
                file.Save(path => AtomicFile.Write(path, stream => stream.Write(found.Bytes), output));
            var handle = output.Open(file.FullPath);
            if (RandomAccess.GetLength(handle) == found.Bytes.Length)
                return new(file, output, handle, found.Bytes.Length) { Lines = found.Results };
            handle.Dispose();
            throw InUse(file);
        }
        catch (IOException e) when (FileError.IsInUse(e))
        {
            throw InUse(file);
        }
    }

    /// <summary>Adds lines, and waits until they are on the disk.</summary>
    /// <exception cref="OutputException">They cannot be written.</exception>
    public void Add(IReadOnlyList<string> lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        try
        {
            output.WriteAll(handle, length, bytes);
            output.Flush(handle);
        }
        catch (Exception e) when (FileError.Is(e))
        {
            throw new OutputException(
                $"cannot save {file.DisplayPath}", file.DisplayPath, e.Message,
                "Free some space, and run the command again: it continues with what was saved.", e);
        }
        length += bytes.Length;
    }

    /// <inheritdoc/>
    // All lines are on the disk, so an error means nothing; and unlike the output, this unlocks the file, which a child process that is
    // just beginning may have open, too.
    public void Dispose() => handle.Dispose();

    private static UsageException InUse(OutputFile file) => new(
        $"cannot use {file.DisplayPath}", "another process writes it", "Wait until it ends, or choose another file with --out.");
}
