using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary>An option that can say what it takes.</summary>
internal interface IDescribedOption
{
    /// <summary>Completes "takes …".</summary>
    string Expected { get; }

    /// <summary>The option with a value that is right, as a user would type it.</summary>
    string Example { get; }

    /// <summary>What is wrong with a value, and what to use instead; null where <see cref="Expected"/> says it all.</summary>
    InvalidOptionException? Explain(string text) => null;

    /// <summary>What a shell can propose for a value of which the first characters are typed.</summary>
    IEnumerable<CompletionItem> Candidates(string word) => [];
}

/// <summary>An option with one value of a known format. It has no default of its own.</summary>
internal class ValueOption<T> : Option<T>, IDescribedOption
{
    private readonly ValueFormat<T> format;

    public ValueOption(string name, string valueName, string description, ValueFormat<T> format, string? example = null)
        : base(name)
    {
        Description = description;
        HelpName = valueName;
        Arity = ArgumentArity.ExactlyOne;
        Expected = format.Expected;
        Example = $"{name} {example ?? format.Example}";
        this.format = format;
        CustomParser = Read;
    }

    /// <inheritdoc/>
    public string Expected { get; }

    /// <inheritdoc/>
    public string Example { get; }

    /// <summary>Whether the user wrote it.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetResult(this) is { Implicit: false };

    /// <summary>The user's value, or another if there is none.</summary>
    public T ValueOr(ParseResult parse, T otherwise) => IsGiven(parse) ? parse.GetValue(this)! : otherwise;

    InvalidOptionException? IDescribedOption.Explain(string text) => Read(text).Error;

    IEnumerable<CompletionItem> IDescribedOption.Candidates(string word) => format.Candidates(word);

    private T? Read(ArgumentResult result)
    {
        var (isRead, value, _) = Read(result.Tokens[0].Value);
        if (!isRead)
            result.AddError(Expected);
        return value;
    }

    private (bool IsRead, T? Value, InvalidOptionException? Error) Read(string text)
    {
        try
        {
            return (format.Read(text, out T value), value, null);
        }
        catch (InvalidOptionException e)
        {
            return (false, default, e);
        }
    }
}
