using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Marks the elements of a matrix that are not zero: one bit per element, 64 in a word. -0 counts as zero, NaN does not.</summary>
internal static unsafe class NonZeros
{
    /// <summary>Groups of four columns in a word of columns.</summary>
    public const int GroupsOfAWord = WordBits / SparseProduct.GroupLines;

    private const int WordBits = 64;

    // Rows are prefetched one group ahead.
    private const int RowsAhead = SparseProduct.GroupLines;

    /// <summary>The number of words that hold the bits of some elements.</summary>
    public static int Words(int elements) => (int)(((uint)elements + WordBits - 1) / WordBits);

    /// <summary>Marks the elements of some rows.</summary>
    /// <param name="matrix">[rows, columns], rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Distance from one row to the next.</param>
    /// <param name="rows">Rows to mark; the first one starts a group of four.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="rowGroups">
    /// [rows / 4 rounded up, Words(columns)]: bit j is set if one of the group's rows is not zero in column j.
    /// </param>
    /// <param name="columnGroups">[Words(columns), rows]: 16 bits; each is set if the row is not zero in one of four columns.</param>
    /// <param name="groupsStride">Distance from one word's <paramref name="columnGroups"/> to the next word's.</param>
    /// <returns>The number of elements that are not zero.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long MarkRows(
        float* matrix, nint stride, int rows, int columns, ulong* rowGroups, ushort* columnGroups, nint groupsStride)
    {
        long count = 0;
        for (int row = 0; row < rows; row++)
        {
            ulong* rowGroup = rowGroups + row / SparseProduct.GroupLines * (nint)Words(columns);
            bool isFirst = row % SparseProduct.GroupLines == 0;
            count += MarkRow<Floats>(
                (byte*)(matrix + row * stride), null, columns, isFirst, rowGroup, columnGroups + row, groupsStride);
        }
        return count;
    }

    /// <summary>Marks the elements of rows of bytes, selected from a table, and copies the rows.</summary>
    /// <param name="table">The first column to mark, in the table's first row.</param>
    /// <param name="tableStride">Distance from one of its rows to the next.</param>
    /// <param name="which">
    /// [rows + <paramref name="ahead"/>] indices of rows in the table: those to mark, and those that the next call marks.
    /// </param>
    /// <param name="rows">Rows to mark and copy; the first one starts a group of four.</param>
    /// <param name="ahead">The number of rows after these that may be prefetched.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="copy">[rows, columns], rows <paramref name="copyStride"/> apart.</param>
    /// <param name="copyStride">Distance from one row of the copy to the next.</param>
    /// <param name="rowGroups">
    /// [rows / 4 rounded up, Words(columns)]: bit j is set if one of the group's rows is not zero in column j.
    /// </param>
    /// <param name="columnGroups">[Words(columns), rows]: 16 bits; each is set if the row is not zero in one of four columns.</param>
    /// <param name="groupsStride">Distance from one word's <paramref name="columnGroups"/> to the next word's.</param>
    /// <returns>The number of elements that are not zero.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long CopyAndMarkRows(
        byte* table, nint tableStride, int* which, int rows, int ahead, int columns,
        byte* copy, nint copyStride, ulong* rowGroups, ushort* columnGroups, nint groupsStride)
    {
        long count = 0;
        for (int row = 0; row < rows; row++)
        {
            ulong* rowGroup = rowGroups + row / SparseProduct.GroupLines * (nint)Words(columns);
            if (row + RowsAhead < rows + ahead)
                PrefetchRow(table + which[row + RowsAhead] * tableStride, columns);
            bool isFirst = row % SparseProduct.GroupLines == 0;
            count += MarkRow<Bytes>(
                table + which[row] * tableStride, copy + row * copyStride, columns, isFirst, rowGroup, columnGroups + row, groupsStride);
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
        byte* row, byte* copy, int columns, bool isFirst, ulong* rowGroup, ushort* columnGroups, nint groupsStride)
        where TCells : struct, ICells
    {
        // The first row of a group overwrites the marks.
        ulong kept = isFirst ? 0 : ulong.MaxValue;
        int count = 0;
        for (; columns >= WordBits; columns -= WordBits)
        {
            count += Note(TCells.Marks(row, copy), kept, rowGroup, columnGroups);
            row += WordBits * TCells.Size;
            copy += WordBits;
            rowGroup++;
            columnGroups += groupsStride;
        }
        return columns == 0 ? count : count + Note(TCells.Marks(row, columns, copy), kept, rowGroup, columnGroups);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Note(ulong marks, ulong kept, ulong* rowGroup, ushort* columnGroup)
    {
        *rowGroup = *rowGroup & kept | marks;
        *columnGroup = Fours(marks);
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

    /// <summary>Transposes the marks of 16 groups of columns: from row by row to group by group.</summary>
    /// <param name="columnGroups">[rows], of one word, as <c>MarkRows</c> writes them; read up to a multiple of 64 rows.</param>
    /// <param name="rows">Marked rows.</param>
    /// <param name="byGroup">[16, Words(rows)]: bit i is set if row i is not zero in one of the group's columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TurnAround(ushort* columnGroups, int rows, ulong* byGroup)
    {
        int rowWords = Words(rows);
        for (int rowWord = 0; rowWord < rowWords; rowWord++, columnGroups += WordBits, byGroup++)
        {
            ulong exist = Below(Math.Min(WordBits, rows - rowWord * WordBits));
            if (Vector512.IsHardwareAccelerated)
            {
                var low = Vector512.Load(columnGroups);
                var high = Vector512.Load(columnGroups + Vector512<ushort>.Count);
                for (int group = GroupsOfAWord - 1; group >= 0; group--, low <<= 1, high <<= 1)
                {
                    ulong marks = low.ExtractMostSignificantBits() | high.ExtractMostSignificantBits() << Vector512<ushort>.Count;
                    byGroup[group * (nint)rowWords] = marks & exist;
                }
                continue;
            }
            for (int group = 0; group < GroupsOfAWord; group++)
                byGroup[group * (nint)rowWords] = 0;
            for (int row = 0; row < WordBits; row += Vector128<ushort>.Count)
            {
                var marks = Vector128.Load(columnGroups + row);
                for (int group = GroupsOfAWord - 1; group >= 0; group--, marks <<= 1)
                    byGroup[group * (nint)rowWords] |= (ulong)marks.ExtractMostSignificantBits() << row & exist;
            }
        }
    }

    /// <summary>Bit i is set if one of the bits 4 i to 4 i + 3 is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Fours(ulong marks)
    {
        const ulong Firsts = 0x1111_1111_1111_1111;
        marks |= marks >> 1;
        marks |= marks >> 2;
        if (Bmi2.X64.IsSupported)
            return (ushort)Bmi2.X64.ParallelBitExtract(marks, Firsts);
        marks &= Firsts;
        marks = (marks | marks >> 3) & 0x0303_0303_0303_0303;
        marks = (marks | marks >> 6) & 0x000F_000F_000F_000F;
        marks = (marks | marks >> 12) & 0x0000_00FF_0000_00FF;
        return (ushort)(marks | marks >> 24);
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
