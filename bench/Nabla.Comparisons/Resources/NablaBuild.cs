using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Comparisons;

/// <summary>The command line, published in one of two ways.</summary>
/// <param name="Name">As the results call it.</param>
/// <param name="Command">The program and its first arguments.</param>
/// <param name="IsNative">Whether it is compiled ahead of time.</param>
internal sealed record NablaBuild(string Name, IReadOnlyList<string> Command, bool IsNative)
{
    private static readonly string Repository = FindRepository(AppContext.BaseDirectory);
    private static readonly string Artifacts = Path.Combine(Repository, "artifacts", "comparisons");

    /// <summary>Why a native build is impossible here; null if it is possible.</summary>
    public static string? WhyNotNative { get; } = Child.Find("clang") is null && Child.Find("gcc") is null
        ? "NativeAOT skipped: it needs clang or gcc to link, and neither is installed"
        : null;

    // Without it, a native build has none of the wide kernels: docs/performance.md has the recipe.
    private static string[] InstructionSet =>
        Avx512F.IsSupported ? ["-p:IlcInstructionSet=x86-64-v4"] : Avx2.IsSupported ? ["-p:IlcInstructionSet=x86-64-v3"] : [];

    /// <summary>Compiled to machine code ahead of time.</summary>
    public static NablaBuild Native()
    {
        string folder = Publish("aot", ["-r", "linux-x64", "-p:PublishAot=true", .. InstructionSet]);
        return new NablaBuild("NativeAOT", [Path.Combine(folder, "nabla")], IsNative: true);
    }

    /// <summary>Compiled to machine code while it runs.</summary>
    public static NablaBuild Jit() => new("JIT", ["dotnet", Path.Combine(Publish("jit", []), "Nabla.Cli.dll")], IsNative: false);

    /// <summary>The size of the program in bytes.</summary>
    public long Size => new FileInfo(Command[^1]).Length;

    /// <summary>Seconds of <c>nabla --version</c>, from before the process is started to its end.</summary>
    public double TimeVersion()
    {
        var clock = Stopwatch.StartNew();
        var (code, _, error) = Child.Run(Child.StartInfo(Command[0], [.. Command.Skip(1), "--version"]));
        return code == 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"nabla --version, {Name}: {error}");
    }

    /// <summary>How to start a training run on MNIST that prints JSON.</summary>
    public ProcessStartInfo Train(IEnumerable<string> options) => Child.StartInfo(
        Command[0], [.. Command.Skip(1), "train", "mnist", "--json", "--out", Path.Combine(Artifacts, "model.safetensors"), .. options]);

    // In a separate folder, so that the usual build outputs are not touched.
    private static string Publish(string name, string[] options)
    {
        Console.Error.WriteLine($"publishing the command line: {name}");
        string artifacts = Path.Combine(Artifacts, name), folder = Path.Combine(artifacts, "published");
        var (code, output, error) = Child.Run(Child.StartInfo(
            "dotnet",
            [
                "publish", Path.Combine(Repository, "src", "Nabla.Cli"), "-c", "Release", "--artifacts-path", artifacts, "-o", folder,
                "-nodeReuse:false", "--nologo", .. options,
            ]));
        return code == 0
            ? folder
            : throw new InvalidOperationException($"The command line could not be published ({name}): {output}{error}");
    }

    private static string FindRepository(string folder) => File.Exists(Path.Combine(folder, "Nabla.slnx"))
        ? folder
        : FindRepository(Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException($"There is no Nabla.slnx above {AppContext.BaseDirectory}."));
}
