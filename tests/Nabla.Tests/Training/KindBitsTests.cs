namespace Nabla.Tests;

/// <summary>
/// The digest of a small training run with each kind, the same for every vector width, number of threads and system. A new kind needs a
/// new line. CI compares them at five instruction-set levels.
/// </summary>
public class KindBitsTests
{
    private static readonly Dictionary<string, string> Digests = new()
    {
        ["activation elu"] = "f1fec6d03f04f9d1",
        ["activation exponential"] = "6d3bf1e17f1f0141",
        ["activation gelu"] = "8fdb2e3ac590c769",
        ["activation identity"] = "156b22a0c38a0f6c",
        ["activation leaky-relu"] = "eeb6c01be80b76f0",
        ["activation mish"] = "664c6051f3318b29",
        ["activation relu"] = "85ed2888c274e433",
        ["activation selu"] = "2cd0e014ff9a7695",
        ["activation sigmoid"] = "bfa683d3beed762f",
        ["activation sigmoid-as-printed"] = "e5014750b977d856",
        ["activation silu"] = "daefb32e28eb7b80",
        ["activation softplus"] = "d1c8fd23c15bee8a",
        ["activation softsign"] = "39e28bc55164b31b",
        ["activation tanh"] = "523f54923d54f0f8",
        ["initialization he"] = "85ed2888c274e433",
        ["initialization lecun"] = "69adf988afd632f4",
        ["initialization orthogonal"] = "5477c2ad20a253a7",
        ["initialization scaled"] = "1edf5b8daf463594",
        ["initialization standard-normal"] = "8940592090569312",
        ["initialization xavier"] = "e790387eedf1835a",
        ["limits"] = "72f0ea8d1f88adf8",
        ["loss absolute of elu, values"] = "7ff7249a3544822e",
        ["loss absolute of exponential, values"] = "dbcc3238e02c3d71",
        ["loss absolute of gelu, values"] = "9c456179181d29aa",
        ["loss absolute of identity, values"] = "7afae0c443918f64",
        ["loss absolute of leaky-relu, values"] = "847f3341c9fab9d3",
        ["loss absolute of mish, values"] = "487ce7109f9948f0",
        ["loss absolute of relu, values"] = "d040c9530a03cb57",
        ["loss absolute of selu, values"] = "b22924c778230952",
        ["loss absolute of sigmoid, values"] = "6a4082ff5195a169",
        ["loss absolute of sigmoid-as-printed, values"] = "032b02798b414841",
        ["loss absolute of silu, values"] = "93a0186ed1871c78",
        ["loss absolute of softplus, values"] = "304a6354441e13ae",
        ["loss absolute of softsign, values"] = "45b85edd0b9318c6",
        ["loss absolute of tanh, values"] = "a2ff8421b1e37e82",
        ["loss binary-cross-entropy of sigmoid, values"] = "ab6c8e7112a2bcc8",
        ["loss cross-entropy of sigmoid, classes"] = "378f795bf53826d1",
        ["loss cross-entropy of softmax, classes"] = "85ed2888c274e433",
        ["loss huber of elu, values"] = "b146fa2795e58b08",
        ["loss huber of exponential, values"] = "b977af7d788b5ca0",
        ["loss huber of gelu, values"] = "f9f04f9eb225b9c4",
        ["loss huber of identity, values"] = "b1ebf710f9389df3",
        ["loss huber of leaky-relu, values"] = "cdddd5a000593f04",
        ["loss huber of mish, values"] = "7ebd4b91f428f763",
        ["loss huber of relu, values"] = "e7180a7327c31132",
        ["loss huber of selu, values"] = "5579b7171d9c05b9",
        ["loss huber of sigmoid, values"] = "9e9697d83cfab717",
        ["loss huber of sigmoid-as-printed, values"] = "707b34c82a4fc908",
        ["loss huber of silu, values"] = "ada707c27f0003fe",
        ["loss huber of softplus, values"] = "17c552be9bdff2a4",
        ["loss huber of softsign, values"] = "2e246197bfeac355",
        ["loss huber of tanh, values"] = "1e8bc3730208fc86",
        ["loss poisson of exponential, values"] = "e76e16ef26b1c0f4",
        ["loss quadratic of elu, classes"] = "f9d6d2f5deb647fe",
        ["loss quadratic of elu, values"] = "32d8d9ae7ab54a30",
        ["loss quadratic of exponential, classes"] = "c3a98288a137e604",
        ["loss quadratic of exponential, values"] = "b14ef32167fe17cc",
        ["loss quadratic of gelu, classes"] = "0bf15f64d442cb37",
        ["loss quadratic of gelu, values"] = "b23c71fcfbb7d54c",
        ["loss quadratic of identity, classes"] = "dd0c7ccd118d698b",
        ["loss quadratic of identity, values"] = "28e567fa71e573a8",
        ["loss quadratic of leaky-relu, classes"] = "7cb8cd5b45e083f5",
        ["loss quadratic of leaky-relu, values"] = "e0ea9750c97cd8db",
        ["loss quadratic of mish, classes"] = "1de6f4344aed5aa0",
        ["loss quadratic of mish, values"] = "55ff6eec5feb0204",
        ["loss quadratic of relu, classes"] = "97420c74ab9bf0b2",
        ["loss quadratic of relu, values"] = "705996e6384e512c",
        ["loss quadratic of selu, classes"] = "0fc4d1426bcaf2da",
        ["loss quadratic of selu, values"] = "b40be9a745ebdb79",
        ["loss quadratic of sigmoid, classes"] = "b3a8447fd570a5c9",
        ["loss quadratic of sigmoid, values"] = "905a52b04a532e8b",
        ["loss quadratic of sigmoid-as-printed, classes"] = "83104acac65bbc0d",
        ["loss quadratic of sigmoid-as-printed, values"] = "47edb3d1ce7ca621",
        ["loss quadratic of silu, classes"] = "6c7429ba9ffd14be",
        ["loss quadratic of silu, values"] = "5766f579a93ab91b",
        ["loss quadratic of softplus, classes"] = "429b4c0aac328a1c",
        ["loss quadratic of softplus, values"] = "0d8423776c6f535c",
        ["loss quadratic of softsign, classes"] = "13e80a8d58a0a812",
        ["loss quadratic of softsign, values"] = "b0a1f370ba7ff10f",
        ["loss quadratic of tanh, classes"] = "f45d9ac4f4eb15aa",
        ["loss quadratic of tanh, values"] = "7a0ab5c714dcb7f1",
        ["loss quantile of elu, values"] = "906fed188e386428",
        ["loss quantile of exponential, values"] = "e72353a339718df1",
        ["loss quantile of gelu, values"] = "8acfbb0d94f4e317",
        ["loss quantile of identity, values"] = "c098623aec0b30a7",
        ["loss quantile of leaky-relu, values"] = "dcdc5209a5763d91",
        ["loss quantile of mish, values"] = "9663cd6d45c2cb40",
        ["loss quantile of relu, values"] = "b659d4e6f1474d55",
        ["loss quantile of selu, values"] = "6e819e8f2459c11d",
        ["loss quantile of sigmoid, values"] = "e7b2b038d1df9156",
        ["loss quantile of sigmoid-as-printed, values"] = "ad877234d68bcdc2",
        ["loss quantile of silu, values"] = "f1eb01bfd45516f4",
        ["loss quantile of softplus, values"] = "aac1ae40f4dcc72a",
        ["loss quantile of softsign, values"] = "84f2fcaac3858688",
        ["loss quantile of tanh, values"] = "29ffd784badde295",
        ["optimizer adam"] = "e508de08279707d1",
        ["optimizer adam:amsgrad=1"] = "c8064de438770290",
        ["optimizer adamw"] = "d6029d3352229b69",
        ["optimizer adamw:amsgrad=1"] = "eddee0eed1b6b8bb",
        ["optimizer momentum"] = "c032e982ee8eeab8",
        ["optimizer momentum:nesterov=1"] = "365e37618db337c4",
        ["optimizer rmsprop"] = "5be4c6bd48975ebe",
        ["optimizer sgd"] = "d3a915dec5923f55",
        ["schedule constant"] = "de3b830cda4977ea",
        ["schedule cosine"] = "646c22e776ed558c",
        ["schedule coslog4"] = "591b12973ff0ba8d",
        ["schedule exponential"] = "f3dfeefe75f63297",
        ["schedule inverse-scaling"] = "581fc4e79d04d35d",
        ["schedule one-cycle"] = "bbfc1c4151c786cf",
        ["schedule reduce-on-plateau"] = "de3b830cda4977ea",
        ["schedule step"] = "65d3e49218aeb8e0",
    };

