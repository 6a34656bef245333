using Microsoft.ML.OnnxRuntime;

namespace Nabla.Comparisons;

/// <summary>Names and versions of the peers.</summary>
internal static class Peers
{
    public static string TorchSharp =>
        $"TorchSharp {typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3)}, libtorch 2.10.0 (MKL)";

    public static string OpenBlas => $"OpenBLAS: {Comparisons.OpenBlas.Version ?? "not installed"}";

    public static string OnnxRuntime => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()} (its own CPU kernels)";
}
