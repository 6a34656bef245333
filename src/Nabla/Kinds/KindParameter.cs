namespace Nabla;

/// <summary>
/// A numeric parameter of a kind: its name, how it is read, and how a kind with another value is made. Safe to share between threads.
/// </summary>
public sealed class KindParameter
{
    private readonly Func<Kind, float> get;
    private readonly Func<Kind, float, Kind> with;

    private KindParameter(string name, Func<Kind, float> get, Func<Kind, float, Kind> with)
    {
        Name = name;
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
    internal static KindParameter Create<T>(string name, Func<T, float> get, Func<T, float, T> with)
        where T : Kind => new(name, kind => get((T)kind), (kind, value) => with((T)kind, value));

    /// <summary>The same kind with another value; not validated.</summary>
    internal T With<T>(T kind, float value)
        where T : Kind => (T)with(kind, value);
}
