using System.Security.Cryptography;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>A topology and its parameters: one buffer, and views into it.</summary>
public sealed class Network
{
    // Pinned for its life, so that kernels may keep pointers into it.
    private readonly float[] parameters;

    /// <summary>A network whose parameters are all zero.</summary>
    /// <param name="topology">Its shape.</param>
    public Network(Topology topology)
    {
        Topology = topology;
        parameters = GC.AllocateArray<float>(topology.ParameterCount, pinned: true);
    }

    /// <summary>The shape.</summary>
    public Topology Topology { get; }

    /// <summary>All parameters: the weights of all layers, then the biases of all layers.</summary>
    public Span<float> Parameters => parameters;

    /// <summary>SHA-256 of <see cref="Parameters"/> as little-endian bytes: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public string Fingerprint
    {
        get
        {
            if (!BitConverter.IsLittleEndian)
                throw new PlatformNotSupportedException("Fingerprints are defined over little-endian bytes.");
            return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Parameters)));
        }
    }

    /// <summary>A layer's weights, [outputs, inputs]; layers are counted from 0.</summary>
    public Span<float> Weights(int layer) => Topology.Weights(parameters, layer);

    /// <summary>A layer's biases, [outputs]; layers are counted from 0.</summary>
    public Span<float> Biases(int layer) => Topology.Biases(parameters, layer);

    /// <inheritdoc/>
    public override string ToString() => $"{Topology}, {parameters.Length} parameters";
}
