using System.CommandLine;
using System.CommandLine.Completions;

namespace Nabla.Cli;

/// <summary><c>--report [FILE]</c>: also write a report.</summary>
internal sealed class ReportOption : Option<string?>, IDescribedOption
{
    private const string DefaultName = "report.html", Extension = ".html";

    public ReportOption()
        : base("--report")
    {
        Description = $"Also write a report on the model, one HTML file (default name: {DefaultName}).";
        HelpName = "FILE";
        Arity = ArgumentArity.ZeroOrOne;
    }

    /// <inheritdoc/>
    public string Expected => $"the name of a file that ends with {Extension}, or nothing";

    /// <inheritdoc/>
    public string Example => $"--report {DefaultName}";

    IEnumerable<CompletionItem> IDescribedOption.Candidates(string word) => [Candidate.Files];

    /// <summary>The file for the report; null if none is wanted.</summary>
    /// <exception cref="UsageException">The name does not end as it should: it may have been meant as DATA.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public OutputFile? Check(ParseResult parse, Terminal terminal)
    {
        if (parse.GetResult(this) is not { Implicit: false } result)
            return null;
        string name = result.Tokens.Count == 0 ? DefaultName : result.Tokens[0].Value;
        return name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            ? OutputFile.Check(name, Extension, terminal)
            : throw new UsageException(
                $"cannot use --report {name}", $"the name of a report ends with {Extension}",
                $"{Example}; or put --report last, if {name} names the data");
    }
}
