using Microsoft.Win32.SafeHandles;

namespace Nabla.Cli.Tests;

/// <summary>The tests of saving that users run: that they pass, and that they find what they are there to find.</summary>
public sealed class FileSelfTestTests
{
    [Fact]
    public void Every_failure_while_saving_is_reported()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the numbers of errors are those of Unix");
        using var session = new Session();
        session.Run("selftest faults --n 400 --seed 3");
        Assert.True(session.ExitCode == ExitCode.Done, session.Output);
        Assert.StartsWith(
            "400 faults in 8 kinds of operations (close, create, delete, flush, open folder, rename, set mode, write; seed 3): ",
            session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_power_cut_all_that_was_saved_is_there()
    {
        using var session = new Session();
        session.Run("selftest powercut --n 8000 --seed 3");
        Assert.True(session.ExitCode == ExitCode.Done, session.Output);
        Assert.EndsWith("; 0 without the files that were saved\n", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_power_cut_finds_files_that_were_renamed_before_they_were_flushed() =>
        Assert.Contains("safetensors is damaged\n", Cut(output => new Unflushed(output, folders: false)), StringComparison.Ordinal);

    [Fact]
    public void A_power_cut_finds_folders_that_were_not_flushed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders are not flushed there");
        Assert.Contains("safetensors is missing\n", Cut(output => new Unflushed(output, folders: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_power_cut_finds_a_folder_whose_name_was_not_flushed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders are not flushed there");
        Assert.Matches(@": model\.run/checkpoint-\S+ is missing\n", Cut(output => new FirstFolderUnflushed(output)));
    }

    private static string Cut(Func<IFileOutput, IFileOutput> wrap)
    {
        using var session = new Session();
        using var findings = new StringWriter { NewLine = "\n" };
        var saves = RecordedSaves.Record(session.Folder, seed: 1, wrap);
        var result = PowerCutTest.Cut(saves, 3000, seed: 1, findings, TestContext.Current.CancellationToken);
        Assert.False(result.Passed);
        return $"{findings}";
    }

    /// <summary>Forgets to flush files, or folders.</summary>
    private sealed class Unflushed(IFileOutput inner, bool folders) : WrappedOutput(inner)
    {
        private readonly HashSet<SafeFileHandle> opened = [];

        public override SafeFileHandle OpenFolder(string folder)
        {
            var handle = base.OpenFolder(folder);
            opened.Add(handle);
            return handle;
        }

        public override void Flush(SafeFileHandle file)
        {
            if (opened.Contains(file) != folders)
                base.Flush(file);
        }
    }

    /// <summary>Forgets to flush the folder in which the run's own folder was created.</summary>
    private sealed class FirstFolderUnflushed(IFileOutput inner) : WrappedOutput(inner)
    {
        private SafeFileHandle? first;

        public override SafeFileHandle OpenFolder(string folder)
        {
            var handle = base.OpenFolder(folder);
            first ??= handle;
            return handle;
        }

        public override void Flush(SafeFileHandle file)
        {
            if (file != first)
                base.Flush(file);
        }
    }
}
