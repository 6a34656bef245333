using System.CommandLine;

namespace Nabla.Cli;

/// <summary>An option that changes training settings: name, value, description, format and effect are one declaration.</summary>
internal interface ITrainingOption
{
    /// <summary>The option as the parser knows it.</summary>
    Option Symbol { get; }

    /// <summary>The name of an option that contradicts this one; null if there is none.</summary>
    string? Opposite => null;

    /// <summary>Whether the user wrote it.</summary>
    bool IsGiven(ParseResult parse);

    /// <summary>The settings with what the user wrote.</summary>
    /// <param name="parse">A command line that has the option.</param>
    /// <param name="settings">What the options before it have set.</param>
    TrainingSettings Apply(ParseResult parse, TrainingSettings settings);
}

/// <summary>A training option with a value.</summary>
internal sealed class TrainingOption<T> : ValueOption<T>, ITrainingOption
{
    private readonly Func<TrainingSettings, T, TrainingSettings> apply;

    /// <param name="name">With its dashes: <c>--epochs</c>.</param>
    /// <param name="valueName">What the help calls its value: <c>N</c>.</param>
    /// <param name="description">What it is, with its default.</param>
    /// <param name="format">How the value is written.</param>
    /// <param name="apply">Its effect on the library's options.</param>
    /// <param name="example">A value that is right; null for the format's own.</param>
    public TrainingOption(
        string name, string valueName, string description, ValueFormat<T> format, Func<TrainingOptions, T, TrainingOptions> apply,
        string? example = null)
        : this(name, valueName, description, format, (settings, value) => settings.With(options => apply(options, value)), example)
    {
    }

    /// <inheritdoc cref="TrainingOption{T}(string, string, string, ValueFormat{T}, Func{TrainingOptions, T, TrainingOptions}, string?)"/>
    public TrainingOption(
        string name, string valueName, string description, ValueFormat<T> format, Func<TrainingSettings, T, TrainingSettings> apply,
        string? example = null)
        : base(name, valueName, description, format, example) => this.apply = apply;

    public Option Symbol => this;

    public TrainingSettings Apply(ParseResult parse, TrainingSettings settings) => apply(settings, parse.GetValue(this)!);
}

/// <summary>A training option without a value.</summary>
internal sealed class TrainingSwitch(
    string name, string description, Func<TrainingOptions, TrainingOptions> apply, string? opposite = null)
    : Switch(name, description), ITrainingOption
{
    public Option Symbol => this;

    public string? Opposite => opposite;

    public TrainingSettings Apply(ParseResult parse, TrainingSettings settings) => settings.With(apply);
}
