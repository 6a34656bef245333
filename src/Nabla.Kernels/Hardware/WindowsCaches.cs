using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>The caches that Windows reports.</summary>
internal static partial class WindowsCaches
{
    private const int RelationCache = 2, Unified = 0, Data = 2;

    // Offsets in SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX, whose cache begins at 8.
    private const int RecordLength = 4, Level = 8, Bytes = 12, Kind = 16, GroupCount = 38, Groups = 40, GroupLength = 16;

    /// <summary>Reads all caches.</summary>
    /// <exception cref="DllNotFoundException">This is not Windows.</exception>
    public static IEnumerable<CacheLevel> Read()
    {
        uint length = 0;
        GetInformation(RelationCache, null, ref length);
        var buffer = new byte[length];
        return length > 0 && GetInformation(RelationCache, buffer, ref length) ? From(buffer) : [];
    }

    /// <summary>Reads the records of <c>GetLogicalProcessorInformationEx</c>.</summary>
    public static IReadOnlyList<CacheLevel> From(ReadOnlySpan<byte> records)
    {
        var caches = new List<CacheLevel>();
        while (records.Length >= Groups + GroupLength)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(records[RecordLength..]);
            if (length < Groups + GroupLength || length > records.Length)
                break;
            var record = records[..length];
            int kind = BinaryPrimitives.ReadInt32LittleEndian(record[Kind..]);
            if (BinaryPrimitives.ReadInt32LittleEndian(record) == RelationCache && kind is Unified or Data)
            {
                caches.Add(new CacheLevel(
                    record[Level], BinaryPrimitives.ReadUInt32LittleEndian(record[Bytes..]), CountProcessors(record)));
            }
            records = records[length..];
        }
        return caches;
    }

    private static int CountProcessors(ReadOnlySpan<byte> record)
    {
        // Before Windows Server 2022 there is one group, and the count is 0.
        int groups = Math.Max(1, (int)BinaryPrimitives.ReadUInt16LittleEndian(record[GroupCount..]));
        int count = 0;
        for (int offset = Groups; groups-- > 0 && offset + GroupLength <= record.Length; offset += GroupLength)
            count += BitOperations.PopCount(BinaryPrimitives.ReadUInt64LittleEndian(record[offset..]));
        return count;
    }

    [LibraryImport("kernel32", EntryPoint = "GetLogicalProcessorInformationEx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetInformation(int relation, [Out] byte[]? buffer, ref uint length);
}
