using System.Globalization;

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

    /// <summary>Declares a parameter of a kind: a number.</summary>
    /// <param name="name">Name in files and on the command line.</param>
    /// <param name="get">Its value.</param>
    /// <param name="with">The kind with another value.</param>
    /// <param name="omittedAt">A default at which the kind is as if it had no such parameter: files and texts then omit it.</param>
    internal static KindParameter Create<T>(string name, Func<T, float> get, Func<T, float, T> with, float? omittedAt = null)
        where T : Kind => new(name, kind => get((T)kind), (kind, value) => with((T)kind, value), omittedAt);

    /// <summary>Whether files and texts name this parameter of a kind.</summary>
    internal bool IsNamed(Kind kind) => ValueOf(kind) != omittedAt;

    /// <summary>Declares a parameter that is a whole number.</summary>
    internal static KindParameter CreateCount<T>(string name, Func<T, int> get, Func<T, int, T> with)
        where T : Kind => Create<T>(
            name, kind => get(kind),
            (kind, value) => value == (int)value ? with(kind, (int)value) : throw Wrong(kind, name, value, "a whole number"));

    /// <summary>Declares a parameter that is on or off: 1 or 0. Files and texts omit it where it is off.</summary>
    internal static KindParameter CreateSwitch<T>(string name, Func<T, bool> get, Func<T, bool, T> with)
        where T : Kind => Create<T>(
            name, kind => get(kind) ? 1 : 0,
            (kind, value) => value is 0 or 1 ? with(kind, value == 1) : throw Wrong(kind, name, value, "0 or 1"), omittedAt: 0);

    /// <summary>The same kind with another value, whose range is not checked.</summary>
    /// <exception cref="InvalidOptionException">The parameter is a whole number or a switch, and the value is not.</exception>
    internal T With<T>(T kind, float value)
        where T : Kind => (T)with(kind, value);

    private static InvalidOptionException Wrong(Kind kind, string name, float value, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{kind.Name}: {name} is {value}"), $"Use {expected}.");
}
