using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>One epoch over 60,000 built-in digits.</summary>
public class EpochBenchmarks
{
    private Dataset digits = null!;

    [Params("exercise-2", "default")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Setup() => digits = Digits.Load(testCount: 1).Train;

    [Benchmark]
    public double Epoch() => new Training<Classifier>(digits, Presets.All[Preset].ForClasses).Epochs().First().Loss;
}
