namespace Nabla.Tests;

/// <summary>Acts after each batch.</summary>
internal sealed class BatchAction(Action<BatchProgress> action) : IProgress<BatchProgress>
{
    public void Report(BatchProgress value) => action(value);
}
