using System.Security.Cryptography;

namespace Nabla.Cli.Tests;

/// <summary><c>nabla resume</c>: runs that were interrupted or killed.</summary>
public sealed class ResumeTests
{
    private const string Quick = "--layers 8 --epochs 5 --batch-size 16";

    private static Session WithData() => new Session().With("tiny.npz", Sample.Npz()).With("iris.csv", Sample.Csv());

    private static string Fingerprint(Session session) =>
        session.Output.Split('\n').Single(line => line.StartsWith("Fingerprint: ", StringComparison.Ordinal));

    /// <summary>The folder as it is when the process is killed as a line appears: no signal, nothing written after it.</summary>
    private static Session Killed(string command, string line)
    {
        using var session = WithData();
        var killed = new Session();
        using var output = new CopyingWriter(line, () => killed.WithFilesOf(session));
        session.Run(command, output);
        return killed;
    }

    /// <summary>The folder after a signal has interrupted the process as a line appears.</summary>
    private static Session Interrupted(string command, string line, Session? before = null)
    {
        using var session = before is null ? WithData() : new Session().WithFilesOf(before);
        using var output = new InterruptingWriter(line, session.Interruption);
        session.Run(command, output);
        return new Session().WithFilesOf(session);
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    [Theory]
    [InlineData("train tiny.npz", "Epoch: 3")]
    [InlineData("train tiny.npz --dropout 0.2 --optimizer momentum --schedule reduce-on-plateau", "Epoch: 4")]
    [InlineData("train iris.csv --target species --validation 0.25", "Epoch: 2")]
    [InlineData("train iris.csv --target length", "Epoch: 3")]
    [InlineData("train tiny.npz --on-disk --shuffle-window 25", "Epoch: 3")]
    [InlineData("train tiny.npz --loss quadratic --output-activation sigmoid", "Epoch: 3")]
    [InlineData("train tiny.npz --members 4 --threads 1", "Member: 2")]
    [InlineData("train iris.csv --target species --members 3 --threads 1", "Member: 1")]
    public void A_killed_run_continues_and_has_the_bits_of_an_uninterrupted_one(string command, string line)
    {
        using var whole = WithData().Run($"{command} {Quick} --out model.safetensors");
        using var later = Killed($"{command} {Quick} --checkpoint-every 1epoch", line);
        Assert.True(File.Exists(later.PathOf("model.run/run.json")));
        later.Run("resume model.run --threads 2");
        Assert.Equal(ExitCode.Done, later.ExitCode);
        Assert.Equal(Fingerprint(whole), Fingerprint(later));
        Assert.DoesNotContain("Epoch: 0", later.Output, StringComparison.Ordinal);
        Assert.Equal(["run.json"], Directory.GetFileSystemEntries(later.PathOf("model.run")).Select(Path.GetFileName));
        Assert.Equal(ExitCode.Done, later.Run("verify model.run/run.json").ExitCode);
        Assert.Equal(File.ReadAllBytes(whole.PathOf("model.safetensors")), File.ReadAllBytes(later.PathOf("model.safetensors")));
    }

    [Fact]
    public void A_complete_run_is_not_resumed() => Snapshot.Matches(
        WithData().RunSilently($"train tiny.npz {Quick}").Run("resume model.run"));

    [Fact]
    public void Other_folders_are_refused() => Snapshot.Matches(
        WithData().With("empty.run/note.txt", "").With("bad.run/run.json", "{}").Run("resume tiny.npz").Run("resume nothing.run")
            .Run("resume empty.run").Run("resume bad.run"));

    [Fact]
    public void Other_data_are_refused_and_the_difference_is_named()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        byte[] other = Sample.Npz(Sample.X(61), Sample.Y(61), Sample.X(20), Sample.Y(20));
        Snapshot.Matches(session.With("tiny.npz", other).Run("resume model.run"));
    }

