namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Tables of Apache Parquet.</summary>
    private static FileFormat Parquet { get; } = new(
        "parquet", "a Parquet file: save the table as CSV, as pandas does with to_csv(..., index=False)", [".parquet"],
        start => start.StartsWith("PAR1"u8));
}
