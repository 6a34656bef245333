using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nabla.Kernels;

namespace Nabla.Acceptance.Tests;

/// <summary>Runs the <c>nabla</c> command as a process, in a temporary folder.</summary>
internal sealed class NablaProcess : IDisposable
{
    private static readonly string CommandLine = Path.Combine(AppContext.BaseDirectory, "Nabla.Cli.dll");

    /// <summary>The folder in which commands run; deleted at the end. Its parent is temporary too: there is no ../shared/data.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("nabla-").CreateSubdirectory("here").FullName;

    /// <summary>Environment variables of every command.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The vector width that commands use in this environment.</summary>
    public KernelWidth Kernels => Enum.Parse<KernelWidth>(Succeed("--version").Split("kernels: ", 2)[1].Split('\n')[0], ignoreCase: true);

    /// <summary>Runs a command that must succeed, and returns its standard output.</summary>
    public string Succeed(string arguments)
    {
        var (exitCode, output, error) = Run(arguments);
        Assert.True(exitCode == 0, $"nabla {arguments} ended with {exitCode}:\n{output}\n{error}");
        return output;
    }

    /// <summary>Runs <c>train --json</c> and returns its results.</summary>
    public TrainingResults Train(string arguments)
    {
        var clock = Stopwatch.StartNew();
        JsonElement[] events = Lines(Succeed($"train {arguments} --json"));
        TestContext.Current.TestOutputHelper?.WriteLine($"train {arguments}: {clock.Elapsed.TotalSeconds:0.0} s, {events[^1]}");
        return new TrainingResults(
            [
                .. events
                    .Where(line => line.GetProperty("event").GetString() == "epoch")
                    .Select(line => line.GetProperty("accuracy").GetDouble()),
            ],
            events[^1].GetProperty("accuracy").GetDouble(),
            events[^1].GetProperty("fingerprint").GetString()!,
            events[^1].GetProperty("model").GetString()!);
    }

    /// <summary>Starts a command.</summary>
    public Process Start(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{CommandLine}\" {arguments}")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end.</summary>
    public (int ExitCode, string Output, string Error) Run(string arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    /// <summary>The number that follows a name in plain output.</summary>
    public static double Number(string output, string name) => double.Parse(
        output.Split(name, 2)[1].Split([' ', '\n', ',', '('], StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);

    /// <summary>Parses output with one JSON object per line.</summary>
    public static JsonElement[] Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}

/// <summary>The results of a training run.</summary>
internal sealed record TrainingResults(double[] Accuracies, double Accuracy, string Fingerprint, string Model);
