using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Marks the elements of a matrix that are not zero: one bit per element, 64 in a word. -0 counts as zero, NaN does not.</summary>
internal static unsafe class NonZeros
{
    /// <summary>Pairs of columns in a word of columns.</summary>
    public const int PairsOfAWord = WordBits / 2;

    /// <summary>Rows that <see cref="TurnAround"/> reads at once.</summary>
    public const int RowsAtOnce = 4;

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
    /// <param name="columnPairs">[rows, Words(columns)]: a row's bits for the pairs of each word's columns, for <see cref="TurnAround"/>.
    /// </param>
    /// <returns>The number of elements that are not zero.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long MarkRows(float* matrix, nint stride, int rows, int columns, ulong* rowPairs, uint* columnPairs)
    {
        long count = 0;
        nint words = Words(columns);
        for (int row = 0; row < rows; row++)
        {
            count += MarkRow<Floats>(
                (byte*)(matrix + row * stride), null, columns, isFirst: row % 2 == 0,
                rowPairs + row / 2 * words, columnPairs + row * words);
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
    /// <returns>The number of elements that are not zero.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long CopyAndMarkRows(
        byte* table, nint tableStride, int* which, int rows, int ahead, int columns,
        byte* copy, nint copyStride, ulong* rowPairs, uint* columnPairs)
    {
        long count = 0;
        nint words = Words(columns);
        for (int row = 0; row < rows; row++)
        {
            if (row + RowsAhead < rows + ahead)
                PrefetchRow(table + which[row + RowsAhead] * tableStride, columns);
            count += MarkRow<Bytes>(
                table + which[row] * tableStride, copy + row * copyStride, columns, isFirst: row % 2 == 0,
                rowPairs + row / 2 * words, columnPairs + row * words);
        }
        return count;
    }

    private static void PrefetchRow(byte* row, int columns)
    {
        for (nint column = 0; column < columns; column += Cache.LineBytes)
            Cache.Prefetch((float*)(row + column));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MarkRow<TCells>(byte* row, byte* copy, int columns, bool isFirst, ulong* rowPair, uint* columnPairs)
        where TCells : struct, ICells
    {
        // The first row of a pair overwrites the marks.
        ulong kept = isFirst ? 0 : ulong.MaxValue;
        int count = 0;
        for (; columns >= WordBits; columns -= WordBits)
        {
            count += Note(TCells.Marks(row, copy), kept, rowPair++, columnPairs++);
            row += WordBits * TCells.Size;
            copy += WordBits;
        }
        return columns == 0 ? count : count + Note(TCells.Marks(row, columns, copy), kept, rowPair, columnPairs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Note(ulong marks, ulong kept, ulong* rowPair, uint* columnPairs)
    {
        *rowPair = *rowPair & kept | marks;
        // One bit for each pair of columns: those of the lower half at the even places, those of the upper half at the odd ones.
        ulong pairs = (marks | marks >> 1) & 0x5555_5555_5555_5555;
        *columnPairs = (uint)pairs | (uint)(pairs >> 32) << 1;
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
    /// [rows], <paramref name="stride"/> apart: the marks of one word, as <c>MarkRows</c> writes them; read up to a multiple of
    /// <see cref="RowsAtOnce"/> rows.
    /// </param>
    /// <param name="stride">Words of a row.</param>
    /// <param name="rows">Marked rows.</param>
    /// <param name="byPair">
    /// [<see cref="PairsOfAWord"/>, Words(rows)]: bit i is set if row i is not zero in one of the pair's columns.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TurnAround(uint* columnPairs, nint stride, int rows, ulong* byPair)
    {
        // The bytes of the marks of 64 rows: all first ones, all second ones, ...
        const int Pieces = PairsOfAWord / 8;
        uint* pieces = stackalloc uint[Pieces * WordBits / RowsAtOnce];
        int rowWords = Words(rows);
        for (int rowWord = 0; rowWord < rowWords; rowWord++)
        {
            int count = Math.Min(WordBits, rows - rowWord * WordBits);
            for (uint* group = pieces; group < pieces + (count + RowsAtOnce - 1) / RowsAtOnce; group++, columnPairs += RowsAtOnce * stride)
            {
                var marks = Vector128.Create(*columnPairs, columnPairs[stride], columnPairs[2 * stride], columnPairs[3 * stride]).AsByte();
                var sorted = Vector128.Shuffle(
                    marks, Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsUInt32();
                group[0] = sorted[0];
                group[WordBits / RowsAtOnce] = sorted[1];
                group[2 * WordBits / RowsAtOnce] = sorted[2];
                group[3 * WordBits / RowsAtOnce] = sorted[3];
            }
            for (int piece = 0; piece < Pieces; piece++)
            {
                var low = Vector256.Load((byte*)pieces + piece * WordBits);
                var high = Vector256.Load((byte*)pieces + piece * WordBits + Vector256<byte>.Count);
                for (int bit = 8 * piece + 7; bit >= 8 * piece; bit--, low += low, high += high)
                {
                    ulong marks = low.ExtractMostSignificantBits() | (ulong)high.ExtractMostSignificantBits() << Vector256<byte>.Count;
                    int pair = bit / 2 + bit % 2 * (PairsOfAWord / 2);
                    byPair[pair * (nint)rowWords + rowWord] = marks & Below(count);
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
