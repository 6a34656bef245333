namespace Nabla.Tests;

/// <summary>Weights in the layouts of scikit-learn and PyTorch.</summary>
public sealed class WeightFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-weights-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("model.npz", "standardize-per-feature")]
    [InlineData("model.safetensors", "standardize-per-feature")]
    [InlineData("model.npz", "standardize")]
    [InlineData("model.safetensors", "standardize")]
    public void A_model_comes_back_and_takes_features_as_they_are(string name, string scaling)
    {
        var data = RandomData.Blobs(200);
        var model = Classifier.Train(
            data, new TrainingOptions { Hidden = [9, 7], Epochs = 4, Seed = 3, Scaling = Scaling.All.Get(scaling) });
        Write(model, name);
        var network = WeightFile.Read(PathOf(name), Activation.Relu, Activation.Softmax);
        var read = Classifier.From(network, Preprocessing.Create([0f], [1f]), model.ClassNames);
        var expected = model.Predict(data.Inputs);
        var predicted = read.Predict(data.Inputs);
        for (int i = 0; i < data.Count; i++)
        {
            for (int j = 0; j < model.ClassNames.Count; j++)
                Assert.Equal(expected[i].Scores[j], predicted[i].Scores[j], 1e-5f);
        }
        Assert.NotEqual(model.Fingerprint, read.Fingerprint); // the scaling is in the first layer
    }

    [Fact]
    public void Values_come_in_their_own_unit()
    {
        float[] features = [.. Enumerable.Range(0, 200).Select(i => i * 37 % 200 / 16f)];
        double[] values = [.. features.Chunk(2).Select(x => 5000.0 + 300 * x[0] - x[1])];
        var data = new Dataset("values", FeatureTable.FromFloats(features, 100, 2), new ValueTargets(values, ["y"]));
        var model = Regressor.Train(data, new TrainingOptions { Hidden = [8], Epochs = 5, Seed = 3 });
        WeightFile.WriteNpz(model, PathOf("values.npz"));
        var read = Regressor.From(
            WeightFile.Read(PathOf("values.npz"), Activation.Relu, Activation.Identity), Preprocessing.Create([0f], [1f]), ["y"]);
        foreach (float[] x in features.Chunk(2))
            Assert.Equal(model.Predict(x)[0], read.Predict(x)[0], 0.01);
    }

    [Fact]
    public void Layers_are_in_the_order_of_their_numbers()
    {
        // Eleven layers of one neuron, each of which adds its number to ten times its input: the order is in the result.
        NpzWriter.Write(PathOf("deep.npz"), [.. Enumerable.Range(0, 11).Reverse().SelectMany(i => new[]
        {
            ($"intercepts_{i}", NumericArray.Create<double>([i], 1)), ($"coefs_{i}", NumericArray.Create<double>([2], 1, 1)),
        })]);
        var network = WeightFile.Read(PathOf("deep.npz"), Activation.Identity, Activation.Identity);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (float)i), Enumerable.Range(0, 11).Select(i => network.Biases(i)[0]));
    }

    [Fact]
    public void Modules_of_any_name_and_layers_without_biases()
    {
        WriteDoubles(
            "torch.safetensors", ("net.fc2.weight", [1, 3], [7, 8, 9]), ("net.fc1.weight", [3, 2], [1, 2, 3, 4, 5, 6]),
            ("net.fc1.bias", [3], [10, 20, 30]));
        var network = WeightFile.Read(PathOf("torch.safetensors"), Activation.Tanh, Activation.Identity);
        Assert.Equal([2, 3, 1], network.Topology.Sizes);
        Assert.Equal([1f, 3, 5, 2, 4, 6], network.Weights(0)); // [inputs, outputs]
        Assert.Equal([10f, 20, 30], network.Biases(0));
        Assert.Equal([7f, 8, 9], network.Weights(1));
        Assert.Equal([0f], network.Biases(1));
    }

    public static TheoryData<string, string, (string Name, int[] Shape)[]> Wrong => new()
    {
        { "neither weights nor biases", "bn.running_mean", [("0.weight", [2, 2]), ("bn.running_mean", [2])] },
        { "gives 2", "coefs_1", [("coefs_0", [3, 2]), ("coefs_1", [3, 2])] },
        { "two dimensions", "0.weight", [("0.weight", [2, 2, 3])] },
        { "two dimensions", "0.weight", [("0.weight", [2])] },
        { "no weights of the same layer", "0.bias", [("0.bias", [2])] },
        { "no weights of the same layer", "intercepts_0", [("0.weight", [2, 2]), ("intercepts_0", [2])] },
        { "same place", "coefs_0", [("0.weight", [2, 2]), ("coefs_0", [2, 2])] },
        { "no coefs_1", "coefs_2", [("coefs_0", [2, 2]), ("coefs_2", [2, 2])] },
        { "no coefs_0", "coefs_00", [("coefs_00", [2, 2])] },
        { "which layer comes first", "hidden.weight", [("hidden.weight", [2, 2]), ("first.weight", [2, 2])] },
        { "which layer comes first", "coefs_1", [("0.weight", [2, 2]), ("coefs_1", [2, 2])] },
        { "two dimensions", "0.weight", [("0.weight", [0, 2])] },
        { "has the shape [2, 1]", "0.bias", [("0.weight", [2, 4]), ("0.bias", [2, 1])] },
        { "the layer has 2 outputs", "0.bias", [("0.weight", [2, 4]), ("0.bias", [4])] },
        { "no arrays", "the whole file", [] },
        { "which layer comes first", "1.weight", [("01.weight", [2, 2]), ("1.weight", [2, 2])] },
        { "which layer comes first", "0.weight", [("weight", [2, 2]), ("0.weight", [2, 2])] },
        { "which layer comes first", "b1.weight", [("b1.weight", [2, 2]), ("a2.weight", [2, 2])] },
        { "which layer comes first", "a1b.weight", [("a1.weight", [2, 2]), ("a1b.weight", [2, 2])] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_perceptron_is_refused(string why, string where, (string Name, int[] Shape)[] arrays)
    {
        NpzWriter.Write(PathOf("wrong.npz"), [.. arrays.Select(array =>
            (array.Name, NumericArray.Create<float>(new float[array.Shape.Aggregate(1, (a, b) => a * b)], array.Shape)))]);
        var error = Assert.Throws<InvalidInputException>(() => WeightFile.Read(PathOf("wrong.npz"), Activation.Relu, Activation.Softmax));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused()
    {
        NpzWriter.Write(PathOf("nan.npz"), [("coefs_0", NumericArray.Create<double>([1, 1e300], 1, 2))]);
        var error = Assert.Throws<InvalidInputException>(() => WeightFile.Read(PathOf("nan.npz"), Activation.Relu, Activation.Softmax));
        Assert.Contains("element 1 is 1E+300", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_layer_can_do_is_not_written()
    {
        var data = RandomData.Blobs(100);
        var limited = Classifier.Train(data, Presets.TableClassification with { Epochs = 1, KeepBest = false });
        var error = Assert.Throws<InvalidInputException>(() => WeightFile.WriteNpz(limited, PathOf("a.npz")));
        Assert.Contains("limits large values", error.Message, StringComparison.Ordinal);
        var training = new EnsembleTraining(data, new TrainingOptions { Hidden = [4], Epochs = 1, Seed = 5 }, 2);
        training.Run();
        error = Assert.Throws<InvalidInputException>(() => WeightFile.WriteNpz(training.CreateModel(), PathOf("a.npz")));
        Assert.Contains("average of 2", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Values_that_are_scaled_or_limited_after_an_activation_are_not_written()
    {
        foreach (var scaling in new TargetScaling[] { new([1], [1]), new([0], [2]), new([0], [1], [-1], [1]) })
        {
            foreach (var output in new[] { Activation.Identity, Activation.Sigmoid })
            {
                var network = new Network(new Topology([2, 1], Activation.Relu, output));
                network.EditParameters()[0] = 0.5f;
                var model = Regressor.From(network, Preprocessing.Create([0], [1]), ["y"], scaling);
                if (output == Activation.Identity && scaling.Minima.IsEmpty)
                {
                    WeightFile.WriteNpz(model, PathOf("values.npz"));
                    var read = WeightFile.ReadRegressor(PathOf("values.npz"), Activation.Relu, ["y"]);
                    Assert.Equal(model.Predict([3f, 4f])[0], read.Predict([3f, 4f])[0], 1e-6);
                    continue;
                }
                var error = Assert.Throws<InvalidInputException>(() => WeightFile.WriteNpz(model, PathOf("limited.npz")));
                Assert.Equal("the scaling of the values", error.Where);
            }
        }
        Assert.False(File.Exists(PathOf("limited.npz")));
    }

    [Fact]
    public void Values_of_no_scaling_may_follow_any_activation()
    {
        var network = new Network(new Topology([2, 1], Activation.Relu, Activation.Sigmoid));
        network.EditParameters()[0] = 0.5f;
        WeightFile.WriteNpz(Regressor.From(network, Preprocessing.Create([0], [1]), ["y"]), PathOf("sigmoid.npz"));
        Assert.Equal([0.5f, 0], WeightFile.Read(PathOf("sigmoid.npz"), Activation.Relu, Activation.Sigmoid).Weights(0));
    }

    [Fact]
    public void Weights_that_the_scaling_makes_too_large_for_floats_are_not_written_as_such()
    {
        var network = new Network(new Topology([2, 2], Activation.Relu, Activation.Softmax));
        network.EditParameters()[..4].Fill(1e3f);
        var model = Classifier.From(network, Preprocessing.Create([0, 0], [1, 1e37f]), ["a", "b"]);
        var error = Assert.Throws<InvalidInputException>(() => WeightFile.WriteSafetensors(model, PathOf("large.safetensors")));
        Assert.Equal("0.weight", error.Where);
        Assert.StartsWith("with the scaling, element 1 is 9.99", error.Why, StringComparison.Ordinal);
        model = Classifier.From(network, Preprocessing.Create([-1e36f, 0], [1, 1]), ["a", "b"]);
        Assert.Equal("0.bias", Assert.Throws<InvalidInputException>(() => Write(model, "large.safetensors")).Where);
        Assert.Empty(Directory.GetFiles(folder));
        Write(model, "large.npz"); // doubles
    }

    [Fact]
    public void Two_classes_are_one_output_in_the_layout_of_scikit_learn()
    {
        var data = RandomData.Blobs(200);
        int[] labels = [.. data.Classes.Labels.ToArray().Select(label => label % 2)];
        var two = new Dataset("two", data.Inputs, new ClassTargets(labels, ["no", "yes"]));
        var model = Classifier.Train(two, new TrainingOptions { Hidden = [9], Epochs = 4, Seed = 3 });
        WeightFile.WriteNpz(model, PathOf("two.npz"));
        Assert.Equal(1, WeightFile.Read(PathOf("two.npz"), Activation.Relu, Activation.Sigmoid).Topology.Sizes[^1]);
        var read = WeightFile.ReadClassifier(PathOf("two.npz"), Activation.Relu, ["no", "yes"]);
        for (int i = 0; i < two.Count; i++)
        {
            float[] x = two.Inputs.FloatRow(i).ToArray();
            Assert.Equal(model.Predict(x).Scores[1], read.Predict(x).Scores[1], 1e-5f);
        }
    }

    [Fact]
    public void Inputs_far_from_0_need_double_precision()
    {
        double[] features = [.. Enumerable.Range(0, 400).Select(i => 1e9 + (i * 37 % 400) / 16.0)];
        double[] values = [.. features.Chunk(2).Select(x => x[1] - x[0])];
        var data = new Dataset("times", FeatureTable.FromDoubles(features, 200, 2), new ValueTargets(values, ["y"]));
        var model = Regressor.Train(data, new TrainingOptions { Hidden = [8], Epochs = 2, Seed = 3 });
        Assert.NotEmpty(model.Preprocessing.Origins.ToArray());
        var error = Assert.Throws<InvalidInputException>(() => WeightFile.WriteSafetensors(model, PathOf("far.safetensors")));
        Assert.Contains("single precision", error.Message, StringComparison.Ordinal);
        WeightFile.WriteNpz(model, PathOf("far.npz"));
        using var npz = NpzReader.Open(PathOf("far.npz"));
        double[] weights = npz.Read("coefs_0").ToDoubles(), biases = npz.Read("intercepts_0").ToDoubles();
        double[] hidden = [.. biases.Select((bias, j) => Math.Max(0, bias + features[0] * weights[j] + features[1] * weights[8 + j]))];
        double output = npz.Read("intercepts_1").ToDoubles()[0] + hidden.Zip(npz.Read("coefs_1").ToDoubles(), (a, w) => a * w).Sum();
        Assert.Equal(model.Predict(features.AsSpan(0, 2))[0], output, 1e-4);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_class_needs_a_name(int names)
    {
        NpzWriter.Write(PathOf("three.npz"), [("coefs_0", NumericArray.Create<double>([1, 2, 3], 1, 3))]);
        string[] given = [.. Enumerable.Range(0, names).Select(i => $"{i}")];
        var error = Assert.Throws<InvalidInputException>(() => WeightFile.ReadClassifier(PathOf("three.npz"), Activation.Relu, given));
        Assert.Contains($"3 classes, and {names} names", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InvalidInputException>(() => WeightFile.ReadRegressor(PathOf("three.npz"), Activation.Relu, given));
        Assert.Contains($"3 values, and {names} names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_another_type_are_refused()
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes(
            """{"0.weight":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]}}""".PadRight(64));
        File.WriteAllBytes(PathOf("half.safetensors"), [.. BitConverter.GetBytes((ulong)header.Length), .. header, 0, 0, 0, 0]);
        var error = Assert.Throws<InvalidInputException>(
            () => WeightFile.Read(PathOf("half.safetensors"), Activation.Relu, Activation.Softmax));
        Assert.Contains("0.weight is F16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_without_a_name_is_refused()
    {
        WriteDoubles("nameless.safetensors", ("", [1, 2], [1, 2]));
        var error = Assert.Throws<InvalidInputException>(
            () => WeightFile.Read(PathOf("nameless.safetensors"), Activation.Relu, Activation.Softmax));
        Assert.Equal("an array without a name", error.Where);
    }

    [Fact]
    public void A_model_file_is_not_taken_for_the_state_of_PyTorch()
    {
        var model = Classifier.Train(RandomData.Blobs(60), new TrainingOptions { Hidden = [4], Epochs = 1, Seed = 5 });
        model.Save(PathOf("model.safetensors"));
        var error = Assert.Throws<InvalidInputException>(
            () => WeightFile.Read(PathOf("model.safetensors"), Activation.Relu, Activation.Softmax));
        Assert.Contains("a model of Nabla", error.Message, StringComparison.Ordinal);
    }

    private void Write(Model model, string name)
    {
        if (name.EndsWith(".npz", StringComparison.Ordinal))
            WeightFile.WriteNpz(model, PathOf(name));
        else
            WeightFile.WriteSafetensors(model, PathOf(name));
    }

    private void WriteDoubles(string file, params (string Name, int[] Shape, double[] Values)[] tensors) => SafetensorsFile.Write(
        PathOf(file), new Dictionary<string, string>(),
        [.. tensors.Select(tensor => (tensor.Name, tensor.Shape, (ReadOnlyMemory<double>)tensor.Values))]);

    private string PathOf(string name) => Path.Combine(folder, name);
}
