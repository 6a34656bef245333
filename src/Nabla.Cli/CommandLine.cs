using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>The program as a function from arguments and a terminal to an exit code. It does not access the process.</summary>
internal static class CommandLine
{
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        using var output = new VisibleWriter(terminal.Out);
        using var messages = new VisibleWriter(terminal.Error);
        return RunVisibly(arguments, terminal with { Out = output, Error = messages });
    }

    private static int RunVisibly(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var root = Root(terminal);
        // No @response files, because a path may begin with @.
        var parse = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string name = CommandName.Full(parse.CommandResult);
        try
        {
            if (arguments.Count == 0)
                parse = root.Parse(["--help"]);
            if (parse.Action is not SuggestAction && ParseProblem.Find(parse) is { } problem)
                return Report(problem, terminal);
            using var limit = ReadLimitOption.Use(parse);
            int exitCode = parse.Action is HelpAction ? ShowHelp(parse, terminal) : parse.Invoke(Configuration(terminal.Out, terminal));
            // A command that failed to write its output has already reported this.
            if (exitCode != ExitCode.InputOutputFailed)
                terminal.Out.Flush();
            return arguments.Count == 0 ? ExitCode.WrongUsage : exitCode;
        }
        catch (Exception exception)
        {
            if (terminal.Variable(Problem.DebugVariable) is not null)
                WriteLines(exception.ToString(), terminal.Error);
            return Report(Problem.From(exception, name), terminal);
        }
    }

    /// <summary>All commands and their options.</summary>
    public static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Trains, explains and ships dense neural networks.")
        {
            HelpName = "nabla",
        };
        foreach (var command in Commands(terminal))
            root.Add(command);
        // The same width on terminals, in files and in pipes.
        if (root.Options.OfType<HelpOption>().Single().Action is HelpAction help)
            help.MaxWidth = 120;
        var version = root.Options.OfType<VersionOption>().Single();
        version.Action = new VersionAction((SynchronousCommandLineAction)version.Action!, terminal);
        var suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new SuggestAction(suggest, terminal);
        return root;
    }

    // System.CommandLine leaves spaces at line breaks, and empty lines at the end.
    private static int ShowHelp(ParseResult parse, Terminal terminal)
    {
        using var help = new StringWriter { NewLine = "\n" };
        int exitCode = parse.Invoke(Configuration(help, terminal));
        WriteLines(help.ToString(), terminal.Out);
        return exitCode;
    }

    private static Command[] Commands(Terminal terminal)
    {
        var train = new TrainCommand(terminal);
        return
        [
            train,
            new ResumeCommand(train, terminal),
            new VerifyCommand(train, terminal),
            new LearningRateFindCommand(terminal),
            new CompareCommand(terminal),
            new SearchCommand(terminal),
            new EvaluateCommand(terminal),
            new PredictCommand(terminal),
            new ReportCommand(terminal),
            new ExplainCommand(terminal),
            new ExportCommand(terminal),
            new ImportCommand(terminal),
            new StudioCommand(terminal),
            new InspectCommand(terminal),
            new GradientCheckCommand(terminal),
            new SelftestCommand(terminal),
            new DataCommand(terminal),
            new CompletionsCommand(terminal),
            new ManualCommand(terminal),
        ];
    }

    // Nabla handles signals and exceptions. System.CommandLine would print a stack trace, and end the process two seconds after Ctrl-C.
    private static InvocationConfiguration Configuration(TextWriter output, Terminal terminal) => new()
    {
        Output = output,
        Error = terminal.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static void WriteLines(string text, TextWriter output)
    {
        foreach (string line in text.TrimEnd().Split('\n'))
            output.WriteLine(line.TrimEnd());
    }

    private static int Report(Problem problem, Terminal terminal)
    {
        problem.WriteTo(terminal.Error);
        return problem.ExitCode;
    }

    /// <summary>Prints the version, and what was found of the processor and chosen for it.</summary>
    private sealed class VersionAction(SynchronousCommandLineAction version, Terminal terminal) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => version.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            int exitCode = version.Invoke(parseResult);
            terminal.Out.WriteLine($"kernels: {KernelChoice.Width.ToString().ToLowerInvariant()}");
            terminal.Out.WriteLine($"threads: {MachineReport.Threads}");
            terminal.Out.WriteLine($"caches:  {MachineReport.Caches}");
            terminal.Out.WriteLine($"blocks:  {MachineReport.Blocks}");
            return exitCode;
        }
    }
}
