using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary>Ensembles, from the command to predictions.</summary>
public sealed class EnsembleTests
{
    private const string Quick = "--layers 8 --epochs 3 --batch-size 16 --learning-rate 0.05";

    private static Session WithTable() => new Session().With("iris.csv", Sample.Csv())
        .With("new.csv", "length,colour,species\n2.5,red,setosa\n8.25,blue,virginica\n");

    private static Session WithArrays() => new Session().With("tiny.npz", Sample.Npz());

    private static string Fingerprint(string output) =>
        output.Split('\n').Single(line => line.StartsWith("Fingerprint: ", StringComparison.Ordinal));

    [Fact]
    public void A_table_is_learned_by_folds() => Snapshot.Matches(
        WithTable().Run($"train iris.csv --target species {Quick} --members 3").Run("inspect model.safetensors")
            .Run("predict model.safetensors new.csv --json").Run("evaluate model.safetensors iris.csv"));

    [Fact]
    public void Values_are_learned_by_folds() => Snapshot.Matches(
        WithTable().Run($"train iris.csv --target length {Quick} --members 2").Run("predict model.safetensors new.csv"));

    [Fact]
    public void Test_examples_are_measured_at_the_end() => Snapshot.Matches(
        WithArrays().Run($"train tiny.npz {Quick} --members 4").Run("evaluate model.safetensors tiny.npz"));

    [Fact]
    public void Other_data_are_measured_at_the_end() => Snapshot.Matches(
        WithArrays().With("other.npz", Sample.NpzWithoutTest()).Run($"train tiny.npz {Quick} --members 2 --validation other.npz"));

    [Fact]
    public void With_json_every_member_is_an_object()
    {
        using var session = WithArrays().Run($"train tiny.npz {Quick} --members 3 --json");
        JsonElement[] lines = [.. session.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["member", "member", "member", "done"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.Equal([0, 1, 2], lines.SkipLast(1).Select(line => line.GetProperty("member").GetInt32()));
        var outOfFold = lines[^1].GetProperty("out-of-fold");
        Assert.Equal(60, outOfFold.GetProperty("count").GetInt32());
        Assert.InRange(outOfFold.GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.InRange(lines[^1].GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.Equal(3, lines[^1].GetProperty("members").GetInt32());
    }

    [Fact]
    public void One_member_is_a_single_network()
    {
        using var session = WithArrays();
        string single = Fingerprint(session.Run($"train tiny.npz {Quick}").Output);
        byte[] file = File.ReadAllBytes(session.PathOf("model.safetensors"));
        Assert.Equal(single, Fingerprint(session.Run($"train tiny.npz {Quick} --members 1").Output));
        Assert.Equal(file, File.ReadAllBytes(session.PathOf("model.safetensors")));
    }

    [Fact]
    public void The_result_does_not_depend_on_threads()
    {
        using var session = WithArrays();
        string one = session.Run($"train tiny.npz {Quick} --members 3 --threads 1").Output;
        Assert.Equal(one, session.Run($"train tiny.npz {Quick} --members 3 --threads 3").Output);
        Assert.Equal(one, session.Run($"train tiny.npz {Quick} --members 3 --threads 5").Output);
        Assert.NotEqual(Fingerprint(one), Fingerprint(session.Run($"train tiny.npz {Quick} --members 3 --seed 2").Output));
    }

    [Fact]
    public void Either_engine_trains_members() => Assert.Equal(
        ExitCode.Done, WithArrays().Run($"train tiny.npz {Quick} --members 2 --engine per-example --optimizer sgd").ExitCode);

    [Fact]
    public void After_an_interruption_the_members_that_are_done_are_saved()
    {
        using var session = WithArrays();
        using var output = new InterruptingWriter("Member: 1", session.Interruption);
        session.Run("train tiny.npz --layers 8 --epochs 100 --members 6 --threads 1", output);
        Assert.Equal(ExitCode.Interrupted, session.ExitCode);
        Assert.Contains("Estimate from 2 of 6 folds: Accuracy: ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "Interrupted: the model averages the 2 of 6 members that are done. Next: nabla resume model.run",
            session.Messages, StringComparison.Ordinal);

        using var later = WithArrays().With("model.safetensors", File.ReadAllBytes(session.PathOf("model.safetensors")));
        Assert.Equal(ExitCode.Done, later.Run("evaluate model.safetensors tiny.npz").ExitCode);
        Snapshot.Matches(later.Run("train tiny.npz --resume model.safetensors"));
    }

    [Fact]
    public void An_interruption_before_the_first_member_saves_nothing()
    {
        using var session = WithArrays();
        session.Interruption.Signal();
        session.Run($"train tiny.npz {Quick} --members 2");
        Assert.Equal(ExitCode.Interrupted, session.ExitCode);
        Assert.False(File.Exists(session.PathOf("model.safetensors")));
    }

    [Fact]
    public void What_contradicts_members_is_refused() => Snapshot.Matches(
        WithArrays().RunSilently($"train tiny.npz {Quick} --members 2").Run("train tiny.npz --members 2 --validation 0.2")
            .Run("train tiny.npz --members 2 --resume model.safetensors").Run("train tiny.npz --members 0")
            .Run("train tiny.npz --members 61").Run("evaluate model.safetensors tiny.npz --held-out"));
}
