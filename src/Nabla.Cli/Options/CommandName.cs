using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary>The full names of commands.</summary>
internal static class CommandName
{
    /// <summary>A command with its parents, as a user types it: <c>nabla data fetch</c>.</summary>
    public static string Full(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Full(parent)} {result.Command.Name}" : "nabla";
}
