namespace Nabla.Kernels.Tests;

/// <summary>
/// No kernel accesses memory outside its operands: each operand stands between two pages that cannot be accessed. The calls are made in
/// processes of their own, because such an access ends the process.
/// </summary>
public sealed class GuardPageTests
{
    [Theory]
    [InlineData(typeof(GemmGuardCases))]
    [InlineData(typeof(SparseGuardCases))]
    [InlineData(typeof(ElementwiseGuardCases))]
    public void No_kernel_accesses_memory_outside_its_operands(Type cases) => GuardedProcess.MustPass(cases);

    [Fact]
    public void An_access_outside_is_found_and_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Guarded pages are made by Linux's mmap and mprotect.");
        var (exitCode, lastCall, _) = GuardedProcess.Run(typeof(OutsideGuardCases));
        Assert.NotEqual(0, exitCode);
        Assert.Equal("one element too many of 7, operands at the End", lastCall);
    }
}

/// <summary>Reads one element too many.</summary>
public sealed class OutsideGuardCases
{
    [Fact(Explicit = true)]
    public unsafe void Reading_beyond_the_end()
    {
        var operands = new GuardedOperands();
        operands.AtBothEdges("one element too many of 7", () => Assert.NotEqual(2f, GuardedOperands.At<float>(operands.Floats(7))[7]));
    }
}
