using System.Diagnostics;

namespace Nabla.Cli.Tests;

/// <summary>What only a real process can show: signals and a disk that is full.</summary>
public sealed class ProcessTests
{
    [Fact]
    public void Ctrl_C_ends_a_training_after_saving_what_there_is()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        using var child = new ChildProcess(session.Folder, "exec \"$nabla\" train tiny.npz --epochs 10000000");
        Assert.StartsWith("Epoch: 0", child.Output.ReadLine(), StringComparison.Ordinal);
        Process.Start("kill", ["-INT", $"{child.Id}"]).WaitForExit();
        child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.EndsWith("Interrupted. Next: nabla train tiny.npz --resume model.safetensors\n", messages, StringComparison.Ordinal);
        session.Run("evaluate model.safetensors tiny.npz");
        Assert.Equal(ExitCode.Done, session.ExitCode);
    }

    [Fact]
    public void A_full_disk_leaves_the_old_model_whole()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).RunUnheard("train tiny.npz --layers 8 --epochs 1");
        Directory.CreateDirectory(session.PathOf("disk"));
        using (var mount = OnSmallDisk(session, "true"))
        {
            var (refused, why) = mount.End();
            Assert.SkipUnless(refused == 0, $"This system lets no user mount a disk of their own: {why}");
        }
        // From here on every exit code but the expected one is a failure.
        using var child = OnSmallDisk(session, """
            cp model.safetensors disk/
            "$nabla" train tiny.npz --layers 20000 --epochs 1 --out disk/model.safetensors; code=$?
            cmp model.safetensors disk/model.safetensors && ls -A disk; exit $code
            """);
        string output = child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Snapshot.Matches(Transcript(messages, exitCode, session));
        Assert.EndsWith("/s\nmodel.safetensors\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_grow_leaves_the_old_model_whole()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).RunUnheard("train tiny.npz --layers 8 --epochs 1");
        byte[] old = File.ReadAllBytes(session.PathOf("model.safetensors"));
        // No file may grow beyond 8 KiB; the runtime's own mappings must not count.
        const string Script = "trap '' XFSZ; ulimit -f 16; DOTNET_EnableWriteXorExecute=0 exec \"$nabla\" train tiny.npz --layers 2000 --epochs 1";
        using var child = new ChildProcess(session.Folder, Script);
        child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Snapshot.Matches(Transcript(messages, exitCode, session));
        Assert.Equal(old, File.ReadAllBytes(session.PathOf("model.safetensors")));
        Assert.Equal(["model.safetensors", "tiny.npz"], Directory.GetFiles(session.Folder).Select(Path.GetFileName).Order());
    }

    /// <summary>A script in a folder where <c>disk</c> is a disk of 64 KiB, which only the script's own processes see.</summary>
    private static ChildProcess OnSmallDisk(Session session, string script) =>
        new(session.Folder, $"exec unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size=64k none disk || exit\n{script}'");

    private static string Transcript(string messages, int exitCode, Session session) => Normalisation.Of($"{messages}exit code {exitCode}\n", session.Folder);
}
