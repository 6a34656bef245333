namespace Nabla;

/// <summary>How the learning rate changes from step to step. Immutable: a schedule is a value.</summary>
/// <remarks>To add a kind: a file beside this one and a line in <see cref="All"/>.</remarks>
public abstract record Schedule : Kind
{
    private protected Schedule(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>The same learning rate for every step.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>All schedules.</summary>
    public static Catalogue<Schedule> All { get; } = new("schedule", Constant);

    /// <summary>The learning rate of one step.</summary>
    /// <param name="baseRate">The optimizer's learning rate.</param>
    /// <param name="step">Steps made before, from 0.</param>
    /// <param name="steps">Steps of the whole training run.</param>
    public abstract float LearningRate(float baseRate, long step, long steps);
}
