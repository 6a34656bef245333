using System.CommandLine;

namespace Nabla.Cli.Tests;

/// <summary>What the program does where the system gives it less than it needs: memory, a folder, names that it can read.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("0x4000000", "train tiny.npz --layers 5000,5000")]
    [InlineData("0x4000000", "inspect large.npz")]
    public void Too_little_memory_has_its_own_exit_code_and_leaves_the_old_model(string limit, string command)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).With("model.safetensors", "an old model")
            .With("large.npz", Sample.Archive(("x", NumericArray.Create<byte>(new byte[1 << 27], 1 << 27))));
        using var child = new ChildProcess(session.Folder, $"DOTNET_GCHeapHardLimit={limit} exec \"$nabla\" {command}");
        child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Assert.Equal(ExitCode.OutOfResources, exitCode);
        Assert.Contains("error: not enough memory\n", messages, StringComparison.Ordinal);
        Assert.Equal("an old model", File.ReadAllText(session.PathOf("model.safetensors")));
        Assert.Equal(["large.npz", "model.safetensors", "tiny.npz"], Directory.GetFiles(session.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_rows_of_a_table_stay_on_disk_only_if_there_is_a_folder_for_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "TMPDIR is not used on Windows.");
        using var session = new Session().With("iris.csv", Sample.Csv());
        foreach (var (option, expected) in new[] { ("", ExitCode.Done), ("--on-disk", ExitCode.InputOutputFailed) })
        {
            string command = $"TMPDIR=/nowhere/at/all exec \"$nabla\" train iris.csv --target species --epochs 1 {option}";
            using var child = new ChildProcess(session.Folder, command);
            child.Output.ReadToEnd();
            var (exitCode, messages) = child.End();
            Assert.Equal(expected, exitCode);
            Assert.Equal(
                expected != ExitCode.Done, messages.Contains("a temporary file in /nowhere/at/all: there is no", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("inspect large.npz --max-bytes 999KB", "it takes 1000000 bytes in memory, and the limit is 999000")]
    [InlineData("inspect large-idx3-ubyte --max-bytes 9999", "it takes 10000 bytes in memory, and the limit is 9999")]
    [InlineData("inspect picture.png --max-bytes 1599", "it takes 1600 bytes in memory, and the limit is 1599")]
    [InlineData(
        "train iris.csv --target species --max-bytes 100",
        "as 40 rows of 4 features, it takes 640 bytes in memory, and the limit is 100")]
    [InlineData("predict large.safetensors tiny.npz --max-bytes 4000", "it takes 4096 bytes in memory, and the limit is 4000")]
    [InlineData("predict large.safetensors wide.npz --max-bytes 5000", "it takes 8000 bytes in memory, and the limit is 5000")]
    [InlineData("train folder --max-bytes 3000", "it takes 3200 bytes in memory, and the limit is 3000")]
    public void The_limit_of_memory_holds_for_each_format(string command, string why)
    {
        byte[] idx = [0, 0, 8, 3, 0, 0, 0, 100, 0, 0, 0, 10, 0, 0, 0, 10, .. new byte[10_000]];
        byte[] picture = PngMaker.Grey(new GreyImage(20, 20, new byte[400]));
        using var session = new Session().With("iris.csv", Sample.Csv()).With("picture.png", picture).With("large-idx3-ubyte", idx)
            .With("large.npz", Sample.Archive(("x", NumericArray.Create<byte>(new byte[1_000_000], 1_000_000))))
            .With("wide.npz", Sample.Archive(("x", Sample.X(500)))).With("tiny.npz", Sample.Npz());
        for (int i = 0; i < 8; i++)
            session.With($"folder/{(i % 2 == 0 ? "a" : "b")}/{i}.png", picture);
        session.RunSilently("train tiny.npz --layers 256 --epochs 1 --out large.safetensors").Run(command);
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.True(session.Messages.Contains(why, StringComparison.Ordinal), session.Messages);
    }

    [Theory]
    [InlineData("999999", 999_999)]
    [InlineData("2kb", 2_000)]
    [InlineData("2KiB", 2_048)]
    [InlineData("3MB", 3_000_000)]
    [InlineData("3MiB", 3_145_728)]
    [InlineData("1GB", 1_000_000_000)]
    [InlineData("1GiB", 1_073_741_824)]
    public void The_limit_of_memory_is_a_size(string size, long bytes)
    {
        var command = new Command("inspect") { new ReadLimitOption() };
        using var limit = ReadLimitOption.Use(command.Parse(["--max-bytes", size]));
        Assert.Equal(bytes, ReadLimit.Bytes);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1TB")]
    [InlineData("-1")]
    [InlineData("99999999999GB")]
    public void Other_sizes_are_refused(string size)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).Run($"inspect tiny.npz --max-bytes {size}");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
    }

    [Theory]
    [InlineData("inspect ../tiny.npz", ExitCode.InvalidInput)]
    [InlineData("train", ExitCode.InvalidInput)]
    [InlineData("inspect $OLDPWD/tiny.npz", ExitCode.Done)]
    [InlineData("--version", ExitCode.Done)]
    public void A_current_folder_that_was_deleted_matters_where_it_is_needed(string command, int expected)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        using var child = new ChildProcess(session.Folder, $"mkdir gone && cd gone && rmdir ../gone && exec \"$nabla\" {command}");
        child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Assert.Equal(expected, exitCode);
        Assert.Equal(expected != ExitCode.Done, messages.Contains("where: the current folder\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("data make digits --train 10 --test 10 --out \"$bad.npz\"")]
    [InlineData("inspect \"$bad.npz\"")]
    [InlineData("train \"$bad.npz\"")]
    public void A_name_that_is_not_UTF8_is_refused_instead_of_another_one_used(string command)
    {
        using var session = new Session();
        string[] unchanged = ["\uFFFD.npz"];
        session.With(unchanged[0], Sample.Npz());
        using var child = new ChildProcess(session.Folder, $"bad=$(printf '\\377'); exec \"$nabla\" {command}");
        Assert.Equal("", child.Output.ReadToEnd());
        var (exitCode, messages) = child.End();
        Assert.Equal(ExitCode.WrongUsage, exitCode);
        Assert.Contains("its bytes are not UTF-8", messages, StringComparison.Ordinal);
        Assert.Equal(unchanged, Directory.GetFiles(session.Folder).Select(Path.GetFileName));
        Assert.Equal(Sample.Npz(), File.ReadAllBytes(session.PathOf(unchanged[0])));
    }

    [Fact]
    public void A_link_to_a_name_that_is_not_UTF8_is_not_followed_to_another_name()
    {
        using var session = new Session();
        const string Script =
            "ln -s \"$(printf '\\377')\" link.npz && exec \"$nabla\" data make digits --train 10 --test 10 --out link.npz";
        using var child = new ChildProcess(session.Folder, Script);
        Assert.Equal(ExitCode.InputOutputFailed, child.End().ExitCode);
        Assert.Equal(["link.npz"], Directory.GetFiles(session.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_name_with_a_replacement_character_is_a_name()
    {
        using var session = new Session().With("\uFFFD.npz", Sample.Npz());
        using var child = new ChildProcess(session.Folder, "exec \"$nabla\" inspect \uFFFD.npz");
        Assert.Contains("x_train", child.Output.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, child.End().ExitCode);
    }

    [Fact]
    public void In_a_current_folder_whose_name_is_not_UTF8_its_own_files_are_used()
    {
        using var session = new Session().With("\uFFFD/tiny.npz", "the file of another folder").With("tiny.npz", Sample.Npz());
        const string Script = """
            bad=$(printf '\377'); mkdir "$bad" && mv tiny.npz "$bad" && cd "$bad" || exit 99
            "$nabla" train tiny.npz --layers 8 --epochs 1; code=$?
            mv model.safetensors .. && rm -r "../$bad"; exit $code
            """;
        using var child = new ChildProcess(session.Folder, Script);
        Assert.StartsWith("Epoch: 0", child.Output.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, child.End().ExitCode);
        Assert.True(File.Exists(session.PathOf("model.safetensors")));
    }

    [Theory]
    [InlineData("--help > output")]
    [InlineData("predict model.safetensors - < /proc/version")]
    public void Standard_streams_that_may_not_grow_are_reported(string command)
    {
        using var session = new Session();
        string script = $"ulimit -f 0; DOTNET_EnableWriteXorExecute=0 exec \"$nabla\" {command}";
        using var child = new ChildProcess(session.Folder, script);
        child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Assert.Equal(ExitCode.InputOutputFailed, exitCode);
        Assert.Contains("the file would exceed the system's limit", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_grow_is_reported()
    {
        using var session = new Session();
        // The runtime's own mappings must not count.
        const string Script = "ulimit -f 16; DOTNET_EnableWriteXorExecute=0 exec \"$nabla\" data make digits --train 1000 --test 10";
        using var child = new ChildProcess(session.Folder, Script);
        child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Assert.Equal(ExitCode.InputOutputFailed, exitCode);
        Assert.Contains("File too large", messages, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(session.Folder));
    }
}
