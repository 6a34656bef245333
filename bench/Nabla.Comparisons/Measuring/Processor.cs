using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>What the processor is. On x86 the CPUID instruction tells, whatever the operating system and the settings of .NET.</summary>
internal static class Processor
{
    private const int BrandString = unchecked((int)0x80000002);
    private const int BrandStringParts = 3;

    public static string Name { get; } = X86Base.IsSupported ? Brand() : $"{RuntimeInformation.ProcessArchitecture}";

    /// <summary>Family and model number on x86: virtual machines hide the end of the name.</summary>
    public static (int Family, int Model)? Numbers { get; } = X86Base.IsSupported ? FamilyAndModel() : null;

    /// <summary>Whether the processor has AVX-512, even if .NET is told not to use it.</summary>
    public static bool HasAvx512 { get; } = X86Base.IsSupported && (X86Base.CpuId(7, 0).Ebx >> 16 & 1) == 1;

    public static string Describe() => Numbers is var (family, model)
        ? string.Create(CultureInfo.InvariantCulture, $"{Name} (family {family}, model {model})")
        : Name;

    private static string Brand()
    {
        var text = new byte[BrandStringParts * 16];
        for (int part = 0; part < BrandStringParts; part++)
        {
            var (eax, ebx, ecx, edx) = X86Base.CpuId(BrandString + part, 0);
            MemoryMarshal.AsBytes<int>([eax, ebx, ecx, edx]).CopyTo(text.AsSpan(part * 16));
        }
        return Encoding.ASCII.GetString(text).Trim('\0', ' ');
    }

    private static (int Family, int Model) FamilyAndModel()
    {
        int signature = X86Base.CpuId(1, 0).Eax;
        int family = signature >> 8 & 0xF, model = signature >> 4 & 0xF;
        bool isExtended = family is 6 or 15;
        return (family == 15 ? family + (signature >> 20 & 0xFF) : family, isExtended ? model | (signature >> 12 & 0xF0) : model);
    }
}