    [Fact]
    public void Damaged_checkpoints_give_way_to_older_ones()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        string newest = Directory.GetFiles(session.PathOf("model.run"), "checkpoint-*").Max()!;
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..^2]);
        session.Run("resume model.run");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.StartsWith("A checkpoint is damaged, and an older one is looked for", session.Messages, StringComparison.Ordinal);
        Assert.StartsWith("Epoch: 2", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nabla train tiny.npz --out stolen.safetensors")]
    [InlineData("nabla train tiny.npz --report stolen.html")]
    [InlineData("nabla train tiny.npz --out=stolen.safetensors")]
    [InlineData("nabla train tiny.npz '--o''ut' stolen.safetensors")]
    [InlineData("nabla train tiny.npz ; rm tiny.npz")]
    [InlineData("nabla data fetch mnist")]
    [InlineData("")]
    public void The_command_of_a_receipt_writes_nothing_by_itself(string command)
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        string receipt = File.ReadAllText(session.PathOf("model.run/run.json"));
        int begin = receipt.IndexOf("\"nabla train", StringComparison.Ordinal);
        int end = receipt.IndexOf("\",\n", begin, StringComparison.Ordinal);
        session.With("model.run/run.json", receipt[..begin] + '"' + command + receipt[end..]);
        foreach (string use in (string[])["resume model.run", "verify model.run/run.json"])
        {
            Assert.Equal(ExitCode.InvalidInput, session.Run(use).ExitCode);
            Assert.True(File.Exists(session.PathOf("tiny.npz")));
            Assert.Empty(Directory.GetFiles(session.Folder, "stolen*"));
        }
    }

    [Fact]
    public void An_older_run_that_was_not_completed_is_set_aside()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        session.Run($"train tiny.npz {Quick} --seed 2");
        Assert.Contains("is now in model.run.old.", session.Messages, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(session.PathOf("model.run.old"), "checkpoint-*"));
        Assert.Equal(["run.json"], Directory.GetFileSystemEntries(session.PathOf("model.run")).Select(Path.GetFileName));
    }

    [Fact]
    public void Runs_that_are_set_aside_are_kept_and_can_be_resumed()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        for (int seed = 2; seed <= 3; seed++)
        {
            session.With("model.run/checkpoint-000001-00000000.safetensors", "");
            session.RunSilently($"train tiny.npz {Quick} --seed {seed}").With("model.run/checkpoint-000001-00000000.safetensors", "")
                .With("model.run/run.json", "{}");
        }
        session.RunSilently($"train tiny.npz {Quick} --seed 4");
        Assert.Equal(
            ["model.run", "model.run.old", "model.run.old2", "model.run.old3"],
            Directory.GetDirectories(session.Folder).Select(Path.GetFileName).Order());
        Assert.Equal(ExitCode.WrongUsage, session.Run("resume model.run.old").ExitCode);
        Assert.Contains("a newer run, model.run, saves model.safetensors", session.Messages, StringComparison.Ordinal);
        byte[] newer = File.ReadAllBytes(session.PathOf("model.run/run.json"));
        session.With("model.run/checkpoint-000001-00000000.safetensors", "").With("model.run/run.json", "{}"); // it was interrupted
        Assert.Equal(ExitCode.WrongUsage, session.Run("resume model.run.old").ExitCode);
        File.Delete(session.PathOf("model.run/checkpoint-000001-00000000.safetensors"));
        session.With("model.run/run.json", newer);
        Directory.Move(session.PathOf("model.run"), session.PathOf("newer.run"));
        session.RunSilently("resume model.run.old");
        using var whole = WithData().Run($"train tiny.npz {Quick}");
        Assert.Equal(File.ReadAllBytes(whole.PathOf("model.safetensors")), File.ReadAllBytes(session.PathOf("model.safetensors")));
    }

    [Fact]
    public void A_new_ensemble_does_not_take_members_of_an_older_one()
    {
        using var session = Killed($"train tiny.npz --members 4 --threads 1 {Quick} --checkpoint-every 1epoch", "Member: 2");
        session.RunSilently($"train tiny.npz --members 4 {Quick} --epochs 6".Replace("--epochs 5 ", "", StringComparison.Ordinal));
        Assert.Contains("is now in model.run.old.", session.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half")]
    [InlineData("run-0.5")]
    [InlineData("HALF.SAFETENSORS")]
    public void A_resumed_run_saves_the_model_that_it_was_told_to_save(string model)
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch --out {model}", "Epoch: 3");
        string folder = Path.GetFileName(Directory.GetDirectories(session.Folder).Single());
        session.With("half.safetensors", "another model").RunSilently($"resume {folder}");
        Assert.Equal("another model", File.ReadAllText(session.PathOf("half.safetensors")));
        Assert.Equal(ExitCode.Done, session.Run($"inspect {model}").ExitCode);
    }

    [Theory]
    [InlineData("../model.safetensors")]
    [InlineData("other.safetensors")]
    [InlineData("")]
    public void A_receipt_cannot_choose_where_the_model_is_saved(string model)
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        string receipt = File.ReadAllText(session.PathOf("model.run/run.json"));
        session.With("model.run/run.json", receipt.Replace("model.safetensors", model, StringComparison.Ordinal));
        Assert.Equal(ExitCode.InvalidInput, session.Run("resume model.run").ExitCode);
        Assert.Contains("whose folder has another name", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_changed_before_the_first_checkpoint_are_refused()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        foreach (string file in Directory.GetFiles(session.PathOf("model.run"), "checkpoint-*"))
            File.Delete(file);
        session.With("tiny.npz", Sample.Npz(Sample.X(61), Sample.Y(61), Sample.X(20), Sample.Y(20))).Run("resume model.run");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains("the training data differ", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_do_not_train_the_same_model()
    {
        using var session = WithData().With("model.run/run.json", "{}").With("model.safetensors", "an old model");
        using (new FileStream(session.PathOf("model.run.in-use"), FileMode.Create, FileAccess.Write, FileShare.None))
            session.Run($"train tiny.npz {Quick}");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("another process trains it", session.Messages, StringComparison.Ordinal);
        Assert.Equal("an old model", File.ReadAllText(session.PathOf("model.safetensors")));
        Assert.Equal(ExitCode.Done, session.Run($"train tiny.npz {Quick}").ExitCode);
    }

    [Fact]
    public void Checkpoints_that_a_complete_run_could_not_delete_are_deleted_by_the_next()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        byte[] checkpoint = File.ReadAllBytes(Directory.GetFiles(session.PathOf("model.run"), "checkpoint-*")[0]);
        session.RunSilently("resume model.run").With("model.run/checkpoint-000003-00000000.safetensors", checkpoint);
        session.RunSilently($"train tiny.npz {Quick}");
        Assert.Equal(["run.json"], Directory.GetFileSystemEntries(session.PathOf("model.run")).Select(Path.GetFileName));
        Assert.False(Directory.Exists(session.PathOf("model.run.old")));
    }

    [Fact]
    public void Without_checkpoints_only_the_receipt_is_written()
    {
        using var session = WithData();
        using var output = new InterruptingWriter("Epoch: 2", session.Interruption);
        session.Run($"train tiny.npz {Quick} --checkpoint-every none", output);
        Assert.Equal(["run.json"], Directory.GetFileSystemEntries(session.PathOf("model.run")).Select(Path.GetFileName));
        Assert.Contains("Next: nabla train tiny.npz --resume model.safetensors", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_interrupted_without_checkpoints_continues_from_its_model()
    {
        using var whole = WithData().RunSilently($"train tiny.npz {Quick}");
        using var session = Interrupted($"train tiny.npz {Quick} --checkpoint-every none", "Epoch: 2");
        session.Run("resume model.run");
        Assert.StartsWith("There is no checkpoint: resuming from model.safetensors.", session.Messages, StringComparison.Ordinal);
        Assert.StartsWith("Epoch: 3", session.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(whole.PathOf("model.safetensors")), File.ReadAllBytes(session.PathOf("model.safetensors")));
    }

    [Fact]
    public void The_model_of_another_run_is_not_continued()
    {
        using var session = Interrupted($"train tiny.npz {Quick} --checkpoint-every none", "Epoch: 2");
        using var other = Interrupted($"train tiny.npz {Quick} --checkpoint-every none --seed 2", "Epoch: 2");
        session.With("model.safetensors", File.ReadAllBytes(other.PathOf("model.safetensors"))).Run("resume model.run");
        Assert.Contains("There is no checkpoint yet: training begins anew.", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoints_are_never_older_than_the_interrupted_model()
    {
        using var whole = WithData().RunSilently($"train tiny.npz {Quick}");
        using var killed = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 1");
        using var session = Interrupted("resume model.run --checkpoint-every none", "Epoch: 3", killed);
        session.Run("resume model.run");
        Assert.StartsWith("Epoch: 4", session.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(whole.PathOf("model.safetensors")), File.ReadAllBytes(session.PathOf("model.safetensors")));
    }

    [Fact]
    public void Members_that_are_done_are_used_also_if_no_more_are_kept()
    {
        using var session = Killed($"train tiny.npz --members 3 --threads 1 {Quick} --checkpoint-every 1epoch", "Member: 2");
        string member = session.PathOf("model.run/member-0000.safetensors");
        File.WriteAllBytes(member, File.ReadAllBytes(member)[..^2]);
        session.Run("resume model.run --checkpoint-every none");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("A file of the ensemble is damaged", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_whose_checkpoints_are_all_damaged_is_trained_anew()
    {
        string command = $"train tiny.npz --members 3 --threads 1 {Quick}";
        using var whole = WithData().RunSilently(command);
        using var session = Killed($"{command} --checkpoint-every 1epoch", "Member: 1")
            .With("model.run/member-0002/checkpoint-000001-00000000.safetensors", "damaged").RunSilently("resume model.run");
        Assert.Contains("A file of the ensemble is damaged", session.Messages, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(whole.PathOf("model.safetensors")), File.ReadAllBytes(session.PathOf("model.safetensors")));
    }

    [Fact]
    public void A_model_is_trained_by_one_run_also_if_another_was_set_aside()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        Directory.Move(session.PathOf("model.run"), session.PathOf("model.run.old"));
        session.With("model.run/run.json", "{}").Run("resume model.run.old"); // the receipt of a run without checkpoints
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("a newer run, model.run, saves model.safetensors", session.Messages, StringComparison.Ordinal);
        File.Delete(session.PathOf("model.run/run.json"));
        using (new FileStream(session.PathOf("model.run.in-use"), FileMode.Create, FileAccess.Write, FileShare.None))
            Assert.Equal(ExitCode.WrongUsage, session.Run("resume model.run.old").ExitCode);
        Assert.Contains("another process trains it", session.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, session.Run("resume model.run.old").ExitCode); // what a killed process left is no other run
    }

    [Fact]
    public void A_run_that_cannot_be_set_aside_is_left_as_it_is()
    {
        string model = new('x', 244); // a name may have 255 letters
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch --out {model}", "Epoch: 3");
        foreach (string number in (string[])["", .. Enumerable.Range(2, 998).Select(number => $"{number}")])
            session.With($"{model}.run.old{number}", "");
        string[] FilesOfRun() => [.. Directory.GetFiles(session.PathOf($"{model}.run")).Order().Select(file => $"{file} {Hash(file)}")];
        string[] before = FilesOfRun();
        session.Run($"train tiny.npz {Quick} --seed 2 --out {model}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("cannot be written", session.Messages, StringComparison.Ordinal);
        Assert.Equal(before, FilesOfRun());
    }

    [Fact]
    public void A_folder_that_is_deleted_meanwhile_is_created_again()
    {
        using var session = WithData();
        using var output = new CopyingWriter("Epoch: 1", () => Directory.Delete(session.PathOf("model.run"), recursive: true));
        session.Run($"train tiny.npz {Quick} --checkpoint-every 1epoch", output);
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Equal(ExitCode.Done, session.Run("verify model.run").ExitCode);
    }

    [Fact]
    public void A_checkpoint_that_was_renamed_is_not_the_newest()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        string oldest = Directory.GetFiles(session.PathOf("model.run"), "checkpoint-*").Min()!;
        File.Move(oldest, session.PathOf("model.run/checkpoint-000099-00000000.safetensors"));
        session.Run("resume model.run");
        Assert.Contains("the checkpoint in it is checkpoint-00000", session.Messages, StringComparison.Ordinal);
        Assert.StartsWith("Epoch: 3", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_opened_gives_way_to_an_older_one_and_is_kept()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        string link = session.PathOf("model.run/checkpoint-000004-00000000.safetensors");
        File.CreateSymbolicLink(link, "nothing");
        session.Run("resume model.run --checkpoint-every none");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("A checkpoint is damaged, and an older one is looked for: cannot read", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_may_have_the_name_of_the_command()
    {
        using var session = WithData().With("data/train", Sample.Npz()).RunSilently($"train data/train {Quick}");
        Assert.Equal(ExitCode.Done, session.Run("verify model.run").ExitCode);
    }

    [Fact]
    public void A_run_without_a_best_epoch_so_far_is_resumed()
    {
        const string Command =
            "train t.csv --target y --loss poisson --layers none --keep-best --validation v.csv --preset default --epochs 5";
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"{i / 200.0:R},{Math.Round(Math.Exp(i / 100.0))}\n"));
        Session With(Session session) => session.With("t.csv", $"x,y\n{rows}").With("v.csv", $"x,y\n{rows}1e6,3\n-1e6,3\n");
        using var whole = With(new Session()).RunSilently(Command);
        using var running = With(new Session());
        using var killed = new Session();
        using var output = new CopyingWriter("Epoch: 3", () => killed.WithFilesOf(running));
        running.Run($"{Command} --checkpoint-every 1epoch", output);
        killed.RunSilently("resume model.run");
        Assert.Equal(File.ReadAllBytes(whole.PathOf("model.safetensors")), File.ReadAllBytes(killed.PathOf("model.safetensors")));
    }

    [Fact]
    public void A_run_whose_data_have_moved_is_resumed_where_they_are_now()
    {
        using var session = Interrupted($"train tiny.npz {Quick}", "Epoch: 1");
        File.Move(session.PathOf("tiny.npz"), session.PathOf("moved.npz"));
        using var later = Interrupted("train moved.npz --resume model.safetensors", "Epoch: 3", session);
        Assert.Equal(ExitCode.Done, later.Run("resume model.run").ExitCode);
    }

    [Fact]
    public void A_run_that_still_trains_is_refused_before_its_checkpoints_are_read()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        foreach (string file in Directory.GetFiles(session.PathOf("model.run"), "checkpoint-*"))
            File.Delete(file);
        session.With("model.run/checkpoint-000001-00000000.safetensors", "not yet whole");
        using (new FileStream(session.PathOf("model.run.in-use"), FileMode.Create, FileAccess.Write, FileShare.None))
            session.Run("resume model.run");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.StartsWith("error: cannot train model.safetensors\n", session.Messages, StringComparison.Ordinal);
        Assert.Contains("another process trains it", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_a_program_began_is_continued_from_its_model()
    {
        using var session = WithData();
        var training = Training.Begin(
            Datasets.ReadNpz(session.PathOf("tiny.npz")).Train!, new TrainingOptions { Hidden = [8], Epochs = 5, BatchSize = 16 });
        Assert.Single(training.Epochs().Take(1));
        training.Save(session.PathOf("program.safetensors"));
        using var output = new InterruptingWriter("Epoch: 2", session.Interruption);
        session.Run("train tiny.npz --resume program.safetensors", output);
        Assert.Equal(ExitCode.Interrupted, session.ExitCode);
        Assert.Contains("Next: nabla train tiny.npz --resume program.safetensors", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_another_version_began_is_resumed_with_a_notice()
    {
        using var session = Killed($"train tiny.npz {Quick} --checkpoint-every 1epoch", "Epoch: 3");
        string receipt = File.ReadAllText(session.PathOf("model.run/run.json"));
        session.With("model.run/run.json", receipt.Replace("\"version\": \"", "\"version\": \"0", StringComparison.Ordinal));
        session.Run("resume model.run");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.StartsWith("The run began with version 0", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_stops_nothing()
    {
        using var session = WithData().With("model.run", "a file").Run($"train tiny.npz {Quick} --checkpoint-every 1epoch");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("model.run cannot be written (", session.Messages, StringComparison.Ordinal);
    }

    /// <summary>Standard output that calls an action when a certain text appears.</summary>
    private sealed class CopyingWriter(string trigger, Action action) : StringWriter
    {
        public override void WriteLine(object? value) => WriteLine(value?.ToString());

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(trigger, StringComparison.Ordinal) == true)
                action();
        }
    }
}
