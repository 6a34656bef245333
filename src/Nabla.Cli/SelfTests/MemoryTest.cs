using System.CommandLine;
using System.Globalization;

namespace Nabla.Cli;

/// <summary>
/// <c>nabla selftest memory</c>: where a training run does not get the memory it needs, it says so, and damages no file. The heap is
/// limited in steps, so that memory ends while data are read, while the network trains and while it is saved.
/// </summary>
internal sealed class MemoryTest(Terminal terminal)
    : SelfTest("memory", "Training runs without enough memory end with a clean message and leave files alone.", "heap limits", 32, terminal)
{
    // A run needs 40 to 60 MiB, depending on the processor; the last limit is enough, and the first quarter of them is not.
    private const long LargestLimit = 80L << 20;

    // How the runtime of a native program ends, without a word, if it finds no memory for itself.
    private const int NativeNotStarted = 255;

    /// <inheritdoc/>
    protected override SelfTestResult Run(ParseResult parse, int n, ulong randomSeed, Terminal outside)
    {
        using var folder = new TemporaryFolder();
        return Sweep(new LimitedRun(folder.Path, randomSeed, outside.Interruption.Token), n, outside.Out);
    }

    private static SelfTestResult Sweep(LimitedRun run, int n, TextWriter output)
    {
        int[] counts = new int[Enum.GetValues<Ending>().Length];
        bool isLastTrained = false;
        for (int i = 1; i <= n; i++)
        {
            long limit = LargestLimit * i / n;
            var (ending, text) = run.WithLimit(limit);
            counts[(int)ending]++;
            isLastTrained = ending == Ending.Trained;
            if (ending == Ending.Wrong)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrong at {limit / 1048576.0:0.0} MiB: {text}"));
        }
        bool areNoticed = n < 4 || counts[(int)Ending.Trained] < n;
        if (!isLastTrained)
            output.WriteLine("wrong: the last limit was not enough to train");
        if (!areNoticed)
            output.WriteLine("wrong: no limit was noticed, and so nothing was tested");
        return new(
            isLastTrained && areNoticed && counts[(int)Ending.Wrong] == 0,
            $"{n} heap limits up to {LargestLimit >> 20} MiB: {counts[(int)Ending.NotStarted]} too small for .NET to start, "
            + $"{counts[(int)Ending.Refused]} with a clean message, {counts[(int)Ending.Trained]} trained, "
            + $"{counts[(int)Ending.Wrong]} wrong");
    }

    /// <summary>How a run ended.</summary>
    private enum Ending
    {
        /// <summary>With the model that a run without a limit makes.</summary>
        Trained,

        /// <summary>With the exit code and a message for a lack of memory; the earlier model is as it was.</summary>
        Refused,

        /// <summary>The runtime itself found no memory, before the program began.</summary>
        NotStarted,

        /// <summary>In any other way.</summary>
        Wrong,
    }

    /// <summary>A training run that replaces an earlier model.</summary>
    private sealed class LimitedRun
    {
        private readonly string folder, model, receipts;
        private readonly string[] arguments;
        private readonly byte[] earlier, expected;
        private readonly CancellationToken interruption;

        public LimitedRun(string folder, ulong seed, CancellationToken interruption)
        {
            this.folder = folder;
            this.interruption = interruption;
            model = Path.Combine(folder, "model.safetensors");
            string data = Path.Combine(folder, "data.csv");
            File.WriteAllText(data, SampleData.Csv);
            arguments = ["train", data, "--target", "kind", "--layers", "1000,1000", "--epochs", "1", "--out", model, "--seed"];
            receipts = RunFolder.For(model).Path;
            earlier = TrainWithoutLimit(seed + 1);
            expected = TrainWithoutLimit(seed);
            arguments = [.. arguments, $"{seed}"];
        }

        public (Ending Ending, string Text) WithLimit(long bytes)
        {
            File.WriteAllBytes(model, earlier);
            var result = OwnProgram.Run(
                arguments, [new("DOTNET_GCHeapHardLimit", $"{bytes:x}"), new("DOTNET_gcServer", "0")], interruption);
            byte[] after = File.ReadAllBytes(model);
            int others = Directory.GetFiles(folder).Length - 2; // beside the data and the model
            others += Directory.GetFiles(receipts).Length - 1;
            int message = Math.Max(0, result.Error.IndexOf("error:", StringComparison.Ordinal));
            string text = $"exit code {result.ExitCode}: {result.Error[message..].Trim().ReplaceLineEndings(" ")}";
            bool isIntact = after.AsSpan().SequenceEqual(result.ExitCode == ExitCode.Done ? expected : earlier);
            if (!isIntact || others > 0)
                return (Ending.Wrong, $"the model is {(isIntact ? "intact" : "damaged")}, beside it {others} files; {text}");
            return (result.ExitCode switch
            {
                ExitCode.Done => Ending.Trained,
                ExitCode.OutOfResources when IsClean(result.Error) => Ending.Refused,
                _ when result.Error.Contains("Failed to create CoreCLR", StringComparison.Ordinal) => Ending.NotStarted,
                NativeNotStarted when result.Error.Length == 0 => Ending.NotStarted,
                _ => Ending.Wrong,
            }, text);
        }

        private static bool IsClean(string message) =>
            message.Contains("not enough memory", StringComparison.Ordinal) && !message.Contains("   at ", StringComparison.Ordinal);

        private byte[] TrainWithoutLimit(ulong seed)
        {
            var result = OwnProgram.Run([.. arguments, $"{seed}"], [new("DOTNET_GCHeapHardLimit", null)], interruption);
            return result.ExitCode == ExitCode.Done
                ? File.ReadAllBytes(model)
                : throw new InvalidOperationException($"Training ended with exit code {result.ExitCode}: {result.Error}");
        }
    }
}
