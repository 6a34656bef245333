namespace Nabla.Studio;

/// <summary>A curve of bounded length: when it is full, each two neighbouring points become their mean. Not thread-safe.</summary>
internal sealed class Curve
{
    private const int Capacity = 512;

    private readonly List<long> steps = [];
    private readonly List<float> values = [];
    private int stride = 1;
    private int pending;
    private double sum;

    /// <summary>Incremented whenever points were merged, so that old indices mean nothing.</summary>
    public int Generation { get; private set; }

    /// <summary>Number of points.</summary>
    public int Count => steps.Count;

    /// <summary>Adds the value of a step.</summary>
    public void Add(long step, double value)
    {
        sum += value;
        if (++pending < stride)
            return;
        if (steps.Count == Capacity)
            Merge();
        steps.Add(step);
        values.Add((float)(sum / pending));
        (sum, pending) = (0, 0);
    }

    /// <summary>The points from an index on.</summary>
    public CurveMessage From(int index) => new(index, steps[index..], values[index..]);

    private void Merge()
    {
        for (int i = 0; i < Capacity / 2; i++)
        {
            steps[i] = steps[2 * i + 1];
            values[i] = (values[2 * i] + values[2 * i + 1]) / 2;
        }
        steps.RemoveRange(Capacity / 2, Capacity / 2);
        values.RemoveRange(Capacity / 2, Capacity / 2);
        stride *= 2;
        Generation++;
    }
}
