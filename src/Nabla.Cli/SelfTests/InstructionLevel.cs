using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Nabla.Kernels;
using ProcessorKind = System.Runtime.InteropServices.Architecture;

namespace Nabla.Cli;

/// <summary>An environment variable that selects other instructions of the processor.</summary>
/// <param name="Variable">Its name; null for none.</param>
/// <param name="Value">Its value.</param>
/// <param name="Kernels">
/// The vector width that it must lead to; null for any. Whether it has an effect on this machine shows in <see cref="OfThisProcess"/>.
/// </param>
internal sealed record InstructionLevel(string? Variable, string Value, KernelWidth? Kernels)
{
    /// <summary>
    /// The instructions in use: the vector width of the kernels, and the instruction sets that the base library and the compiler may use.
    /// </summary>
    public static string OfThisProcess =>
        $"{NameOf(KernelChoice.Width)} with {(InstructionSets() is { Length: > 0 } sets ? sets : "no instruction set")}";

    /// <summary>All that this machine can run, the widest first.</summary>
    public static IReadOnlyList<InstructionLevel> All { get; } = [new(null, "", null), .. RuntimeLevels(), .. Widths()];

    /// <summary>The variables that a process of this level needs, beside those of this process.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Variables =>
        All.Select(level => level.Variable).OfType<string>().Append(KernelChoice.EnvironmentVariable).Distinct()
            .Select(name => KeyValuePair.Create(name, name == Variable ? Value : null));

    /// <summary>The name of a width, as in <see cref="KernelChoice.EnvironmentVariable"/>.</summary>
    public static string NameOf(KernelWidth width) => width.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public override string ToString() => Variable is null ? "no variable" : $"{Variable}={Value}";

    // They switch off instruction sets of x64 processors. A native program has its instruction sets built in.
    private static InstructionLevel[] RuntimeLevels() =>
        RuntimeFeature.IsDynamicCodeSupported && RuntimeInformation.ProcessArchitecture == ProcessorKind.X64
            ?
            [
                new("DOTNET_PreferredVectorBitWidth", "256", null),
                new("DOTNET_EnableAVX512", "0", null),
                new("DOTNET_EnableAVX2", "0", KernelWidth.Scalar),
                new("DOTNET_EnableHWIntrinsic", "0", KernelWidth.Scalar),
            ]
            : [];

    private static string InstructionSets()
    {
        (bool IsSupported, string Name)[] sets =
        [
            (Avx512F.IsSupported, "AVX-512"), (Avx2.IsSupported, "AVX2"), (Fma.IsSupported, "FMA"), (Avx.IsSupported, "AVX"),
            (Sse42.IsSupported, "SSE4.2"), (AdvSimd.IsSupported, "AdvSimd"), (Vector128.IsHardwareAccelerated, "128-bit vectors"),
        ];
        return string.Join(", ", from set in sets where set.IsSupported select set.Name);
    }

    private static IEnumerable<InstructionLevel> Widths() =>
        from width in Enum.GetValues<KernelWidth>().OrderDescending()
        where width < KernelChoice.Width && KernelChoice.IsSupported(width)
        select new InstructionLevel(KernelChoice.EnvironmentVariable, NameOf(width), width);
}
