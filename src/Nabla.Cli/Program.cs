using Nabla.Cli;

using var process = new ProcessTerminal();
return CommandLine.Run(args, process.Terminal);
