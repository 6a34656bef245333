using System.CommandLine;

namespace Nabla.Cli;

/// <summary>An option that is there or not. It takes no value: <c>--shuffle=false</c> would look as if it turned something off.</summary>
internal class Switch : Option<bool>
{
    public Switch(string name, string description)
        : base(name)
    {
        Description = description;
        // With an arity of zero, the value would become the next argument, DATA for instance.
        Validators.Add(result =>
        {
            if (result.Tokens.Count > 0)
                result.AddError("it takes no value");
        });
    }

    /// <summary>Whether the user wrote it.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetValue(this);
}
