using System.IO.Compression;
using Nabla.Tables;

namespace Nabla.Studio;

/// <summary>A file that the user sent from the page: a table in CSV, or an archive of NumPy arrays. It is kept in memory.</summary>
internal sealed class Upload
{
    // Arrays that compress by more than a hundred are hardly data.
    private const long MostUnpacked = 1L << 30;

    private readonly byte[] content;
    private readonly bool isArchive;

    /// <param name="name">The name that the browser gave; only displayed.</param>
    /// <param name="content">The content of the file.</param>
    /// <exception cref="InvalidInputException">It is neither a table nor an archive of arrays.</exception>
    public Upload(string name, byte[] content)
    {
        Name = DisplayName(name);
        this.content = content;
        isArchive = content.AsSpan().StartsWith("PK\x03\x04"u8);
        if (isArchive)
            RequireSize();
        else
            Columns = Open().Columns;
    }

    /// <summary>The file's name, without any folder.</summary>
    public string Name { get; }

    /// <summary>The columns of a table; empty for an archive.</summary>
    public IReadOnlyList<string> Columns { get; } = [];

    /// <summary>Reads the examples.</summary>
    /// <param name="target">The column of a table to predict.</param>
    /// <param name="options">How to train: the seed, and a loss that decides whether ambiguous targets are classes or values.</param>
    /// <exception cref="InvalidInputException">The content cannot be used.</exception>
    public StudioData Read(string? target, TrainingOptions options)
    {
        var kind = options.Loss is { TakesClasses: false } ? TargetKind.Values : TargetKind.Automatic;
        return isArchive ? ReadArchive(kind, options.Seed) : ReadTable(target, kind, options.Seed);
    }

    private StudioData ReadTable(string? target, TargetKind kind, ulong seed)
    {
        if (target is null || !Columns.Contains(target, StringComparer.Ordinal))
        {
            throw new InvalidInputException(
                $"cannot train on {Name}", "the target", $"no column is named {target ?? "as the target"}",
                $"Choose one of {string.Join(", ", Columns)}.");
        }
        var fitted = TableDataset.Fit(Open(), new TableOptions { Targets = [target], TargetKind = kind });
        string kindCode = kind == TargetKind.Automatic ? "" : $", TargetKind = TargetKind.{kind}";
        string targets = $"Targets = [{Literal(target)}]{kindCode}";
        return StudioData.HoldingOut(
            Name, fitted.Data, seed, $"{Quote(Name)} --target {Quote(target)} --preset default",
            $$"""
            var table = TableDataset.Fit(Table.FromCsv({{Literal(Name)}}), new TableOptions { {{targets}} });
            var (train, test) = DatasetSplit.HoldOut(table.Data, 0.2, seed: {{seed}});
            """) with { Encoding = fitted.Encoding, Notices = fitted.Notices };
    }

    // The reader needs a file. Its name is ours, and it is gone as soon as it has been read.
    private StudioData ReadArchive(TargetKind kind, ulong seed)
    {
        string path = Path.Combine(Path.GetTempPath(), $"nabla-studio-{Guid.NewGuid():N}.npz");
        try
        {
            PrivateFile.Create(path, content);
            var (train, test) = Datasets.FromNpz(path, kind);
            string load = $"Datasets.FromNpz({Literal(Name)}{(kind == TargetKind.Automatic ? "" : $", TargetKind.{kind}")})";
            return test is not null
                ? new StudioData(Name, train, test, Quote(Name), $"var (train, test) = {load};")
                : StudioData.HoldingOut(
                    Name, train, seed, Quote(Name),
                    $"var (train, test) = DatasetSplit.HoldOut({load}.Train, 0.2, seed: {seed});");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                $"cannot use {Name}", "the folder for temporary files", error.Message, "Make room in it, or choose another with TMPDIR.",
                error);
        }
        catch (InvalidInputException error)
        {
            throw new InvalidInputException(
                $"cannot use {Name}", error.Where.Replace(path, Name, StringComparison.Ordinal),
                error.Why.Replace(path, Name, StringComparison.Ordinal), error.Remedy, error);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private Table Open() => Table.FromCsv(new MemoryStream(content, writable: false), null, Name);

    private void RequireSize()
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            long left = MostUnpacked;
            // Lengths are the sender's: their sum may be more than a long holds.
            if (!archive.Entries.All(entry => entry.Length >= 0 && (left -= Math.Min(entry.Length, left + 1)) >= 0))
            {
                throw new InvalidInputException(
                    $"cannot use {Name}", "its arrays", $"unpacked, they have more than {MostUnpacked} bytes",
                    "Train on large files with nabla train.");
            }
        }
        catch (InvalidDataException error)
        {
            throw new InvalidInputException(
                $"cannot use {Name}", "the archive", "it is damaged or incomplete", "Save or copy the file again.", error);
        }
    }

    // Visible characters of the last part of the name. It is never used as a path.
    private static string DisplayName(string name)
    {
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        string visible = string.Concat(last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(100));
        return visible.Length > 0 ? visible : "upload";
    }

    private static string Quote(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Literal(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