    public static TheoryData<string> Optimizers => [.. KindTexts.Variants(OptimizerOptions.All)];

    public static TheoryData<string> Schedules => [.. Schedule.All.Names];

    public static TheoryData<string, string, string> Losses => [..
        from loss in Loss.All
        from output in loss.OutputActivations
        from targets in (string[])["classes", "values"]
        where targets == "classes" ? loss.TakesClasses : loss.TakesValues
        select (loss.Name, output.Name, targets)];

    public static TheoryData<string> Activations => [.. Activation.Elementwise.Names];

    public static TheoryData<string> Initializations => [.. Initialization.All.Names];

    private static TrainingOptions Small => new() { Hidden = [37, 18], Epochs = 2, BatchSize = 50, Seed = 7 };

    [Theory, MemberData(nameof(Optimizers))]
    public void Every_optimizer(string kind) =>
        Check($"optimizer {kind}", Small with { Optimizer = OptimizerOptions.All.Parse(kind).Kind with { L2 = 0.01f } });

    [Theory, MemberData(nameof(Schedules))]
    public void Every_schedule(string kind) => Check($"schedule {kind}", Small with { Schedule = Schedule.All.Get(kind), Epochs = 6 });

    [Theory, MemberData(nameof(Activations))]
    public void Every_activation(string kind) => Check($"activation {kind}", Small with { Activation = Activation.All.Get(kind) });

