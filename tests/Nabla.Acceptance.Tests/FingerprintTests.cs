using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>Same seed, same bits: one training on real data, at five instruction-set levels and with four numbers of threads.</summary>
public sealed class FingerprintTests : IDisposable
{
    private const string Arguments = "mnist --preset exercise-2 --epochs 2 --seed 1";

    private static readonly string Expected = Readme.Results.Single(row => row.Arguments == Arguments).Fingerprint;

    private readonly NablaProcess nabla = new();

    public FingerprintTests() => nabla.Environment["NABLA_DATA"] = Repository.SharedOrSkip("data");

    public void Dispose() => nabla.Dispose();

    [Theory(Explicit = true)]
    [InlineData("", "", 2)]
    [InlineData("", "", 1)]
    [InlineData("", "", 3)]
    [InlineData("", "", 5)]
    [InlineData("DOTNET_EnableAVX512", "0", 2)]
    [InlineData("DOTNET_PreferredVectorBitWidth", "256", 2)]
    [InlineData("DOTNET_EnableAVX2", "0", 2)]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", 2)]
    public void The_fingerprint_does_not_depend_on_the_processor_or_the_threads(string variable, string value, int threads)
    {
        if (variable.Length > 0)
            nabla.Environment[variable] = value;
        Assert.Equal(Expected, nabla.Train($"{Arguments} --threads {threads}").Fingerprint);
    }
}
