using Parquet.Meta;
using Parquet.Schema;
using Encoding = Parquet.Meta.Encoding;

namespace Nabla.Parquet;

/// <summary>How the values of a column are written in a row group, as far as Parquet.Net 6.1 reads others than were written.</summary>
/// <param name="HasSharedBeginnings">Texts share beginnings with those before, whose bytes the library counts as letters.</param>
internal readonly record struct ChunkEncoding(bool HasSharedBeginnings)
{
    /// <summary>That of a column in a row group.</summary>
    /// <param name="chunk">The description of the column in the row group.</param>
    /// <param name="field">The column.</param>
    /// <exception cref="NotSupportedException">The values would be others than those that were written.</exception>
    public static ChunkEncoding Of(ColumnMetaData chunk, DataField field)
    {
        // The library ignores whether a page could be decompressed.
        if (chunk.Codec is CompressionCodec.LZ4 or CompressionCodec.LZ4_RAW)
            throw new NotSupportedException("LZ4: compress it with Snappy, Zstandard or gzip");
        // All would be false.
        if (field.ClrType == typeof(bool) && IsOfRuns(chunk))
            throw new NotSupportedException("booleans in runs: write it with data pages of version 1");
        return new(chunk.Encodings.Contains(Encoding.DELTA_BYTE_ARRAY));
    }

    // The list of encodings also has those of the levels, which are in runs: what the pages of values have, only the statistics say.
    private static bool IsOfRuns(ColumnMetaData chunk) => chunk.EncodingStats is { Count: > 0 } pages
        ? pages.Exists(page => page is { PageType: PageType.DATA_PAGE or PageType.DATA_PAGE_V2, Encoding: Encoding.RLE })
        : !chunk.Encodings.Contains(Encoding.PLAIN);
}
