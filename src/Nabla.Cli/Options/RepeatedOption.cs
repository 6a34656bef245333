using System.CommandLine;
using System.CommandLine.Completions;

namespace Nabla.Cli;

/// <summary>An option that may be repeated, with a text each time.</summary>
internal sealed class RepeatedOption : Option<string[]>, IDescribedOption
{
    /// <param name="name">With its dashes: <c>--target</c>.</param>
    /// <param name="valueName">What the help calls its value: <c>COLUMN</c>.</param>
    /// <param name="description">The description in the help.</param>
    /// <param name="expected">Completes "takes …".</param>
    /// <param name="example">A valid value.</param>
    public RepeatedOption(string name, string valueName, string description, string expected, string example)
        : base(name)
    {
        Description = description;
        HelpName = valueName;
        Arity = ArgumentArity.OneOrMore;
        Expected = expected;
        Example = $"{name} {example}";
        CustomParser = result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
                result.AddError(expected);
            return [.. result.Tokens.Select(token => token.Value)];
        };
    }

    /// <inheritdoc/>
    public string Expected { get; }

    /// <inheritdoc/>
    public string Example { get; }

    /// <summary>What a shell can propose.</summary>
    public Func<IEnumerable<string>> Proposals { get; init; } = () => [];

    IEnumerable<CompletionItem> IDescribedOption.Candidates(string word) => Candidate.Names(Proposals());
}
