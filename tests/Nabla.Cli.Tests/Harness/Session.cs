using System.Net;
using System.Text;
using Spectre.Console;

namespace Nabla.Cli.Tests;

/// <summary>A user at a simulated terminal, with a folder of their own and no network. The text of every command is kept.</summary>
internal sealed class Session : IDisposable
{
    private readonly StringBuilder transcript = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    /// <summary>The folder that commands start in. It lies in another, so that nothing is found beside it (../shared/data).</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("nabla-cli-").CreateSubdirectory("here").FullName;

    /// <summary>The network; without one, no server is ever reached.</summary>
    public HttpMessageHandler Network { get; init; } = new NoNetwork();

    /// <summary>Where live views are drawn; null for a pipe.</summary>
    public IAnsiConsole? Screen { get; init; }

    /// <summary>What stands in standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>What time it is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Ctrl-C.</summary>
    public Interruption Interruption { get; } = new();

    /// <summary>The exit code of the last command.</summary>
    public int ExitCode { get; private set; }

    /// <summary>What the last command wrote to standard output.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last command wrote to standard error.</summary>
    public string Messages { get; private set; } = "";

    /// <summary>All commands so far with their output, without what differs from run to run.</summary>
    public string Transcript => Normalisation.Apply(transcript.ToString(), Folder);

    /// <summary>The full path of a file in the folder.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Puts a file into the folder.</summary>
    public Session With(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), content);
        return this;
    }

    /// <summary>Puts a text file into the folder.</summary>
    public Session With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Puts all files of another user's folder into this one.</summary>
    public Session WithFilesOf(Session other)
    {
        string[] files = Directory.GetFiles(other.Folder, "*", SearchOption.AllDirectories);
        // No process but its own can read what it has locked.
        foreach (string file in files.Where(file => !file.EndsWith(".in-use", StringComparison.Ordinal)))
            With(Path.GetRelativePath(other.Folder, file), File.ReadAllBytes(file));
        return this;
    }

    /// <summary>Sets an environment variable.</summary>
    public Session WithVariable(string name, string value)
    {
        environment[name] = value;
        return this;
    }

    /// <summary>Runs <c>nabla</c> with arguments divided by spaces.</summary>
    public Session Run(string arguments, TextWriter? output = null) =>
        Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), output);

    /// <summary>Runs <c>nabla</c>, expects success, and keeps its text out of the transcript.</summary>
    public Session RunSilently(string arguments)
    {
        int before = transcript.Length;
        Run(arguments);
        Assert.Equal(Cli.ExitCode.Done, ExitCode);
        transcript.Length = before;
        return this;
    }

    /// <summary>Changes the bytes of <c>model.safetensors</c>.</summary>
    public Session Spoil(Func<byte[], byte[]> change) =>
        With("model.safetensors", change(File.ReadAllBytes(PathOf("model.safetensors"))));

    /// <summary>Runs <c>nabla</c>.</summary>
    public Session Run(string[] arguments, TextWriter? output = null)
    {
        using var heard = new StringWriter { NewLine = "\n" };
        using var messages = new StringWriter { NewLine = "\n" };
        ExitCode = CommandLine.Run(arguments, Terminal(output ?? heard, messages));
        Output = heard.ToString();
        Messages = messages.ToString();
        transcript.Append("$ nabla ").AppendJoin(' ', arguments.Select(Quoted)).Append('\n');
        AppendLines("out| ", Output);
        AppendLines("err| ", Messages);
        transcript.Append("exit code ").Append(ExitCode).Append('\n');
        return this;
    }

    /// <summary>A terminal for questions about the commands themselves.</summary>
    public static Terminal Nowhere()
    {
        using var session = new Session();
        return session.Terminal(TextWriter.Null, TextWriter.Null);
    }

    public void Dispose()
    {
        if (!Directory.Exists(Folder))
            return;
        Interruption.Dispose();
        Network.Dispose();
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
    }

    private Terminal Terminal(TextWriter output, TextWriter messages) => new()
    {
        Out = output,
        Error = messages,
        OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(Input)),
        Screen = Screen,
        Clock = Clock,
        Environment = environment,
        CurrentDirectory = Folder,
        CacheDirectory = PathOf("cache"),
        Network = Network,
        Interruption = Interruption,
    };

    private static string Quoted(string argument) =>
        argument.Length == 0 || argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument;

    private void AppendLines(string mark, string text)
    {
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (text.Length > 0)
                transcript.Append((mark + line).TrimEnd()).Append('\n');
        }
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(
                HttpRequestError.NameResolutionError, "Name or service not known", null, HttpStatusCode.ServiceUnavailable);
    }
}
