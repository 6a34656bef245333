using System.Runtime.InteropServices;

namespace Nabla.Tables;

/// <summary>Features in a temporary file.</summary>
internal sealed class StoredFeatureRows : FeatureRows
{
    private const int BlockLength = 1 << 16; // values that are written at once

    private readonly ScratchFile file;
    private readonly float[] block; // whole rows
    private int filled;
    private StoredFloats? rows; // once all are written
    private float[]? fills;

    /// <inheritdoc/>
    public StoredFeatureRows(TableEncoding encoding, TableSource source, int capacity)
        : base(encoding, source, capacity)
    {
        block = new float[Math.Max(1, BlockLength / Width) * Width];
        file = ScratchFile.Create(SystemFileOutput.Instance);
    }

    public override void Dispose() => file.Dispose();

    public override FeatureTable ToTable()
    {
        rows ??= Finish();
        return FeatureTable.FromRows(fills is null ? rows : new FilledRows(rows, fills), Width, Indicators);
    }

    protected override Span<float> Next()
    {
        if (filled == block.Length)
            Write();
        filled += Width;
        return block.AsSpan(filled - Width, Width);
    }

    protected override void Fill(float[] fills) => this.fills = fills;

    private void Write()
    {
        file.Append(MemoryMarshal.AsBytes(block.AsSpan(0, filled)));
        Array.Clear(block);
        filled = 0;
    }

    private StoredFloats Finish()
    {
        Write();
        var type = new StoredType(ElementType.Float32, BitConverter.IsLittleEndian);
        return new(new StoredArray(file.Finish(), 0, type, [Count, Width], new FileLocation("the encoded rows")), Width);
    }
}
