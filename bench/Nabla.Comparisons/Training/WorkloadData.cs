namespace Nabla.Comparisons;

/// <summary>The data of the workloads: MNIST, or Nabla's own digits where it was not found.</summary>
internal static class WorkloadData
{
    private static readonly Lazy<(Dataset Train, Dataset Test)> Images = new(
        () => Mnist.Find(MnistOptions.ForProcess()) is { } source ? Mnist.Read(source) : Digits.Load());

    /// <summary>The images that are predicted.</summary>
    public static Dataset Test => Images.Value.Test;

    /// <summary>The training data.</summary>
    public static Dataset Train => Images.Value.Train;
}