    [Theory, MemberData(nameof(Initializations))]
    public void Every_initialization(string kind) =>
        Check($"initialization {kind}", Small with { Initialization = Initialization.All.Get(kind) });

    [Theory, MemberData(nameof(Losses))]
    public void Every_loss_with_every_output_and_task(string loss, string output, string targets) =>
        Check(
            $"loss {loss} of {output}, {targets}", Small with { Loss = Loss.All.Get(loss), OutputActivation = Activation.All.Get(output) });

    [Fact]
    public void Label_smoothing_clipping_and_factors() => Check("limits", Small with
    {
        Loss = new CrossEntropyLoss { LabelSmoothing = 0.1f }, ClipNorm = 0.5f, ClipValue = 0.05f,
        LearningRateFactors = new Dictionary<string, float> { ["layers.0.bias"] = 0.1f },
    });

    private static void Check(string name, TrainingOptions options)
    {
        var data = name.EndsWith("values", StringComparison.Ordinal) ? Values() : RandomData.Images(230);
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            var training = Training.Begin(data, options with { Threads = threads });
            foreach (var epoch in training.Epochs())
                Assert.True(double.IsFinite(epoch.Loss));
            string digest = training.Model.Fingerprint.Split(':')[1][..16];
            Assert.True(
                Digests.GetValueOrDefault(name) == digest, $"        [\"{name}\"] = \"{digest}\", // with {threads} threads");
        }
    }

    /// <summary>Images with three values from 0 to 1 to predict, and with weights.</summary>
    private static Dataset Values()
    {
        var images = RandomData.Images(230);
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 3 * images.Count).Select(_ => random.Next(5) / 4.0)];
        float[] weights = [.. Enumerable.Range(0, images.Count).Select(_ => random.Next(4) / 2f)];
        return new Dataset("values", images.Inputs, new ValueTargets(values, ["a", "b", "c"]), weights);
    }
}
