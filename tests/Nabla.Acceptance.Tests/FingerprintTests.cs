using System.Runtime.InteropServices;
using Nabla.Kernels;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>The fingerprint of a training run on MNIST, at five instruction-set levels and with four numbers of threads.</summary>
public sealed class FingerprintTests : IDisposable
{
    private const string Arguments = "mnist --preset exercise-2 --epochs 2 --seed 1";

    private static readonly string Expected = Readme.Results.Single(row => row.Arguments == Arguments).Fingerprint;

    private readonly NablaProcess nabla = new();

    public FingerprintTests() => nabla.Environment["NABLA_DATA"] = Repository.SharedOrSkip("data");

    public void Dispose() => nabla.Dispose();

    [Theory(Explicit = true)]
    [InlineData("", "", null, 2)]
    [InlineData("", "", null, 1)]
    [InlineData("", "", null, 3)]
    [InlineData("", "", null, 5)]
    [InlineData("DOTNET_EnableAVX512", "0", KernelWidth.Vector256, 2)]
    [InlineData("DOTNET_PreferredVectorBitWidth", "256", KernelWidth.Vector256, 2)]
    [InlineData("DOTNET_EnableAVX2", "0", KernelWidth.Scalar, 2)]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", KernelWidth.Scalar, 2)]
    public void The_fingerprint_does_not_depend_on_the_processor_or_the_threads(
        string variable, string value, KernelWidth? level, int threads)
    {
        Assert.SkipUnless(
            level is null || RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "These variables disable instruction sets of x64 processors.");
        Assert.SkipWhen(level is not null && NablaProcess.IsNative, "A native program has its instruction sets built in.");
        if (variable.Length > 0)
            nabla.Environment[variable] = value;
        nabla.Environment["DOTNET_PROCESSOR_COUNT"] = "8"; // or there would be no more threads than processors
        // Fails if the variable did not select the level. Without a variable, the level is that of this process.
        if (NablaProcess.IsNative)
            Assert.NotEqual(KernelWidth.Scalar, nabla.Kernels);
        else
            Assert.Equal(level ?? KernelChoice.Width, nabla.Kernels);
        Assert.Equal(Expected, nabla.Train($"{Arguments} --threads {threads}").Fingerprint);
    }
}
