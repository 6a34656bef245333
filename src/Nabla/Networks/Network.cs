using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nabla.Kernels;

namespace Nabla;

/// <summary>A topology and its parameters: one buffer, and named views into it.</summary>
/// <remarks>Any number of threads may read it at once, as long as no thread changes it.</remarks>
public sealed class Network
{
    private readonly AlignedArray<float> parameters;
    private long version;

    /// <summary>A network whose parameters are all zero.</summary>
    /// <param name="topology">Its shape.</param>
    public Network(Topology topology)
    {
        Topology = topology;
        parameters = new AlignedArray<float>(topology.ParameterCount);
    }

    /// <summary>The shape.</summary>
    public Topology Topology { get; }

    /// <summary>All parameters: the weights of all layers, each [inputs, outputs], then the biases of all layers.</summary>
    public ReadOnlySpan<float> Parameters => parameters.Span;

    /// <summary>
    /// SHA-256 of <see cref="Parameters"/>, neuron by neuron (see <see cref="Topology.ByNeuron"/>), as little-endian bytes:
    /// <c>sha256:</c> and 64 hexadecimal digits.
    /// </summary>
    public string Fingerprint
    {
        get
        {
            if (!BitConverter.IsLittleEndian)
                throw new PlatformNotSupportedException("Fingerprints are defined over little-endian bytes.");
            return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(Topology.ByNeuron(Parameters))));
        }
    }

    /// <summary>A layer's weights, [inputs, outputs]: those of one input stand together; layers are counted from 0.</summary>
    public ReadOnlySpan<float> Weights(int layer) => Topology.Weights(parameters.Span, layer);

    /// <summary>A layer's biases, [outputs]; layers are counted from 0.</summary>
    public ReadOnlySpan<float> Biases(int layer) => Topology.Biases(parameters.Span, layer);

    /// <summary>All parameters, to write, in the order of <see cref="Parameters"/>.</summary>
    /// <remarks>
    /// The caller may write at any time as long as it holds the span. From now on no copy of the parameters is kept for faster
    /// predictions, so predictions of one example at a time take longer.
    /// </remarks>
    public Span<float> EditParameters()
    {
        IsEditable = true;
        return parameters.Span;
    }

    /// <summary>Whether a caller of <see cref="EditParameters"/> may change the parameters at any time.</summary>
    internal bool IsEditable { get; private set; }

    /// <summary>Incremented by every update that goes through <see cref="BeginUpdate"/>.</summary>
    internal long Version => Volatile.Read(ref version);

    /// <summary>All parameters, for one update.</summary>
    internal Span<float> BeginUpdate()
    {
        Volatile.Write(ref version, version + 1);
        return parameters.Span;
    }

    /// <summary>All parameters, for an update that has begun.</summary>
    internal Span<float> ParametersToUpdate => parameters.Span;

    /// <inheritdoc/>
    public override string ToString() => $"{Topology}, {parameters.Length} parameters";
}
