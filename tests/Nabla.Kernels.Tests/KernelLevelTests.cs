namespace Nabla.Kernels.Tests;

/// <summary>The suite runs once for each instruction set; these tests make sure that it was really there.</summary>
public class KernelLevelTests
{
    [Fact]
    public void The_level_that_the_run_expects_is_the_level_in_use()
    {
        string? expected = Environment.GetEnvironmentVariable("NABLA_EXPECT_KERNELS");
        KernelWidth wanted = string.IsNullOrEmpty(expected)
            ? KernelChoice.Choose(Environment.GetEnvironmentVariable(KernelChoice.EnvironmentVariable))
            : Enum.Parse<KernelWidth>(expected, ignoreCase: true);
        Assert.Equal(wanted, KernelChoice.Width);
    }

    [Fact]
    public void The_widest_supported_vectors_are_the_default() =>
        Assert.Equal(Enum.GetValues<KernelWidth>().Where(KernelChoice.IsSupported).Max(), KernelChoice.Choose(null));

    [Fact]
    public void Every_supported_width_can_be_asked_for_by_name() =>
        Assert.All(Widths.Supported, width => Assert.Equal(width, KernelChoice.Choose(width.ToString().ToLowerInvariant())));

    [Fact]
    public void A_width_that_does_not_exist_is_refused() =>
        Assert.Contains("vector1024", Assert.Throws<PlatformNotSupportedException>(() => KernelChoice.Choose("vector1024")).Message);

    [Fact]
    public void A_number_is_no_name() => Assert.Throws<PlatformNotSupportedException>(() => KernelChoice.Choose("8"));

    [Fact]
    public void A_width_that_this_processor_lacks_is_refused() =>
        Assert.All(Enum.GetValues<KernelWidth>().Except(Widths.Supported), width =>
            Assert.Throws<PlatformNotSupportedException>(() => KernelChoice.Choose(width.ToString())));
}
