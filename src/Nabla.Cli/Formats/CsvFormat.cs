using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Tables as text.</summary>
internal sealed class CsvFormat : TableFormat
{
    public override IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("text")];

    public override string Noun => "a .csv table";

    public override string DataNoun => "a .csv table with --target COLUMN";

    protected override string Kind => "table (CSV)";

    public override Table Open(NamedFile file, TableSettings settings, TableEncoding? encoding) => Table.FromCsv(
        file.FullPath,
        new CsvOptions { Separator = settings.Separator, HasHeader = settings.HasHeader && encoding is not { HasHeader: false } },
        file.DisplayPath);
}
