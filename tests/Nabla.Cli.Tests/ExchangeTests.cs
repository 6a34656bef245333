namespace Nabla.Cli.Tests;

/// <summary><c>nabla export</c> and <c>nabla import</c>.</summary>
public sealed class ExchangeTests
{
    private static readonly string[] PageCommands = [.. File.ReadLines(Path.Combine(Snapshot.Root, "docs", "onnx.md"))
        .Where(line => line.StartsWith("    nabla ", StringComparison.Ordinal)).Select(line => line.Trim()["nabla ".Length..])];

    [Fact]
    public void The_commands_of_the_page_run_one_after_the_other_and_keep_the_model()
    {
        Assert.Equal(4, PageCommands.Length);
        using var session = new Session();
        string fingerprint = session.RunSilently(PageCommands[0]).Output.Split("Fingerprint: ")[1].Split('\n')[0];
        session.RunSilently(PageCommands[1]).RunSilently(PageCommands[2]);
        Assert.Equal($"Fingerprint: {fingerprint}\nModel: again.safetensors\n", session.Output);
        string evaluated = session.RunSilently(PageCommands[3]).Output;
        Assert.Equal(evaluated, session.RunSilently("evaluate model.safetensors digits").Output);
    }

    [Fact]
    public void A_model_is_exported_and_imported()
    {
        var session = Trained().Run("export model.safetensors --onnx model.onnx").Run("import model.onnx --out back.safetensors");
        Assert.Equal(Accuracy(session, "model"), Accuracy(session, "back"));
        Snapshot.Matches(session);
    }

    [Fact]
    public void Places_that_a_model_cannot_be_exported_to_are_refused()
    {
        var session = Trained().Run("export model.safetensors").Run("export model.safetensors --onnx model.keras")
            .Run("export model.safetensors --onnx folder/model.onnx").Run("export model.safetensors --onnx .")
            .Run("export tiny.npz --onnx model.onnx").Run("export missing.safetensors --onnx model.onnx");
        File.Copy(session.PathOf("model.safetensors"), session.PathOf("model"));
        Snapshot.Matches(session.Run("export model --onnx model"));
    }

    [Fact]
    public void Files_that_cannot_be_imported_are_refused()
    {
        var session = Trained().With("page.onnx", "<!doctype html><html></html>").With("table.csv", Sample.Csv())
            .Run("import missing.onnx").Run("import table.csv").Run("import page.onnx")
            .Run("import model.safetensors --out other.safetensors")
            .Run("export model.safetensors --onnx model.onnx").Run("import model.onnx --class-names a,b --value-names c")
            .Run("import model.onnx --class-names a,b").Run("import model.onnx --class-names a,a")
            .Run("import model.onnx --value-names a,b,c");
        Snapshot.Matches(session);
    }

    [Fact]
    public void Names_are_given_to_a_network_of_PyTorch()
    {
        string exported = Repository.PathOf("tests", "Nabla.Onnx.Tests", "Exports", "torch-logits.onnx");
        using var session = new Session().With("logits.onnx", File.ReadAllBytes(exported)).RunSilently("import logits.onnx");
        Assert.IsType<Regressor>(Model.Load(session.PathOf("model.safetensors")));
        session.RunSilently("import logits.onnx --class-names cat,dog,bird,fish");
        var model = Assert.IsType<Classifier>(Model.Load(session.PathOf("model.safetensors")));
        Assert.Equal(["cat", "dog", "bird", "fish"], model.ClassNames);
        Assert.Equal(Activation.Softmax, model.Topology.OutputActivation);
    }

    private static Session Trained() => new Session().With("tiny.npz", Sample.Npz())
        .RunSilently("train tiny.npz --layers 5 --epochs 2 --batch-size 16 --learning-rate 0.05");

    private static string Accuracy(Session session, string model) => session.RunSilently($"evaluate {model}.safetensors tiny.npz").Output;
}
