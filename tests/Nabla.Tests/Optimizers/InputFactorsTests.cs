using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>Learnable factors of inputs: W = diag(s) V.</summary>
public sealed class InputFactorsTests : IDisposable
{
    private const int Inputs = 5, Outputs = 4;

    private readonly TestFiles files = new();

    private static readonly TrainingOptions Small = new()
    {
        Hidden = [7], Epochs = 3, BatchSize = 16, InputFactorRate = 6,
        Optimizer = new AdamOptions { LearningRate = 0.02f, WeightDecay = 0.01f },
    };

    public void Dispose() => files.Dispose();

    [Fact]
    public void Gradients_are_those_of_central_differences()
    {
        var random = new Random(3);
        var network = new ReferenceNetwork(
            [Inputs, Outputs, 2], [ReferenceActivation.Create("tanh")], ReferenceCost.Create("cross-entropy", "softmax"));
        foreach (ref double parameter in network.Parameters.All)
            parameter = random.NextDouble() - 0.5;
        double[] xs = [.. Enumerable.Range(0, 6 * Inputs).Select(_ => random.NextDouble() - 0.5)];
        double[] ys = [.. Enumerable.Range(0, 12).Select(i => (i + i / 2) % 2 * 1.0)]; // 0 and 1 in turn, first or last
        double[] v = [.. Enumerable.Range(0, Inputs * Outputs).Select(_ => random.NextDouble() - 0.5)]; // [inputs, outputs]
        double[] s = [.. Enumerable.Range(0, Inputs).Select(_ => random.NextDouble() + 0.5)];

        var factors = new InputFactors([.. v.Select(value => (float)value)], Inputs);
        s.Select(value => (float)value).ToArray().CopyTo(factors.Values.AsSpan());
        SetWeights();
        var nabla = new ReferenceParameters(network.Sizes);
        MiniBatch.SumGradient(network, xs, ys, 0, nabla);
        var g = new float[Inputs * Outputs];
        for (int j = 0; j < Inputs; j++)
        {
            for (int o = 0; o < Outputs; o++)
                g[j * Outputs + o] = (float)(nabla.Weights(0, o)[j] / 6);
        }
        factors.SetGradient(g, 0, Inputs);
        Assert.All(Enumerable.Range(0, v.Length), i => Assert.Equal(Difference(v, i), factors.WeightGradient[i], 1e-6));
        Assert.All(Enumerable.Range(0, Inputs), j => Assert.Equal(Difference(s, j), factors.Gradient[j], 1e-6));

        double Difference(double[] values, int i)
        {
            const double Step = 1e-5;
            double value = values[i];
            values[i] = value + Step;
            double above = Cost();
            values[i] = value - Step;
            double below = Cost();
            values[i] = value;
            return (above - below) / (2 * Step);
        }

        double Cost()
        {
            SetWeights();
            return MiniBatch.Cost(network, xs, ys);
        }

        void SetWeights()
        {
            for (int j = 0; j < Inputs; j++)
            {
                for (int o = 0; o < Outputs; o++)
                    network.Parameters.Weights(0, o)[j] = s[j] * v[j * Outputs + o];
            }
        }
    }

    [Fact]
    public void A_step_of_gradient_descent_has_the_bits_of_its_formula()
    {
        var network = InitialValues.Draw(new Topology([2, 3], Activation.Identity, Activation.Identity), Initialization.He, 1);
        float[] v = network.Weights(0).ToArray(), g = [1, -2, 3, 0.5f, 0.25f, -4, 0, 0, 0];
        var optimizer = Optimizer.Create(new SgdOptions { LearningRate = 0.1f, WeightDecay = 0.5f }, network, 2f);
        optimizer.Step(network, g);
        float[] s = [.. Enumerable.Range(0, 2).Select(j => 1 - 0.2f * Dot(j))];
        for (int i = 0; i < 6; i++)
        {
            float moved = MathF.FusedMultiplyAdd(-0.1f, MathF.FusedMultiplyAdd(0.5f, v[i], g[i]), v[i]);
            Assert.Equal(moved, optimizer.InputFactors!.Weights[i]);
            Assert.Equal(optimizer.InputFactors.Values[i / 3] * moved, network.Weights(0)[i]);
            Assert.Equal(s[i / 3], optimizer.InputFactors.Values[i / 3], 1e-6f);
        }

        float Dot(int j) =>
            MathF.FusedMultiplyAdd(g[3 * j + 2], v[3 * j + 2], MathF.FusedMultiplyAdd(g[3 * j + 1], v[3 * j + 1], g[3 * j] * v[3 * j]));
    }

    [Theory]
    [InlineData(false, new[] { 300, 20 })]
    [InlineData(true, new[] { 300, 20 })]
    [InlineData(false, new[] { 400, 370 })]
    [InlineData(true, new int[0])]
    public void Training_has_the_same_bits_with_any_number_of_threads(bool clips, int[] hidden)
    {
        var data = RandomData.Images(200, side: 12);
        var options = Small with { Hidden = hidden, BatchSize = 50, Epochs = 2, ClipNorm = clips ? 1e30f : null };
        string[] fingerprints = [.. ((int[])[1, 2, 3, 5]).Select(Fingerprint)];
        Assert.Single(fingerprints.Distinct());
        // A limit that no gradient reaches changes no bit.
        Assert.Equal(Classifier.Train(data, options with { ClipNorm = null }).Fingerprint, fingerprints[0]);
        Assert.NotEqual(Classifier.Train(data, options with { InputFactorRate = null }).Fingerprint, fingerprints[0]);

        string Fingerprint(int threads) => Classifier.Train(data, options with { Threads = threads }).Fingerprint;
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam:amsgrad=1")]
    [InlineData("adamw")]
    public void An_interrupted_run_resumes_with_identical_results(string optimizer)
    {
        var data = RandomData.Blobs(100);
        var options = Small with { Optimizer = OptimizerOptions.All.Parse(optimizer).Kind };
        string whole = Classifier.Train(data, options).Fingerprint;
        var part = new Training<Classifier>(data, options);
        Assert.Single(part.Epochs().Take(1));
        part.Save(files["part"]);
        var resumed = Training<Classifier>.Resume(files["part"], data);
        Assert.Equal(2, resumed.Epochs().Count());
        Assert.Equal(whole, resumed.Model.Fingerprint);
    }

    [Fact]
    public void Factors_that_contradict_the_weights_are_refused()
    {
        var data = RandomData.Blobs(100);
        var part = new Training<Classifier>(data, Small);
        Assert.Single(part.Epochs().Take(1));
        part.Save(files["part"]);
        using (var file = SafetensorsFile.Open(files["part"]))
        {
            var metadata = new Dictionary<string, string>(file.Metadata);
            metadata.Remove("nabla.checksum"); // It would find the change first; files of older versions have none.
            SafetensorsFile.Write(
                files["changed"], metadata,
                [.. file.Tensors.Select(t =>
                    (t.Name, t.Shape.ToArray(), (ReadOnlyMemory<float>)Change(t.Name, file.ReadFloats(t.Name))))]);
        }
        var error = Assert.Throws<InvalidInputException>(() => Training<Classifier>.Resume(files["changed"], data));
        Assert.Contains("input-factors", error.Why, StringComparison.Ordinal);

        static float[] Change(string name, float[] values)
        {
            if (name == "optimizer.input-factors")
                values[2] += 0.5f;
            return values;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void The_rate_is_above_0_and_finite(float rate) =>
        Assert.Throws<InvalidOptionException>((Small with { InputFactorRate = rate }).Validate);
}
