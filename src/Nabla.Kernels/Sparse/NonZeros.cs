using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Marks the elements of a matrix that are not zero: one bit per element, 64 in a word. -0 counts as zero, NaN does not.</summary>
internal static unsafe class NonZeros
{
    /// <summary>Pairs of columns in a word of columns.</summary>
    public const int PairsOfAWord = WordBits / 2;

    /// <summary>Bytes that hold a row's marks for the pairs of a word of columns.</summary>
    public const int PairBytes = PairsOfAWord / 8;

    private const int WordBits = 64;

    private const int RowsAhead = 4;

    /// <summary>The number of words that hold the bits of some elements.</summary>
    public static int Words(int elements) => (int)(((uint)elements + WordBits - 1) / WordBits);

    /// <summary>Marks the elements of some rows.</summary>
    /// <param name="matrix">[rows, columns], rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Distance from one row to the next.</param>
    /// <param name="rows">Rows to mark; the first one starts a pair.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="rowPairs">
    /// [rows / 2 rounded up, Words(columns)]: bit j is set if one of the pair's rows is not zero in column j.
    /// </param>
    /// <param name="columnPairs">
    /// [Words(columns), <see cref="PairBytes"/>, rows]: a row's bits for the pairs of a word's columns, for <see cref="TurnAround"/>.
    /// </param>
    /// <param name="pairsStride">Rows of <paramref name="columnPairs"/>.</param>
    /// <returns>The number of elements that are not zero.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long MarkRows(
        float* matrix, nint stride, int rows, int columns, ulong* rowPairs, byte* columnPairs, nint pairsStride)
    {
        long count = 0;
        for (int row = 0; row < rows; row++)
        {
            ulong* rowPair = rowPairs + row / 2 * (nint)Words(columns);
            bool isFirst = row % 2 == 0;
            count += MarkRow<Floats>(
                (byte*)(matrix + row * stride), null, columns, isFirst, rowPair, columnPairs + row, pairsStride);
        }
        return count;
    }

    /// <summary>Marks the elements of rows of bytes, selected from a table, and copies the rows.</summary>
    /// <param name="table">The first column to mark, in the table's first row.</param>
    /// <param name="tableStride">Distance from one of its rows to the next.</param>
    /// <param name="which">
    /// [rows + <paramref name="ahead"/>] indices of rows in the table: those to mark, and those that the next call marks.
    /// </param>
    /// <param name="rows">Rows to mark and copy; the first one starts a pair.</param>
    /// <param name="ahead">The number of rows after these that may be prefetched.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="copy">[rows, columns], rows <paramref name="copyStride"/> apart.</param>
    /// <param name="copyStride">Distance from one row of the copy to the next.</param>
    /// <param name="rowPairs">As for <see cref="MarkRows"/>.</param>
    /// <param name="columnPairs">As there.</param>
    /// <param name="pairsStride">As there.</param>
    /// <returns>The number of elements that are not zero.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long CopyAndMarkRows(
        byte* table, nint tableStride, int* which, int rows, int ahead, int columns,
        byte* copy, nint copyStride, ulong* rowPairs, byte* columnPairs, nint pairsStride)
    {
        long count = 0;
        for (int row = 0; row < rows; row++)
        {
            ulong* rowPair = rowPairs + row / 2 * (nint)Words(columns);
            if (row + RowsAhead < rows + ahead)
                PrefetchRow(table + which[row + RowsAhead] * tableStride, columns);
            bool isFirst = row % 2 == 0;
            count += MarkRow<Bytes>(
                table + which[row] * tableStride, copy + row * copyStride, columns, isFirst, rowPair, columnPairs + row, pairsStride);
        }
        return count;
    }

    private static void PrefetchRow(byte* row, int columns)
    {
        for (nint column = 0; column < columns; column += Cache.LineBytes)
            Cache.Prefetch((float*)(row + column));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MarkRow<TCells>(
        byte* row, byte* copy, int columns, bool isFirst, ulong* rowPair, byte* columnPairs, nint pairsStride)
        where TCells : struct, ICells
    {
        // The first row of a pair overwrites the marks.
        ulong kept = isFirst ? 0 : ulong.MaxValue;
        int count = 0;
        for (; columns >= WordBits; columns -= WordBits)
        {
            count += Note(TCells.Marks(row, copy), kept, rowPair, columnPairs, pairsStride);
            row += WordBits * TCells.Size;
            copy += WordBits;
            rowPair++;
            columnPairs += PairBytes * pairsStride;
        }
        return columns == 0 ? count : count + Note(TCells.Marks(row, columns, copy), kept, rowPair, columnPairs, pairsStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Note(ulong marks, ulong kept, ulong* rowPair, byte* columnPairs, nint pairsStride)
    {
        *rowPair = *rowPair & kept | marks;
        // One bit for each pair of columns: those of the lower half at the even places, those of the upper half at the odd ones.
        ulong pairs = (marks | marks >> 1) & 0x5555_5555_5555_5555;
        uint mixed = (uint)pairs | (uint)(pairs >> 32) << 1;
        columnPairs[0] = (byte)mixed;
        columnPairs[pairsStride] = (byte)(mixed >> 8);
        columnPairs[2 * pairsStride] = (byte)(mixed >> 16);
        columnPairs[3 * pairsStride] = (byte)(mixed >> 24);
        return BitOperations.PopCount(marks);
    }

    /// <summary>Counts the elements that are not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Count(ReadOnlySpan<float> values)
    {
        long count = 0;
        fixed (float* start = values)
        {
            for (nint i = 0; i < values.Length; i += WordBits)
                count += BitOperations.PopCount(Floats.Marks((byte*)(start + i), (int)Math.Min(WordBits, values.Length - i), null));
        }
        return count;
    }

    /// <summary>Transposes the marks of a word's pairs of columns: from row by row to pair by pair.</summary>
    /// <param name="columnPairs">
    /// [<see cref="PairBytes"/>, rows], of one word, as <c>MarkRows</c> writes them; read up to a multiple of 64 rows.
    /// </param>
    /// <param name="pairsStride">Distance from one of the bytes to the next.</param>
    /// <param name="rows">Marked rows.</param>
    /// <param name="byPair">
    /// [<see cref="PairsOfAWord"/>, Words(rows)]: bit i is set if row i is not zero in one of the pair's columns.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TurnAround(byte* columnPairs, nint pairsStride, int rows, ulong* byPair)
    {
        int rowWords = Words(rows);
        for (int rowWord = 0; rowWord < rowWords; rowWord++, columnPairs += WordBits)
        {
            ulong exist = Below(Math.Min(WordBits, rows - rowWord * WordBits));
            for (int piece = 0; piece < PairBytes; piece++)
            {
                var low = Vector256.Load(columnPairs + piece * pairsStride);
                var high = Vector256.Load(columnPairs + piece * pairsStride + Vector256<byte>.Count);
                for (int bit = 8 * piece + 7; bit >= 8 * piece; bit--, low += low, high += high)
                {
                    ulong marks = low.ExtractMostSignificantBits() | (ulong)high.ExtractMostSignificantBits() << Vector256<byte>.Count;
                    int pair = bit / 2 + bit % 2 * (PairsOfAWord / 2);
                    byPair[pair * (nint)rowWords + rowWord] = marks & exist;
                }
            }
        }
    }

    private static ulong Below(int count) => ulong.MaxValue >> (WordBits - count);

    private interface ICells
    {
        static abstract int Size { get; }

        /// <summary>Marks 64 elements; bytes are also copied.</summary>
        static abstract ulong Marks(byte* cells, byte* copy);

        /// <summary>Marks 1 to 64 elements; bytes are also copied.</summary>
        static abstract ulong Marks(byte* cells, int count, byte* copy);
    }

    private readonly struct Floats : ICells
    {
        public static int Size => sizeof(float);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Marks(byte* cells, byte* copy) => Marks(cells, WordBits, copy);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Marks(byte* cells, int count, byte* copy)
        {
            float* values = (float*)cells;
            ulong zeros = 0;
            int i = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
                    zeros |= Vector512.Equals(Vector512.Load(values + i), Vector512<float>.Zero).ExtractMostSignificantBits() << i;
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
                    zeros |= (ulong)Vector256.Equals(Vector256.Load(values + i), Vector256<float>.Zero).ExtractMostSignificantBits() << i;
            }
            for (; i < count; i++)
                zeros |= values[i] == 0 ? 1UL << i : 0;
            return ~zeros & Below(count);
        }
    }

    private readonly struct Bytes : ICells
    {
        public static int Size => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Marks(byte* cells, byte* copy)
        {
            if (!Vector512.IsHardwareAccelerated)
                return Marks(cells, WordBits, copy);
            var values = Vector512.Load(cells);
            values.Store(copy);
            return ~Vector512.Equals(values, Vector512<byte>.Zero).ExtractMostSignificantBits();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Marks(byte* cells, int count, byte* copy)
        {
            ulong zeros = 0;
            int i = 0;
            for (; i <= count - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                var values = Vector128.Load(cells + i);
                values.Store(copy + i);
                zeros |= (ulong)Vector128.Equals(values, Vector128<byte>.Zero).ExtractMostSignificantBits() << i;
            }
            for (; i < count; i++)
            {
                copy[i] = cells[i];
                zeros |= cells[i] == 0 ? 1UL << i : 0;
            }
            return ~zeros & Below(count);
        }
    }
}
