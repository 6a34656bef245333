using System.Text.RegularExpressions;
using Parquet;
using Parquet.Schema;

namespace Nabla.Cli.Tests;

/// <summary><c>--on-disk</c> and <c>--shuffle-window</c>: data that are not read into memory.</summary>
public sealed partial class OnDiskTests
{
    private const string Quick = "--layers 8 --epochs 3 --batch-size 16";

    private static Session WithData() => new Session()
        .With("tiny.npz", Sample.Npz()).With("iris.csv", Sample.Csv()).With("rooms.csv", Rooms())
        .With("rooms.parquet", RoomsAsParquet())
        .With("x.npy", Sample.Npy(Sample.Images(60))).With("y.npy", Sample.Npy(Sample.Y(60)))
        .With("idx/train-images-idx2-ubyte", [0, 0, 8, 2, 0, 0, 0, 60, 0, 0, 0, 4, .. Bytes(240)])
        .With("idx/train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 60, .. Sample.Y(60).ToBytes()]);

    private static string Rooms() => "area,city,price\n" + string.Concat(Enumerable.Range(0, 80).Select(
        i => $"{Area(i)},{City(i)},{100 + i * i % 37}.5\n"));

    private static int? Area(int room) => room % 9 == 4 ? null : 40 + room * 7 % 90;

    private static string City(int room) => room % 3 == 0 ? "Rome" : "Oslo";

    private static byte[] RoomsAsParquet()
    {
        var schema = new ParquetSchema(new DataField<int?>("area"), new DataField<string>("city"), new DataField<double>("price"));
        var rooms = Enumerable.Range(0, 80).ToList();
        using var stream = new MemoryStream();
        Write().GetAwaiter().GetResult();
        return stream.ToArray();

        async Task Write()
        {
            await using var writer = await ParquetWriter.CreateAsync(schema, stream);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<int>(schema.DataFields[0], rooms.Select(Area).ToArray().AsMemory(), null, null, default);
            await group.WriteAsync(schema.DataFields[1], rooms.Select(City).ToArray(), null);
            await group.WriteAsync<double>(
                schema.DataFields[2], rooms.Select(i => 100 + i * i % 37 + 0.5).ToArray().AsMemory(), null, null, default);
        }
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * i % 251))];

    [Theory]
    [InlineData("tiny.npz", "")]
    [InlineData("tiny.npz", "--shuffle-window 20 --validation 0.3 --optimizer momentum")]
    [InlineData("tiny.npz", "--members 3")]
    [InlineData("tiny.npz", "--engine per-example --optimizer sgd")]
    [InlineData("x.npy --targets y.npy", "--shift 0.5 --scaling standardize")]
    [InlineData("x.npy --targets y.npy", "--scaling robust-per-feature --shards 3 --shuffle-window 7")]
    [InlineData("x.npy --targets y.npy", "--task regression --loss quadratic")]
    [InlineData("idx", "")]
    [InlineData("iris.csv --target species", "--validation 0.2")]
    [InlineData("rooms.csv --target price", "--members 2")]
    [InlineData("rooms.parquet --target price", "--validation 0.2")]
    public void The_model_is_that_of_the_data_in_memory(string data, string options)
    {
        using var session = WithData();
        session.RunSilently($"train {data} {Quick} {options} --out memory.safetensors");
        session.RunSilently($"train {data} {Quick} {options} --on-disk --out disk.safetensors");
        Assert.Equal(File.ReadAllBytes(session.PathOf("memory.safetensors")), File.ReadAllBytes(session.PathOf("disk.safetensors")));
        Assert.Contains("--on-disk", File.ReadAllText(session.PathOf("disk.run/run.json")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, session.Run("verify disk.run").ExitCode);
        Assert.Equal(Evaluated(session, data), Evaluated(session, $"{data} --on-disk"));
    }

    [Fact]
    public void A_window_gives_another_order_and_is_saved()
    {
        using var session = WithData();
        session.RunSilently($"train tiny.npz {Quick} --out whole.safetensors");
        session.RunSilently($"train tiny.npz {Quick} --shuffle-window 20 --out window.safetensors");
        Assert.NotEqual(
            Model.Load(session.PathOf("whole.safetensors")).Fingerprint, Model.Load(session.PathOf("window.safetensors")).Fingerprint);
        Assert.Equal(20, Model.Load(session.PathOf("window.safetensors")).Options.ShuffleWindow);
    }

    [Fact]
    public void A_parquet_file_is_the_table_that_it_is_as_text()
    {
        using var session = WithData();
        foreach (string data in (string[])["rooms.csv", "rooms.parquet"])
            session.RunSilently($"train {data} --target price {Quick} --out {data}.safetensors");
        Assert.Equal(
            Model.Load(session.PathOf("rooms.csv.safetensors")).Fingerprint,
            Model.Load(session.PathOf("rooms.parquet.safetensors")).Fingerprint);
        session.RunSilently("predict rooms.csv.safetensors rooms.parquet --out scored.csv");
        Assert.StartsWith("area,city,price,", File.ReadLines(session.PathOf("scored.csv")).First(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, session.Run("inspect rooms.parquet").ExitCode);
        Assert.Contains("table (Parquet)", session.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, session.Run("train rooms.parquet --target price --separator ;").ExitCode);
    }

    [Fact]
    public void Reports_and_comparisons_read_from_disk()
    {
        using var session = WithData();
        session.RunSilently($"train x.npy --targets y.npy {Quick} --on-disk --report report.html --out model.safetensors");
        Assert.Contains("svg", File.ReadAllText(session.PathOf("report.html")), StringComparison.Ordinal);
        session.RunSilently($"train rooms.csv --target price {Quick} --on-disk --report report.html --out rooms.safetensors");
        Assert.Contains("importance", File.ReadAllText(session.PathOf("report.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(ExitCode.Done, session.Run("report rooms.safetensors rooms.csv --on-disk").ExitCode);
        Assert.Equal(ExitCode.Done, session.Run("compare x.npy --targets y.npy --on-disk --layers 8 --epochs 1").ExitCode);
        Assert.Equal(ExitCode.Done, session.Run("lr-find x.npy --targets y.npy --on-disk --layers 8").ExitCode);
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        using var stream = new MemoryStream();
        NpzWriter.Write(stream, [("x_train", Sample.X(60)), ("y_train", Sample.Y(60))], compress: true);
        Snapshot.Matches(WithData().With("deflated.npz", stream.ToArray())
            .Run("train digits --on-disk").Run("train deflated.npz --on-disk")
            .Run("train x.npy").Run("train x.npy --inputs a --targets y.npy").Run("train tiny.npz --targets y_train")
            .Run("train x.npy --targets tiny.npz").Run("train x.npy --targets missing.npy")
            .Run("train x.npy --targets y.npy --validation x.npy")
            .Run("train x.npy --targets y.npy --validation-targets y.npy")
            .Run("train x.npy --targets y.npy --validation 0.2 --validation-targets y.npy")
            .Run("train x.npy --targets y.npy --validation tiny.npz --validation-targets y.npy")
            .Run("train x.npy --targets y.npy --validation x.npy --validation-targets missing.npy")
            .Run("train tiny.npz --inputs x_train --targets y_train --validation x.npy").Run("train tiny.npz --shuffle-window 0")
            .Run("train tiny.npz --no-shuffle --shuffle-window 20"));
    }

    [Theory]
    [InlineData("x.npy --targets y.npy", "")]
    [InlineData("x.npy --targets y.npy --on-disk", "")]
    [InlineData("x.npy --targets y.npy", "--members 2")]
    [InlineData("tiny.npz --inputs x_train --targets y_train", "")]
    public void Other_data_are_two_arrays(string data, string options)
    {
        using var session = WithData();
        session.With("x-test.npy", Sample.Npy(Sample.Images(45))).With("y-test.npy", Sample.Npy(Sample.Y(45)));
        const string other = "--validation x-test.npy --validation-targets y-test.npy";
        session.RunSilently($"train {data} {Quick} {options} --seed 3 {other} --out model.safetensors");
        string measured = LastAccuracy(session.Output);
        string advice = session.Messages.Split('\n').First(line => line.Contains("nabla evaluate", StringComparison.Ordinal)).Trim();
        Assert.Contains("x-test.npy --targets y-test.npy", advice, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, session.Run(advice[(advice.IndexOf("nabla ", StringComparison.Ordinal) + 6)..]).ExitCode);
        Assert.Contains(" of 45)", session.Output, StringComparison.Ordinal);
        Assert.Equal(measured, LastAccuracy(session.Output));
        Assert.Equal(ExitCode.Done, session.Run("verify model.run").ExitCode);
    }

    [Fact]
    public void Other_data_may_be_of_another_format()
    {
        using var session = WithData();
        session.RunSilently($"train x.npy --targets y.npy {Quick} --validation tiny.npz --out model.safetensors");
        string measured = LastAccuracy(session.Output);
        session.RunSilently("evaluate model.safetensors tiny.npz");
        Assert.Equal(measured, LastAccuracy(session.Output));
    }

    private static string LastAccuracy(string output) => Accuracy().Matches(output)[^1].Value;

    [GeneratedRegex(@"(?<=(^|\s)Accuracy: )[\d.]+")]
    private static partial Regex Accuracy();

    private static string Evaluated(Session session, string data)
    {
        session.Run($"evaluate memory.safetensors {data}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        return session.Output;
    }
}
