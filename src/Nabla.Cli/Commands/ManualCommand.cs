using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla manual</c>: prints the manual page.</summary>
internal sealed class ManualCommand : Command
{
    public ManualCommand(Terminal terminal)
        : base("manual", "Prints the manual page, for man: every command and option, exit codes and environment variables.")
    {
        SetAction(parse =>
        {
            ManualPage.Write(parse.RootCommandResult.Command, terminal.Clock.GetUtcNow(), terminal.Out);
            return ExitCode.Done;
        });
    }
}
