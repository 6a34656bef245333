using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>The command line, published in one of the ways that there are.</summary>
/// <param name="Name">As the results call it.</param>
/// <param name="Command">The program and its first arguments.</param>
/// <param name="IsNative">Whether it starts as machine code.</param>
internal sealed record NablaBuild(string Name, IReadOnlyList<string> Command, bool IsNative)
{
    private static readonly string Repository = FindRepository(AppContext.BaseDirectory);
    private static readonly string Artifacts = Path.Combine(Repository, "artifacts", "comparisons");

    /// <summary>Why there can be no native build here; null if there can.</summary>
    public static string? WhyNotNative { get; } = Child.Find("clang") is null && Child.Find("gcc") is null
        ? "NativeAOT skipped: neither clang nor gcc is here to link it"
        : null;

    // The documented way to keep AVX-512 in a native build: its default is made for AVX2.
    private static string[] InstructionSet => System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? ["-p:IlcInstructionSet=x86-64-v4"] : [];

    /// <summary>Compiled to machine code beforehand.</summary>
    public static NablaBuild Native()
    {
        string folder = Publish("aot", ["-r", "linux-x64", "-p:PublishAot=true", .. InstructionSet]);
        return new NablaBuild("NativeAOT", [Path.Combine(folder, "Nabla.Cli")], IsNative: true);
    }

    /// <summary>Compiled to machine code as it runs.</summary>
    public static NablaBuild Jit() => new("JIT", ["dotnet", Path.Combine(Publish("jit", []), "Nabla.Cli.dll")], IsNative: false);

    /// <summary>How to start a training on MNIST that prints JSON.</summary>
    public ProcessStartInfo Train(IEnumerable<string> options) => Child.Of(
        Command[0], [.. Command.Skip(1), "train", "mnist", "--json", "--out", Path.Combine(Artifacts, "model.safetensors"), .. options]);

    // In a folder of its own, so that what is built and restored otherwise stays as it is.
    private static string Publish(string name, string[] options)
    {
        Console.Error.WriteLine($"publishing the command line: {name}");
        string artifacts = Path.Combine(Artifacts, name), folder = Path.Combine(artifacts, "published");
        var (code, output, error) = Child.Run(Child.Of(
            "dotnet",
            ["publish", Path.Combine(Repository, "src", "Nabla.Cli"), "-c", "Release", "--artifacts-path", artifacts, "-o", folder, "-nodeReuse:false", "--nologo", .. options]));
        return code == 0 ? folder : throw new InvalidOperationException($"The command line could not be published ({name}): {output}{error}");
    }

    private static string FindRepository(string folder) => File.Exists(Path.Combine(folder, "Nabla.slnx"))
        ? folder
        : FindRepository(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The program does not lie in Nabla's repository."));
}
