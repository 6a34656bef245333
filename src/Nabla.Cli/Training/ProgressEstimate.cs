using System.Globalization;

namespace Nabla.Cli;

/// <summary>The state of a training run in one line: progress, loss, accuracy, speed and remaining time.</summary>
internal sealed class ProgressEstimate(TimeProvider clock, int epochs)
{
    private readonly long started = clock.GetTimestamp();
    private double startedAt = double.NaN;
    private long epochStarted;
    private int examplesBefore;
    private BatchProgress now;
    private Metric? metric;
    private double lastSpeed;

    /// <summary>Called after each batch.</summary>
    public void Advance(BatchProgress progress)
    {
        if (double.IsNaN(startedAt))
            startedAt = Done(progress) - 1.0 / progress.BatchCount;
        if (epochStarted == 0 || progress.Epoch != now.Epoch)
        {
            epochStarted = clock.GetTimestamp();
            examplesBefore = progress.Examples;
        }
        now = progress;
    }

    /// <summary>Called after each epoch.</summary>
    public void Finish(EpochReport report)
    {
        metric = report.Validation?.Metrics[0];
        lastSpeed = report.ExamplesPerSecond;
        epochStarted = 0;
    }

    /// <summary>The line, in Spectre's markup, narrower than the screen: if not all of it fits, the last parts are left out.</summary>
    public string Line(int width)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"epoch {now.Epoch + 1} of {epochs}");
        string all = string.Concat(Parts());
        if (head.Length + 2 + LiveLine.BarWidth + all.Length < width)
            return $"{head}  {LiveLine.Bar((double)now.Batch / now.BatchCount)}{all}";
        foreach (string part in Parts().TakeWhile(part => head.Length + part.Length < width))
            head += part;
        return head;
    }

    // Each part begins with spaces.
    private IEnumerable<string> Parts()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"  {100 * now.Batch / now.BatchCount,3} %");
        yield return string.Create(CultureInfo.InvariantCulture, $"  loss {now.Loss:0.0000}");
        if (metric is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {metric.Name} {metric.Value:0.0000}");
        if (ExamplesPerSecond is > 0 and var speed)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {speed:#,0} examples/s");
        yield return string.Create(CultureInfo.InvariantCulture, $"  {TimeLeft:h\\:mm\\:ss} left");
    }

    private double ExamplesPerSecond
    {
        get
        {
            double seconds = clock.GetElapsedTime(epochStarted).TotalSeconds;
            // The first batch of an epoch only starts the clock. Until the second, the speed of the previous epoch is shown.
            return epochStarted != 0 && seconds > 0 && now.Examples > examplesBefore
                ? (now.Examples - examplesBefore) / seconds
                : lastSpeed;
        }
    }

    private TimeSpan TimeLeft
    {
        get
        {
            double done = Done(now) - startedAt;
            return done > 0 ? clock.GetElapsedTime(started) * ((epochs - Done(now)) / done) : TimeSpan.Zero;
        }
    }

    // In epochs, including the finished share of the current epoch.
    private static double Done(BatchProgress progress) => progress.Epoch + (double)progress.Batch / progress.BatchCount;
}
