using System.CommandLine;

namespace Nabla.Cli;

/// <summary>An option that changes training settings. One declaration has its name, value, description, format and effect.</summary>
internal interface ITrainingOption
{
    /// <summary>The option for the parser.</summary>
    Option Symbol { get; }

    /// <summary>The name of an option that contradicts this one; null if there is none.</summary>
    string? Opposite => null;

    /// <summary>Whether the option was given.</summary>
    bool IsGiven(ParseResult parse);

    /// <summary>Applies the option to the settings.</summary>
    /// <param name="parse">A command line with the option.</param>
    /// <param name="settings">The settings after the preceding options.</param>
    TrainingSettings Apply(ParseResult parse, TrainingSettings settings);
}

/// <summary>A training option with a value.</summary>
internal sealed class TrainingOption<T> : ValueOption<T>, ITrainingOption
{
    private readonly Func<TrainingSettings, T, TrainingSettings> apply;

    /// <param name="name">With its dashes: <c>--epochs</c>.</param>
    /// <param name="valueName">What the help calls its value: <c>N</c>.</param>
    /// <param name="description">The description in the help, with the default.</param>
    /// <param name="format">The format of the value.</param>
    /// <param name="apply">The effect on the library's options.</param>
    /// <param name="example">A valid value; null for the format's example.</param>
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
