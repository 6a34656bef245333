namespace Nabla;

/// <summary>
/// A numeric parameter of a kind: its name, how it is read, and how a kind with another value is made. Safe to share between threads.
/// </summary>
public sealed class KindParameter
{
    private readonly Func<Kind, float> get;
    private readonly Func<Kind, float, Kind> with;
    private readonly float? omittedAt;

    private KindParameter(string name, Func<Kind, float> get, Func<Kind, float, Kind> with, float? omittedAt)
    {
        Name = name;
        this.omittedAt = omittedAt;
        this.get = get;
        this.with = with;
    }

    /// <summary>Name in files and on the command line, e.g. <c>learning-rate</c>.</summary>
    public string Name { get; }

    /// <summary>The value that a kind has.</summary>
    /// <param name="kind">A kind that lists this parameter.</param>
    public float ValueOf(Kind kind) => get(kind);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Declares a parameter of a kind.</summary>
    /// <param name="name">Name in files and on the command line.</param>
    /// <param name="get">Its value.</param>
    /// <param name="with">The kind with another value.</param>
    /// <param name="omittedAt">A default at which the kind is as if it had no such parameter: files and texts then omit it.</param>
    internal static KindParameter Create<T>(string name, Func<T, float> get, Func<T, float, T> with, float? omittedAt = null)
        where T : Kind => new(name, kind => get((T)kind), (kind, value) => with((T)kind, value), omittedAt);

    /// <summary>Whether files and texts name this parameter of a kind.</summary>
    internal bool IsNamed(Kind kind) => ValueOf(kind) != omittedAt;

    /// <summary>The same kind with another value; not validated.</summary>
    internal T With<T>(T kind, float value)
        where T : Kind => (T)with(kind, value);
}
