using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary>Commands by name.</summary>
internal static class CommandName
{
    /// <summary>A command with those above it, as a user types it: <c>nabla data fetch</c>.</summary>
    public static string Full(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Full(parent)} {result.Command.Name}" : "nabla";
}
