using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>The manual page of the program, made from the texts that <c>--help</c> shows.</summary>
internal static class ManualPage
{
    /// <summary>The exit codes and their meanings.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> ExitCodes { get; } =
    [
        (ExitCode.Done, "done"),
        (ExitCode.CheckFailed, "a check failed (gradcheck, verify, selftest), or no learning rate can be proposed (lr-find)"),
        (ExitCode.WrongUsage, "wrong usage"),
        (ExitCode.InvalidInput, "unreadable or invalid input"),
        (ExitCode.Diverged, "training diverged"),
        (ExitCode.InputOutputFailed, "input or output failed; train may have saved the model nevertheless"),
        (ExitCode.NoNetwork, "no network"),
        (ExitCode.OutOfResources, "not enough memory, or no further thread can be started"),
        (ExitCode.CommunicationFailed, "the ranks of a training run cannot work together: no library of MPI, or a rank has ended"),
        (ExitCode.InternalError, "a bug in nabla: please report it"),
        (ExitCode.Interrupted, "interrupted by Ctrl-C, SIGTERM or SIGHUP"),
    ];

    /// <summary>The environment variables and their meanings.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Variables { get; } =
    [
        ("NABLA_DATA", "a folder in which to look for MNIST, before ./data"),
        (KernelChoice.EnvironmentVariable,
            "the vector width: scalar, vector128, vector256, vector512. Changes the time, never the result"),
        (MachineReport.BlocksVariable,
            "the block sizes of matrix products, for experiments, as --version prints them. Changes the time, never the result"),
        ("NABLA_MPI", "the library of MPI that ranks use, a path or a name"),
        (Problem.DebugVariable, "if set, an error shows its stack trace as well"),
        ("NO_COLOR", "if set, no live progress is shown"),
    ];

    /// <param name="root">The program.</param>
    /// <param name="date">The date in the page's footer.</param>
    /// <param name="output">Where the page is written.</param>
    public static void Write(Command root, DateTimeOffset date, TextWriter output)
    {
        var page = new Roff(output);
        string version = typeof(ManualPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        page.Title("NABLA", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"nabla {version.Split('+')[0]}");
        page.Section("NAME");
        page.Text($"nabla - {root.Description!.TrimEnd('.')}");
        page.Section("SYNOPSIS");
        page.Text("nabla [command] [options]");
        page.Section("OPTIONS");
        WriteOptions(page, root);
        page.Section("COMMANDS");
        foreach (var command in root.Subcommands)
            WriteCommand(page, command, "nabla");
        page.Section("EXIT STATUS");
        foreach (var (code, meaning) in ExitCodes)
            page.Item(code.ToString(CultureInfo.InvariantCulture), null, meaning);
        page.Section("ENVIRONMENT");
        foreach (var (name, meaning) in Variables)
            page.Item(name, null, meaning);
    }

    private static void WriteCommand(Roff page, Command command, string above)
    {
        string name = $"{above} {command.Name}";
        string usage = string.Join(' ', [name, .. command.Arguments.Select(Usage)]);
        page.Subsection(command.Options.Count > 0 ? $"{usage} [options]" : usage);
        page.Text(command.Description!);
        foreach (var argument in command.Arguments)
            page.Item(argument.Name, null, argument.Description!);
        WriteOptions(page, command);
        foreach (var sub in command.Subcommands)
            WriteCommand(page, sub, name);
    }

    private static void WriteOptions(Roff page, Command command)
    {
        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            // Aliases such as /? are for Windows, which has no manual pages.
            var names = option.Aliases.Where(alias => alias[0] == '-').Append(option.Name);
            page.Item(string.Join(", ", names), option.HelpName, option.Description!);
        }
    }

    private static string Usage(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }
}
