namespace Nabla;

/// <summary>
/// Keeps the members of an ensemble while it is trained, so that its training can be resumed: <see cref="EnsembleCheckpoints"/> keeps
/// them in a folder.
/// </summary>
/// <remarks>Called by several threads at once, for different members.</remarks>
public interface IMemberStore
{
    /// <summary>A member that was trained before; null if it was not.</summary>
    /// <param name="member">Counted from 0.</param>
    /// <param name="options">The options of its training run.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="fold">What it is measured on after each epoch.</param>
    /// <exception cref="InvalidInputException">It was trained with other options or data.</exception>
    Model? FindTrained(int member, TrainingOptions options, Dataset train, Dataset fold);

    /// <summary>The training run of a member that was interrupted; null if there is none.</summary>
    /// <param name="member">Counted from 0.</param>
    /// <param name="options">The options of its training run, with the number of threads.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="fold">What it is measured on after each epoch.</param>
    /// <exception cref="InvalidInputException">It was trained with other options or data.</exception>
    Training? FindUnfinished(int member, TrainingOptions options, Dataset train, Dataset fold);

    /// <summary>Called after each batch of a member.</summary>
    void AfterBatch(int member, Training training);

    /// <summary>Called after each epoch of a member but its last.</summary>
    void AfterEpoch(int member, Training training);

    /// <summary>Called if the training of a member was cancelled.</summary>
    void Interrupted(int member, Training training);

    /// <summary>Called when a member has been trained.</summary>
    /// <param name="member">Counted from 0.</param>
    /// <param name="model">With the parameters of its best epoch.</param>
    /// <param name="train">What it learned from.</param>
    /// <param name="fold">What it was measured on after each epoch.</param>
    void Trained(int member, Model model, Dataset train, Dataset fold);
}
