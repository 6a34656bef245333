namespace Nabla.Cli.Tests;

/// <summary>Programs and weights: <c>nabla export</c> and <c>nabla import</c> as docs/export.md describes them.</summary>
public sealed class WeightExchangeTests
{
    private static readonly string[] PageCommands = [.. File.ReadLines(Path.Combine(Snapshot.Root, "docs", "export.md"))
        .Where(line => line.StartsWith("    nabla ", StringComparison.Ordinal)).Select(line => line.Trim()["nabla ".Length..])];

    [Fact]
    public void The_commands_of_the_page_run_one_after_the_other()
    {
        Assert.Equal(5, PageCommands.Length);
        using var session = new Session();
        foreach (string command in PageCommands[..4])
            session.RunSilently(command);
        var trained = Classifier.Load(session.PathOf("model.safetensors"));
        var again = Classifier.Load(session.PathOf("again.safetensors"));
        var pixels = Digits.Generate(50, seed: 5).Inputs;
        for (int i = 0; i < pixels.Rows; i++)
        {
            byte[] picture = pixels.Bytes.Slice(i * pixels.Columns, pixels.Columns).ToArray();
            float[] numbers = Array.ConvertAll(picture, pixel => (float)pixel);
            Assert.Equal(trained.Predict(picture).Scores[0], again.Predict(numbers).Scores[0], 1e-5f);
        }
        WriteNpz(session, "weights.npz", ("coefs_0", [4, 2]), ("intercepts_0", [2]), ("coefs_1", [2, 3]));
        session.RunSilently(PageCommands[4]);
        Assert.Equal(["setosa", "versicolor", "virginica"], Classifier.Load(session.PathOf("model.safetensors")).ClassNames);
    }

    [Fact]
    public void Weights_are_exported_and_imported_with_notices()
    {
        var session = Trained()
            .Run("export model.safetensors --npz weights.npz --pytorch state.safetensors --csharp Tiny.cs --python tiny.py")
            .Run("import weights.npz --class-names a,b,c --out npz.safetensors")
            .Run("import state.safetensors --class-names a,b,c --activation gelu --out gelu.safetensors")
            .Run("import state.safetensors --value-names x,y,z --out values.safetensors");
        Assert.Equal(Activation.Gelu, Model.Load(session.PathOf("gelu.safetensors")).Topology.Layers[0].Activation);
        Assert.IsType<Regressor>(Model.Load(session.PathOf("values.safetensors")));
        Snapshot.Matches(session);
    }

    [Fact]
    public void A_table_of_two_classes_says_its_features()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 10}.5,{"red blue grey".Split(' ')[i % 3]},{i % 10 < 5}\n"));
        var session = new Session().With("table.csv", "size,colour,small\n" + rows)
            .RunSilently("train table.csv --target small --epochs 1 --scaling standardize-per-feature");
        Snapshot.Matches(session.Run("export model.safetensors --npz weights.npz"));
    }

    [Fact]
    public void Files_of_weights_that_cannot_be_used_are_refused()
    {
        var session = Trained().RunSilently("export model.safetensors --npz weights.npz --onnx model.onnx")
            .With("page.npz", "<!doctype html>").With("page.safetensors", "<!doctype html>");
        WriteNpz(session, "other.npz", ("coefs_0", [4, 2]), ("running_mean", [2]));
        WriteNpz(session, "shapes.npz", ("coefs_0", [4, 2]), ("coefs_1", [3, 2]));
        session.Run("import weights.npz").Run("import weights.npz --class-names a,b").Run("import weights.npz --value-names a,b,c,d")
            .Run("import weights.npz --class-names a,b,c --activation softmax").Run("import other.npz --class-names a,b")
            .Run("import shapes.npz --class-names a,b").Run("import tiny.npz --class-names a,b").Run("import page.npz --class-names a,b")
            .Run("import page.safetensors --class-names a,b").Run("import model.safetensors --class-names a,b,c --out other.safetensors")
            .Run("import model.onnx --activation tanh");
        Assert.False(File.Exists(session.PathOf("other.safetensors")));
        Snapshot.Matches(session);
    }

    [Fact]
    public void Models_without_such_weights_are_refused()
    {
        var session = new Session().With("tiny.npz", Sample.Npz())
            .RunSilently("train tiny.npz --preset table --layers 5 --epochs 1").Run("export model.safetensors --npz weights.npz")
            .RunSilently("train tiny.npz --members 2 --layers 5 --epochs 1").Run("export model.safetensors --pytorch state.safetensors");
        Assert.False(File.Exists(session.PathOf("weights.npz")));
        Snapshot.Matches(session);
    }

    private static void WriteNpz(Session session, string name, params (string Name, int[] Shape)[] arrays) => NpzWriter.Write(
        session.PathOf(name), [.. arrays.Select(array =>
            (array.Name, NumericArray.Create<double>(new double[array.Shape.Aggregate((a, b) => a * b)], array.Shape)))]);

    private static Session Trained() => new Session().With("tiny.npz", Sample.Npz())
        .RunSilently("train tiny.npz --layers 5 --epochs 2 --batch-size 16 --learning-rate 0.05");
}
