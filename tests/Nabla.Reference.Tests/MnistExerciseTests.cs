namespace Nabla.Reference.Tests;

/// <summary>The notebook's training runs on MNIST, 784-30-10, compared with NumPy's figures in ../shared/reference.</summary>
public class MnistExerciseTests
{
    public static TheoryData<string> Runs => ["mnist-exercise-1.npz", "mnist-exercise-2.npz", "mnist-as-printed.npz"];

    [Theory, MemberData(nameof(Runs))]
    public void One_epoch_ends_with_the_parameters_of_the_notebook(string name)
    {
        using var run = new NotebookRun(Shared.Find("reference", name));
        var mnist = new StandardisedMnist(Shared.Find("data", "mnist.npz"));
        ReferenceNetwork network = run.InitialNetwork();
        mnist.TrainEpoch(run.Trainer(network), run.Batch);
        Near.Each(run.Parameters("epoch1_"), network.Parameters.All, 1e-9);
        Assert.Equal(run.Read("test_accuracy")[0], mnist.TestAccuracy(network), 0.000101);
    }

    [Theory(Explicit = true), MemberData(nameof(Runs))]
    public void The_first_ten_epochs_have_the_accuracy_of_the_notebook(string name)
    {
        using var run = new NotebookRun(Shared.Find("reference", name));
        var mnist = new StandardisedMnist(Shared.Find("data", "mnist.npz"));
        ReferenceNetwork network = run.InitialNetwork();
        ReferenceTrainer trainer = run.Trainer(network);
        for (int epoch = 0; epoch < 10; epoch++)
        {
            mnist.TrainEpoch(trainer, run.Batch);
            // One of 10,000 test digits, and a little for the rounding of 0.0001. The as-printed file has eight seeds; this is the first.
            Assert.Equal(run.Read("test_accuracy")[epoch], mnist.TestAccuracy(network), 0.000101);
        }
    }
}
