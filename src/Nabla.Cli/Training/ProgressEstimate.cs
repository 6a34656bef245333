using System.Globalization;

namespace Nabla.Cli;

/// <summary>Puts the state of a training into one line: how far, how well, how fast, how long yet.</summary>
internal sealed class ProgressEstimate(TimeProvider clock, int epochs)
{
    private readonly long started = clock.GetTimestamp();
    private double startedAt = double.NaN;
    private long epochStarted;
    private int examplesBefore;
    private BatchProgress now;
    private double? accuracy;

    /// <summary>A batch is done.</summary>
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

    /// <summary>An epoch is done.</summary>
    public void Finish(EpochReport report)
    {
        accuracy = report.Accuracy;
        epochStarted = 0;
    }

    /// <summary>The line, in Spectre's markup, no wider than the screen.</summary>
    public string Line(int width)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"epoch {now.Epoch + 1} of {epochs}");
        string tail = string.Create(CultureInfo.InvariantCulture, $"{100 * now.Batch / now.BatchCount,3} %  loss {now.Loss:0.0000}");
        if (accuracy is { } value)
            tail += string.Create(CultureInfo.InvariantCulture, $"  accuracy {value:0.0000}");
        tail += string.Create(CultureInfo.InvariantCulture, $"  {ExamplesPerSecond:#,0} examples/s  {TimeLeft:h\\:mm\\:ss} left");
        return head.Length + tail.Length + LiveLine.BarCells + 4 <= width ? $"{head}  {LiveLine.Bar((double)now.Batch / now.BatchCount)}  {tail}" : $"{head}  {tail}";
    }

    private double ExamplesPerSecond
    {
        get
        {
            double seconds = clock.GetElapsedTime(epochStarted).TotalSeconds;
            return epochStarted != 0 && seconds > 0 ? (now.Examples - examplesBefore) / seconds : 0;
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

    // In epochs, with the part of the present one that is done.
    private static double Done(BatchProgress progress) => progress.Epoch + (double)progress.Batch / progress.BatchCount;
}
