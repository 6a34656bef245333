namespace Nabla.Tests;

public class PredictorTests
{
    [Theory]
    [InlineData("softmax")]
    [InlineData("sigmoid")]
    public void A_bare_network_predicts_one_and_many_with_the_same_bits(string output)
    {
        var network = InitialValues.Draw(new Topology([9, 14, 4], Activation.Relu, Activation.All.Get(output)), Initialization.He, 2);
        var predictor = new Predictor(network);
        float[] inputs = [.. Enumerable.Range(0, 9 * 3000).Select(i => i % 5 == 0 ? i % 11 - 5f : 0f)];
        float[] together = new float[4 * 3000], alone = new float[4];
        predictor.Predict(inputs, together);
        for (int i = 0; i < 3000; i += 97)
        {
            predictor.Predict(inputs.AsSpan(9 * i, 9), alone);
            Assert.Equal(together[(4 * i)..(4 * i + 4)], alone);
        }
        Assert.Throws<ArgumentException>(() => predictor.Predict(inputs.AsSpan(1), together));
        Assert.Throws<ArgumentException>(() => predictor.Predict(inputs, together.AsSpan(1)));
    }

    [Fact]
    public void A_prediction_follows_an_optimizer_that_steps()
    {
        var network = InitialValues.Draw(new Topology([3, 2], Activation.Relu, Activation.Sigmoid), Initialization.He, 2);
        var predictor = new Predictor(network);
        float[] before = new float[2], after = new float[2];
        predictor.Predict([1, 2, 3], before);
        Optimizer.Create(new SgdOptions(), network.Topology).Step(network, new float[] { 1, 1, 1, 1, 1, 1, 1, 1 });
        predictor.Predict([1, 2, 3], after);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void A_classifier_can_be_made_of_a_network_from_elsewhere()
    {
        var data = RandomData.Blobs(200);
        var trained = Classifier.Train(data, new TrainingOptions { Hidden = [8, 6], Epochs = 3 });
        var topology = new Topology(6, [new Layer(8, Activation.Relu), new Layer(6, Activation.Relu), new Layer(3, Activation.Softmax)]);
        var network = new Network(topology);
        topology.FromByNeuron(trained.Network.Topology.ByNeuron(trained.Network.Parameters), network.EditParameters());
        var scaling = Preprocessing.Create(trained.Preprocessing.Offsets, trained.Preprocessing.Scales);
        var made = Classifier.From(network, scaling, trained.ClassNames);
        Assert.Equal(trained.Evaluate(data), made.Evaluate(data));
        Assert.Equal(trained.Predict(data.Inputs)[5].Scores, made.Predict(data.Inputs.FloatRow(5)).Scores);

        string path = Path.Combine(Directory.CreateTempSubdirectory("nabla-").FullName, "made.safetensors");
        made.Save(path);
        Assert.Equal(made.Fingerprint, Classifier.Load(path).Fingerprint);
        Assert.Equal(made.Evaluate(data), Classifier.Load(path).Evaluate(data));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        Assert.Throws<ArgumentException>(() => Classifier.From(network, scaling, ["a", "b"]));
        Assert.Throws<ArgumentException>(() => Classifier.From(network, Preprocessing.Create([0, 0], [1, 1]), trained.ClassNames));
    }

    [Fact]
    public void Layers_may_have_activations_of_their_own_and_survive_a_file()
    {
        var data = RandomData.Blobs(100);
        var options = new TrainingOptions
        {
            Layers = [new Layer(7, Activation.Tanh), new Layer(5, Activation.Relu)], Epochs = 2, BatchSize = 16,
        };
        var model = Classifier.Train(data, options);
        Assert.Equal("6-7-5-3", model.Network.Topology.ToString());
        string path = Path.Combine(Directory.CreateTempSubdirectory("nabla-").FullName, "layers.safetensors");
        model.Save(path);
        Assert.Equal(options.Layers, Classifier.Load(path).Options.Layers);
        Assert.Equal(model.Evaluate(data), Classifier.Load(path).Evaluate(data));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
