using System.CommandLine;

namespace Nabla.Cli;

/// <summary>An option without a value. A value is an error: <c>--shuffle=false</c> would look as if it turned something off.</summary>
internal class Switch : Option<bool>
{
    public Switch(string name, string description)
        : base(name)
    {
        Description = description;
        // With an arity of zero, the value would become the next argument, such as DATA.
        Validators.Add(result =>
        {
            if (result.Tokens.Count > 0)
                result.AddError("it takes no value");
        });
    }

    /// <summary>Whether the option was given.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetValue(this);
}
