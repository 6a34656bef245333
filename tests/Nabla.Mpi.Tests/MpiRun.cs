using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Nabla.Mpi.Tests;

/// <summary>Starts ranks by a launcher that is installed on this machine.</summary>
internal sealed class MpiRun
{
    private const int Seconds = 120;

    private readonly ProcessStartInfo start;

    private MpiRun(string program, IEnumerable<string> arguments)
    {
        start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove(MpiLibrary.Variable);
    }

    /// <summary>Ranks of a launcher; without it, the test is skipped.</summary>
    /// <param name="launcher">Its file name: <c>mpirun.openmpi</c> or <c>mpirun.mpich</c>.</param>
    /// <param name="ranks">How many to start.</param>
    /// <param name="name">The case of <see cref="RankProgram"/>.</param>
    public static MpiRun Ranks(string launcher, int ranks, string name)
    {
        bool isInstalled = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, launcher)));
        Assert.SkipUnless(isInstalled, $"This machine has no {launcher} (Debian: openmpi-bin, mpich).");
        string[] options = launcher == "mpirun.openmpi" ? ["--oversubscribe"] : []; // more ranks than cores
        string[] program = ["dotnet", typeof(MpiRun).Assembly.Location, "rank", name];
        return new MpiRun(launcher, [.. options, "-n", ranks.ToString(CultureInfo.InvariantCulture), .. program])
            // Containers run tests as root.
            .With("OMPI_ALLOW_RUN_AS_ROOT", "1").With("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    }

    /// <summary>One process without a launcher.</summary>
    /// <param name="name">The case of <see cref="RankProgram"/>.</param>
    public static MpiRun Single(string name) => new("dotnet", [typeof(MpiRun).Assembly.Location, "rank", name]);

    /// <summary>Sets an environment variable.</summary>
    public MpiRun With(string variable, string value)
    {
        start.Environment[variable] = value;
        return this;
    }

    /// <summary>Waits for the end of all ranks, which must come in time.</summary>
    /// <param name="onLine">Sees each line that they print.</param>
    public (int ExitCode, string Output, string Error) Run(Action<string>? onLine = null)
    {
        using var process = Process.Start(start)!;
        var output = Read(process.StandardOutput, onLine);
        var error = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(TimeSpan.FromSeconds(Seconds));
        if (!ended)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Assert.True(ended, $"The ranks did not end within {Seconds} s:\n{output.Result}\n{error.Result}");
        TestContext.Current.TestOutputHelper?.WriteLine(output.Result);
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs ranks that must succeed.</summary>
    /// <returns>What they printed.</returns>
    public string MustPass(int ranks)
    {
        var (exitCode, output, error) = Run();
        Assert.True(exitCode == 0, $"The exit code is {exitCode}:\n{output}\n{error}");
        for (int rank = 0; rank < ranks; rank++)
            Assert.Contains($"rank {rank} passed", output, StringComparison.Ordinal);
        return output;
    }

    private static async Task<string> Read(StreamReader reader, Action<string>? onLine)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            onLine?.Invoke(line);
        }
        return text.ToString();
    }
}
