using System.Diagnostics;

namespace Nabla.Acceptance.Tests;

/// <summary>The native program is one file. <c>.ci/run</c> builds it, and runs these tests and FingerprintTests on it.</summary>
public sealed class NativeTests
{
    private const long MostBytes = 20_000_000;

    [Fact(Explicit = true)]
    public void It_is_one_file_of_at_most_20_MB()
    {
        string program = NablaProcess.Native ?? Skip();
        Assert.Equal("nabla", Path.GetFileNameWithoutExtension(program));
        Assert.InRange(new FileInfo(program).Length, 1, MostBytes);
        // Alone in a folder it finds everything that it needs.
        using var nabla = new NablaProcess();
        string copy = Path.Combine(nabla.Folder, Path.GetFileName(program));
        File.Copy(program, copy);
        string model = Path.Combine(nabla.Folder, "model.safetensors");
        using var process = Process.Start(copy, ["train", "digits", "--epochs", "1", "--out", model]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.True(File.Exists(model));
    }

    private static string Skip()
    {
        Assert.Skip($"{NablaProcess.ProgramVariable} names no native program.");
        return "";
    }
}
