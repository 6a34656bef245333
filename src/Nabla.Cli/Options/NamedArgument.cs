using System.CommandLine;

namespace Nabla.Cli;

/// <summary>An argument that the help calls by its name. System.CommandLine would list its completions instead.</summary>
internal class NamedArgument<T> : Argument<T>
{
    public NamedArgument(string name)
        : base(name) => HelpName = name;
}
