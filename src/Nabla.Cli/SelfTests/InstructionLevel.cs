using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nabla.Kernels;
using ProcessorKind = System.Runtime.InteropServices.Architecture;

namespace Nabla.Cli;

/// <summary>An environment variable that selects other instructions of the processor.</summary>
/// <param name="Variable">Its name; null for none.</param>
/// <param name="Value">Its value.</param>
/// <param name="Kernels">The vector width that it must lead to; null for any.</param>
internal sealed record InstructionLevel(string? Variable, string Value, KernelWidth? Kernels)
{
    /// <summary>All that this machine can run, the widest first.</summary>
    public static IReadOnlyList<InstructionLevel> All { get; } = [new(null, "", null), .. RuntimeLevels(), .. Widths()];

    /// <summary>The variables that a process of this level needs, beside those of this process.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Variables =>
        All.Select(level => level.Variable).OfType<string>().Append(KernelChoice.EnvironmentVariable).Distinct()
            .Select(name => KeyValuePair.Create(name, name == Variable ? Value : null));

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

    private static IEnumerable<InstructionLevel> Widths() =>
        from width in Enum.GetValues<KernelWidth>().OrderDescending()
        where width < KernelChoice.Width && KernelChoice.IsSupported(width)
        select new InstructionLevel(KernelChoice.EnvironmentVariable, width.ToString().ToLowerInvariant(), width);
}
