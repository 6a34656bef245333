using System.Text;
using Parquet;
using Parquet.Schema;

namespace Nabla.Parquet;

/// <summary>A column of texts. White space around them is ignored, as in other tables.</summary>
/// <param name="field">Its description.</param>
internal sealed class TextColumn(DataField field) : ParquetColumn(field)
{
    private string?[] values = [];
    private byte[] text = [];

    public override bool IsTyped => false;

    public override ReadOnlySpan<byte> Text(int row)
    {
        var trimmed = values[row].AsSpan().Trim();
        // The library puts U+FFFD in the place of bytes that are not UTF-8: different texts would become the same category.
        if (trimmed.Contains('\uFFFD'))
            throw new InvalidDataException("its bytes are not a text in UTF-8, or one with U+FFFD in the place of such bytes");
        if (Written.HasSharedBeginnings && !Ascii.IsValid(values[row]))
        {
            throw new InvalidDataException(
                "it has letters beyond ASCII, and the encoding DELTA_BYTE_ARRAY, which is not supported for them: write it with another");
        }
        int most = Encoding.UTF8.GetMaxByteCount(trimmed.Length);
        if (text.Length < most)
            text = new byte[most];
        return text.AsSpan(0, Encoding.UTF8.GetBytes(trimmed, text));
    }

    protected override async Task ReadCellsAsync(ParquetRowGroupReader group) =>
        await group.ReadAsync(Field, (values = new string?[group.RowCount])!).ConfigureAwait(false);
}
