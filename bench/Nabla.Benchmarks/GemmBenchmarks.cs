using BenchmarkDotNet.Attributes;
using Nabla.Kernels;

namespace Nabla.Benchmarks;

/// <summary>Products of the shapes that training uses: 2 m n k floating-point operations each.</summary>
public class GemmBenchmarks
{
    private float[] a = [];
    private float[] b = [];
    private float[] c = [];
    private (int M, int N, int K) size;

    [Params("128x512x784", "512x784x128", "100x30x784", "30x784x100", "1024x1024x1024")]
    public string Shape { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int[] numbers = [.. Shape.Split('x').Select(int.Parse)];
        size = (numbers[0], numbers[1], numbers[2]);
        var stream = new RandomStream(1, RandomPurpose.InitialValues);
        a = Draw(size.M * size.K, ref stream);
        b = Draw(size.K * size.N, ref stream);
        c = new float[size.M * size.N];
    }

    [Benchmark]
    public void Multiply() => Gemm.Multiply(
        ThreadTeam.Of(Threads), new ReadOnlyMatrix(a, size.M, size.K), new ReadOnlyMatrix(b, size.K, size.N),
        new Matrix(c, size.M, size.N));

    [Benchmark]
    public void MultiplyByTransposed() => Gemm.Multiply(
        ThreadTeam.Of(Threads), new ReadOnlyMatrix(a, size.M, size.K), new ReadOnlyMatrix(b, size.N, size.K).Transposed,
        new Matrix(c, size.M, size.N));

    private static float[] Draw(int count, ref RandomStream stream)
    {
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = (float)stream.NextNormal();
        return values;
    }
}
