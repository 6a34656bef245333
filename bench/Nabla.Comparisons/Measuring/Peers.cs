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
internal static class Peers
{
    private static readonly Lazy<Peer> LazyTorch = new(() => new Peer("TorchSharp", () =>
    {
        TorchSharp.torch.zeros(1).Dispose();
        return $"TorchSharp {typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3)}, libtorch 2.10.0";
    }));

    private static readonly Lazy<Peer> LazyOpenBlas = new(() => new Peer("OpenBLAS", () => Comparisons.OpenBlas.Version));

    private static readonly Lazy<Peer> LazyOnnxRuntime = new(() => new Peer(
        "ONNX Runtime", () => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()} (its own CPU kernels)"));

    public static Peer Torch => LazyTorch.Value;

    public static Peer OpenBlas => LazyOpenBlas.Value;

    public static Peer OnnxRuntime => LazyOnnxRuntime.Value;
}
