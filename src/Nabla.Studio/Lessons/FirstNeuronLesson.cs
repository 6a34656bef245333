namespace Nabla.Studio;

/// <summary>Lesson 1: one neuron separates two clouds, and cannot separate XOR.</summary>
internal sealed class FirstNeuronLesson() : Lesson(
    "The first neuron", "No hidden layer; initial values from N(0, 1); gradient descent in batches of 32 points.",
    "layers none init standard-normal optimizer sgd batch-size 32 seed 1",
    Choice(Data, "Data", new ChoiceMessage(Clouds, "Two clouds"), new ChoiceMessage(Xor, "XOR")),
    Typed(Rate, "Learning rate", "0.001"),
    Choice(Epochs, "Epochs", "10 20 50"))
{
    private const string Clouds = "clouds", Xor = "xor", Rate = "learning-rate", Epochs = "epochs";
    private const double Target = 0.97;

    public override LessonVerdict Check(LessonEvidence evidence)
    {
        var best = evidence.With((Data, Clouds)).MaxBy(run => run.Accuracy);
        if (best is null)
            return Missing("No run on the two clouds has ended yet: start one.");
        if (best.Accuracy < Target)
        {
            return Missing($"The best run on the clouds, {best}, reached {Percent(best.Accuracy)}; the task asks for {Percent(Target)}. "
                + "Try another learning rate.");
        }
        var solved = evidence.With((Data, Clouds)).Where(run => run.Accuracy >= Target);
        var pairs = from cloud in solved
                    from xor in evidence.With((Data, Xor))
                    where cloud.DifferencesFrom(xor) is [Data]
                    select (Cloud: cloud, Xor: xor);
        return pairs.FirstOrDefault() is not { Cloud: not null } pair
            ? Missing($"Run {best.Run} separates the clouds ({Percent(best.Accuracy)}). Now train the same neuron on XOR, with the same "
                + "learning rate and as many epochs.")
            : Solved($"Run {pair.Cloud.Run} separates the clouds ({Percent(pair.Cloud.Accuracy)}). With the same settings, {pair.Xor} "
                + $"stays at {Percent(pair.Xor.Accuracy)} on XOR: no straight line separates its classes.");
    }
}
