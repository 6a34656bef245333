using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>The caches that an x86 processor reports of itself (CPUID): where the system tells nothing.</summary>
internal static class ProcessorCaches
{
    private const int Intel = 4, Amd = unchecked((int)0x8000001D), MostCaches = 16;

    /// <summary>Reads the caches of the processor that runs this thread.</summary>
    public static IEnumerable<CacheLevel> Read() => X86Base.IsSupported ? From(X86Base.CpuId) : [];

    /// <summary>Reads caches with the CPUID instruction.</summary>
    /// <param name="cpuId">The instruction: eax and ecx to eax, ebx, ecx and edx.</param>
    public static IReadOnlyList<CacheLevel> From(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId)
    {
        var (highest, b, _, _) = cpuId(0, 0);
        bool isAmd = b is 0x68747541 or 0x6F677948; // "Auth", "Hygo"
        int leaf = isAmd ? Amd : Intel;
        if (isAmd ? (uint)cpuId(unchecked((int)0x80000000), 0).Eax < unchecked((uint)Amd) : highest < Intel)
            return [];
        var caches = new List<CacheLevel>();
        for (int number = 0; number < MostCaches; number++)
        {
            var (eax, ebx, ecx, _) = cpuId(leaf, number);
            int kind = eax & 31;
            if (kind == 0)
                break;
            if (kind == 2) // instructions
                continue;
            long ways = ((ebx >>> 22) & 1023) + 1, partitions = ((ebx >>> 12) & 1023) + 1, line = (ebx & 4095) + 1;
            caches.Add(new CacheLevel((eax >>> 5) & 7, ways * partitions * line * ((uint)ecx + 1L), ((eax >>> 14) & 4095) + 1));
        }
        return caches;
    }
}
