using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace Nabla.Comparisons;

/// <summary>A library that Nabla is compared with, if it can be loaded.</summary>
internal sealed class Peer
{
    private readonly string text;

    /// <param name="name">Its name.</param>
    /// <param name="describe">Loads it, and returns its name and version.</param>
    public Peer(string name, Func<string> describe)
    {
        try
        {
            text = describe();
            IsLoaded = true;
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException or NotSupportedException or IOException)
        {
            string reason = exception.GetBaseException().Message.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0].TrimEnd('.');
            text = $"{name} is left out, because it cannot be loaded: {reason}";
        }
    }

    public bool IsLoaded { get; }

    /// <summary>Its name and version, or why it is left out.</summary>
    public override string ToString() => text;
}

/// <summary>All libraries that Nabla is compared with.</summary>
internal static unsafe class Peers
{
    private static readonly Lazy<Peer> LazyTorch = new(() => new Peer("TorchSharp", () =>
    {
        TorchSharp.torch.zeros(1).Dispose();
        return $"TorchSharp {typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3)}, {LibTorch()}";
    }));

    private static readonly Lazy<Peer> LazyOpenBlas = new(() => new Peer("OpenBLAS", () => Comparisons.OpenBlas.Version));

    private static readonly Lazy<Peer> LazyOnnxRuntime = new(() => new Peer(
        "ONNX Runtime", () => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()} (its own CPU kernels)"));

    public static Peer Torch => LazyTorch.Value;

    public static Peer OpenBlas => LazyOpenBlas.Value;

    public static Peer OnnxRuntime => LazyOnnxRuntime.Value;

    /// <summary>Throws unless libtorch uses as many threads as the environment says.</summary>
    public static void RequireTorchThreads(int threads)
    {
        if (TorchSharp.torch.get_num_threads() is var used && used != threads)
            throw new InvalidOperationException($"libtorch uses {used} threads instead of {threads}.");
    }

    /// <summary>The version of libtorch and of its MKL, which they tell themselves.</summary>
    private static string LibTorch()
    {
        // Loaded already: this finds it by its name.
        nint library = NativeLibrary.Load("torch_cpu", typeof(Peers).Assembly, null);
        // One byte each, from the highest: major, minor, patch.
        ulong version = ((delegate* unmanaged<ulong>)NativeLibrary.GetExport(library, "aoti_torch_abi_version"))();
        string text = string.Create(CultureInfo.InvariantCulture, $"libtorch {version >> 56}.{version >> 48 & 255}.{version >> 40 & 255}");
        if (!NativeLibrary.TryGetExport(library, "MKL_Get_Version_String", out nint mkl))
            return $"{text} without MKL";
        var buffer = stackalloc byte[256];
        ((delegate* unmanaged<byte*, int, void>)mkl)(buffer, 256);
        return $"{text} with {Encoding.ASCII.GetString(buffer, 256).Trim('\0', ' ')}";
    }
}
