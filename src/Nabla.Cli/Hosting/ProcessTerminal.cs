using System.Collections;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace Nabla.Cli;

/// <summary>The real world: this process's streams, variables, folder, network and signals.</summary>
internal sealed class ProcessTerminal : IDisposable
{
    private readonly CancellationTokenSource interruption = new();
    private readonly SocketsHttpHandler network = new() { ConnectTimeout = TimeSpan.FromSeconds(10) };
    private readonly List<PosixSignalRegistration> signals = [];

    public ProcessTerminal()
    {
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt));
        var environment = Variables();
        bool draws = Drawing.IsWanted(!Console.IsOutputRedirected, environment);
        Terminal = new Terminal
        {
            Out = Console.Out,
            Error = Console.Error,
            Screen = draws ? AnsiConsole.Create(new AnsiConsoleSettings()) : null,
            Environment = environment,
            CurrentDirectory = Directory.GetCurrentDirectory(),
            CacheDirectory = MnistOptions.ForProcess().CacheDirectory,
            Network = network,
            Interrupted = interruption.Token,
        };
    }

    public Terminal Terminal { get; }

    public void Dispose()
    {
        signals.ForEach(signal => signal.Dispose());
        network.Dispose();
        interruption.Dispose();
    }

    // The first signal asks the command to end well; the second takes its usual course and ends the process at once.
    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = !interruption.IsCancellationRequested;
        interruption.Cancel();
    }

    private static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return variables;
    }
}
