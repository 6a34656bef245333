using Nabla.Tables;

namespace Nabla.Parquet;

/// <summary>Tables from files of Apache Parquet.</summary>
public static class ParquetTable
{
    /// <summary>
    /// Opens a Parquet file. Its cells are read as those of other tables: a number in its shortest form, a date as 2024-05-31, nothing for
    /// null and NaN. Times with a time zone are read as UTC. Columns of lists, structures and bytes are left out, with a notice.
    /// </summary>
    /// <param name="path">The file. It is read anew, one row group after the other, each time the table is used.</param>
    /// <param name="name">What to call it in messages; null for the file's name.</param>
    /// <exception cref="InvalidInputException">It is not a Parquet file, it is damaged, or no column can be used.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <remarks>
    /// Safe for concurrent use. Files are decoded by Parquet.Net, which trusts them: open only files from people whom you trust.
    /// </remarks>
    public static Table Open(string path, string? name = null) => new(new ParquetSource(path, name ?? Path.GetFileName(path)));
}
