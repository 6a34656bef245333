namespace Nabla.Acceptance.Tests;

/// <summary>Commands on a machine without MNIST and without internet access.</summary>
public sealed class WithoutMnistTests : IDisposable
{
    private readonly NablaProcess nabla = new();

    public WithoutMnistTests()
    {
        nabla.Environment["NABLA_DATA"] = "";
        nabla.Environment["XDG_CACHE_HOME"] = Path.Combine(nabla.Folder, "cache");
        // A proxy that does not exist stands for a missing network.
        nabla.Environment["HTTPS_PROXY"] = nabla.Environment["https_proxy"] = "http://127.0.0.1:9";
    }

    public void Dispose() => nabla.Dispose();

    [Fact(Explicit = true)]
    public void The_default_training_run_says_so_and_trains_on_digits()
    {
        var (exitCode, output, error) = nabla.Run("train");
        Assert.Equal(0, exitCode);
        Assert.Contains(
            "digits", Assert.Single(error.Split('\n'), line => line.Contains("MNIST", StringComparison.OrdinalIgnoreCase)),
            StringComparison.Ordinal);
        Assert.InRange(NablaProcess.Number(output.Split("\nAccuracy", 2)[1], ": "), 0.9, 1);
    }

    [Fact]
    public void Training_on_mnist_by_name_fails_with_exit_code_6() => Assert.Equal(6, nabla.Run("train mnist").ExitCode);
}
