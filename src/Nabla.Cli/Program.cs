using Nabla.Cli;

try
{
    Utf8Names.Require(args);
    using var process = new ProcessTerminal();
    return CommandLine.Run(args, process.Terminal);
}
catch (Exception e)
{
    // Before there is a terminal; everything later is reported by CommandLine.
    var problem = Problem.From(e, "nabla");
    problem.WriteTo(StandardStream.Error);
    return problem.ExitCode;
}
