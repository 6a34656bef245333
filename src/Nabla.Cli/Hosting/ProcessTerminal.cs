using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using Spectre.Console;

namespace Nabla.Cli;

/// <summary>The terminal of this process: its streams, variables, current folder, network and signals.</summary>
internal sealed class ProcessTerminal : IDisposable
{
    // SIGQUIT (Ctrl-\, or Ctrl-Break on Windows) is not handled: it ends the process immediately.
    private static readonly PosixSignal[] Handled = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    // These live as long as the process: without its handler, a late signal would end the process with another exit code.
    private readonly Interruption interruption = new();
    private readonly PosixSignalRegistration[] signals;

    private readonly SocketsHttpHandler network = new() { ConnectTimeout = TimeSpan.FromSeconds(10) };

    public ProcessTerminal()
    {
        signals = [.. Handled.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = interruption.Signal()))];
        var environment = Variables();
        var output = StandardStream.Output;
        bool draws = Drawing.IsWanted(!Console.IsOutputRedirected, environment);
        Terminal = new Terminal
        {
            Out = output,
            Error = StandardStream.Error,
            OpenInput = Console.OpenStandardInput,
            Screen = draws ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new ScreenOutput(new BestEffortWriter(output)) }) : null,
            Environment = environment,
            CurrentDirectory = Directory.GetCurrentDirectory(),
            CacheDirectory = MnistOptions.ForProcess().CacheDirectory,
            Network = network,
            Interruption = interruption,
        };
    }

    public Terminal Terminal { get; }

    public void Dispose()
    {
        network.Dispose();
        GC.KeepAlive(signals);
    }

    private static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return variables;
    }

    /// <summary>A terminal that may be closed while something is drawn.</summary>
    private sealed class ScreenOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => Size(() => Console.BufferWidth, 80);

        public int Height => Size(() => Console.WindowHeight, 24);

        public void SetEncoding(Encoding encoding)
        {
            // The console keeps its encoding.
        }

        private static int Size(Func<int> measure, int otherwise)
        {
            try
            {
                return measure() is > 0 and var size ? size : otherwise;
            }
            catch (IOException)
            {
                return otherwise;
            }
        }
    }
}
