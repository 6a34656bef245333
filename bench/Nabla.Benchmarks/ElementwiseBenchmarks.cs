using BenchmarkDotNet.Attributes;
using Nabla.Kernels;

namespace Nabla.Benchmarks;

/// <summary>Activations over a span that fits in L1.</summary>
public class ElementwiseBenchmarks
{
    private readonly float[] source = [.. Enumerable.Range(0, 4096).Select(i => (i - 2048) / 256f)];
    private readonly float[] destination = new float[4096];

    [Benchmark]
    public void SigmoidOfSpan() => Elementwise.Apply<Kernels.Sigmoid>(source, destination);

    [Benchmark]
    public void TanhOfSpan() => Elementwise.Apply<HyperbolicTangent>(source, destination);

    [Benchmark]
    public void SoftmaxOfTens() => Kernels.Softmax.Apply(source.AsSpan(0, 4090), 10, [], destination.AsSpan(0, 4090));
}
