using Nabla.Parquet;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Tables of Apache Parquet.</summary>
internal sealed class ParquetFormat : TableFormat
{
    public override IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("parquet")];

    public override string Noun => "a .parquet table";

    public override string DataNoun => "a .parquet table with --target COLUMN";

    protected override string Kind => "table (Parquet)";

    /// <exception cref="UsageException">An option for texts was given.</exception>
    public override Table Open(NamedFile file, TableSettings settings, TableEncoding? encoding)
    {
        if (settings.Separator is not null || !settings.HasHeader)
        {
            throw new UsageException(
                "cannot use --separator or --no-header", $"{file.Name} is a Parquet file, whose columns have names", "Omit the option.");
        }
        return ParquetTable.Open(file.FullPath, file.DisplayPath);
    }
}
