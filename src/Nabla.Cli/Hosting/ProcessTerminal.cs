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

    // Sent by a write that exceeds ulimit -f, which then fails; 25 on Linux and macOS.
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;

    // The system's name for the current folder, whatever its bytes are.
    private const string FolderOfAnyName = "/proc/self/cwd";

    // These live as long as the process: without its handler, a late signal would end the process with another exit code.
    private readonly Interruption interruption = new();
    private readonly PosixSignalRegistration[] signals;

    private readonly SocketsHttpHandler network = new() { ConnectTimeout = TimeSpan.FromSeconds(10) };

    public ProcessTerminal()
    {
        signals = [.. HandleSignals()];
        string? folder = CurrentFolder();
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
            CurrentDirectory = folder,
            CacheDirectory = folder is null ? "" : MnistOptions.ForProcess().CacheDirectory,
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

    private IEnumerable<PosixSignalRegistration> HandleSignals()
    {
        foreach (var signal in Handled)
            yield return Handle(signal, context => context.Cancel = interruption.Signal());
        if (!OperatingSystem.IsWindows())
            yield return Handle(FileSizeExceeded, context => context.Cancel = true);
    }

    /// <exception cref="InsufficientMemoryException">The thread that handles signals cannot be started.</exception>
    private static PosixSignalRegistration Handle(PosixSignal signal, Action<PosixSignalContext> handler)
    {
        try
        {
            return PosixSignalRegistration.Create(signal, handler);
        }
        catch (TypeInitializationException e)
        {
            throw new InsufficientMemoryException("The thread that handles signals cannot be started.", e);
        }
    }

    /// <summary>The current folder; null if it was deleted, or may not be seen.</summary>
    private static string? CurrentFolder()
    {
        try
        {
            string folder = Directory.GetCurrentDirectory();
            return Utf8Names.MayBeWrong(folder) && OperatingSystem.IsLinux() ? FolderOfAnyName : folder;
        }
        catch (Exception e) when (FileError.Is(e))
        {
            return null;
        }
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
