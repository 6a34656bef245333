using System.CommandLine;

namespace Nabla.Cli;

/// <summary>
/// <c>nabla selftest faults</c>: while a checkpoint replaces an older one, each operation of the file system fails once, and for ever.
/// Whatever fails is reported, one of the two files is there complete, and no temporary file stays.
/// </summary>
internal sealed class FaultTest(Terminal terminal)
    : SelfTest("faults", "Every failure while a file is saved is reported, and the previous file stays.", "faults", 1000, terminal)
{
    private const string Temporary = ".nabla-*.tmp";

    /// <inheritdoc/>
    protected override SelfTestResult Run(ParseResult parse, int n, ulong randomSeed, Terminal outside)
    {
        using var folder = new TemporaryFolder();
        return Inject(new Saving(folder.Path, randomSeed, outside), n, new Random(unchecked((int)randomSeed)), outside, randomSeed);
    }

    private static SelfTestResult Inject(Saving saving, int n, Random random, Terminal outside, ulong seed)
    {
        int done = 0, wrong = 0, saved = 0, rounds = 0;
        var operations = new HashSet<string>(StringComparer.Ordinal);
        while (done < n)
        {
            // As many writes as each size gives: the fault falls on another operation in each round.
            int largestWrite = rounds++ == 0 ? 1 << 16 : random.Next(500, 1 << 14);
            foreach (var (at, fault, duration) in Faults(saving.Operations(largestWrite)).Take(n - done))
            {
                outside.Interruption.Token.ThrowIfCancellationRequested();
                var output = new FaultyOutput(at, fault, duration, largestWrite);
                string? problem = saving.Try(output, fault, out bool isSaved);
                operations.Add(output.Failed);
                saved += isSaved ? 1 : 0;
                done++;
                if (problem is not null && wrong++ < 20)
                    outside.Out.WriteLine($"wrong: {fault.Name} at operation {at} ({output.Failed}, {duration}): {problem}");
            }
        }
        return new(
            wrong == 0,
            $"{n} faults in {operations.Count} kinds of operations ({string.Join(", ", operations.Order(StringComparer.Ordinal))}; "
            + $"seed {seed}): {saved} recovered, {n - saved} reported with exit code 5, {wrong} wrong");
    }

    private static IEnumerable<(int At, Fault Fault, FaultDuration Duration)> Faults(List<string> operations) =>
        from at in Enumerable.Range(0, operations.Count)
        from fault in Fault.All
        where fault != Fault.ShortWrite || operations[at] == "write"
        from duration in Enum.GetValues<FaultDuration>()
        select (at, fault, duration);

    /// <summary>Saves a checkpoint over an older one, with faults.</summary>
    private sealed class Saving
    {
        private readonly string folder;
        private readonly OutputFile file;
        private readonly Training training;
        private readonly byte[] before, after;

        public Saving(string folder, ulong seed, Terminal outside)
        {
            this.folder = folder;
            training = RecordedSaves.BeginTraining(seed);
            using var epochs = training.Epochs(cancellationToken: outside.Interruption.Token).GetEnumerator();
            epochs.MoveNext();
            file = OutputFile.Check("checkpoint.safetensors", ".safetensors", outside with { CurrentDirectory = folder });
            before = Bytes();
            epochs.MoveNext();
            after = Bytes();
        }

        /// <summary>The operations of a save in which none fails.</summary>
        public List<string> Operations(int largestWrite)
        {
            Abandon();
            var output = new FaultyOutput(at: -1, Fault.ShortWrite, FaultDuration.Once, largestWrite);
            training.Save(file.FullPath, output);
            return output.Operations;
        }

        /// <summary>Saves the new checkpoint over the old one.</summary>
        /// <returns>What is wrong; null if nothing is.</returns>
        public string? Try(FaultyOutput output, Fault fault, out bool isSaved)
        {
            File.WriteAllBytes(file.FullPath, before);
            Abandon();
            Exception? error = null;
            try
            {
                file.Save(path => training.Save(path, output));
            }
            catch (Exception e)
            {
                error = e;
            }
            isSaved = error is null;
            return FindProblem(output, fault, error) ?? FindLeftovers(output);
        }

        private string? FindProblem(FaultyOutput output, Fault fault, Exception? error)
        {
            byte[] found = File.ReadAllBytes(file.FullPath);
            if (!found.AsSpan().SequenceEqual(output.HasRenamed ? after : before))
                return $"the file has {found.Length} bytes and is not the one that it should be";
            if (output.HasFlushedTwice)
                return "it was flushed again after an error";
            if (output.HasOpenFiles)
                return "a file was not closed";
            if (error is null)
                return output.HasRenamed && IsHarmless(output, fault) ? null : "it was not reported";
            var problem = Problem.From(error, "nabla train");
            if (problem.ExitCode != ExitCode.InputOutputFailed)
                return $"exit code {problem.ExitCode}: {error}";
            if (fault == Fault.ShortWrite)
                return $"a short write was not continued: {error.Message}";
            bool namesIt = problem.Why!.Contains(fault.Message, StringComparison.OrdinalIgnoreCase)
                || (fault == Fault.NoPermission && problem.Why.Contains("cannot be written to", StringComparison.Ordinal));
            bool saysWhichFile = problem.Why.Contains("the new file is complete", StringComparison.Ordinal) == output.HasRenamed;
            return namesIt && saysWhichFile ? null : $"the message is: {problem.Why}";
        }

        // What a save makes up for without a loss.
        private static bool IsHarmless(FaultyOutput output, Fault fault) =>
            fault == Fault.ShortWrite || (fault == Fault.Interrupted && output.Failed == "write")
            || (fault == Fault.NoPermission && output.Failed == "open folder") || output.Failed == "delete";

        private string? FindLeftovers(FaultyOutput output)
        {
            if (!output.HasFailedToDelete && Directory.GetFiles(folder, Temporary).Length > 0)
                return "a temporary file stayed";
            training.Save(file.FullPath);
            return Directory.GetFiles(folder, Temporary).Length == 0 ? null : "the next save did not remove the temporary file";
        }

        // What a killed writer left is deleted first.
        private void Abandon() => File.WriteAllBytes(Path.Combine(folder, ".nabla-abandoned.tmp"), before);

        private byte[] Bytes()
        {
            training.Save(file.FullPath);
            return File.ReadAllBytes(file.FullPath);
        }
    }
}
