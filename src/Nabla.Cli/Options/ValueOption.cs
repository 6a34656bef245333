using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary>An option that can say what it takes.</summary>
internal interface IDescribedOption
{
    /// <summary>Completes "takes …".</summary>
    string Expected { get; }

    /// <summary>The option with a value that is right, as a user would type it.</summary>
    string Example { get; }
}

/// <summary>An option with one value of a known format. It has no default of its own.</summary>
internal class ValueOption<T> : Option<T>, IDescribedOption
{
    public ValueOption(string name, string valueName, string description, ValueFormat<T> format, string? example = null)
        : base(name)
    {
        Description = description;
        HelpName = valueName;
        Arity = ArgumentArity.ExactlyOne;
        Expected = format.Expected;
        Example = $"{name} {example ?? format.Example}";
        CustomParser = result => Read(result, format);
    }

    /// <inheritdoc/>
    public string Expected { get; }

    /// <inheritdoc/>
    public string Example { get; }

    /// <summary>Whether the user wrote it.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetResult(this) is { Implicit: false };

    /// <summary>The user's value, or another if there is none.</summary>
    public T ValueOr(ParseResult parse, T otherwise) => IsGiven(parse) ? parse.GetValue(this)! : otherwise;

    private T? Read(ArgumentResult result, ValueFormat<T> format)
    {
        try
        {
            if (format.Read(result.Tokens[0].Value, out T value))
                return value;
            result.AddError($"{Name} takes {format.Expected}");
        }
        catch (InvalidOptionException e)
        {
            result.AddError(e.Message.TrimEnd('.'));
        }
        return default;
    }
}
