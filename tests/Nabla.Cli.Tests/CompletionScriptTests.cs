using System.ComponentModel;
using System.Diagnostics;

namespace Nabla.Cli.Tests;

/// <summary>The scripts of <c>nabla completions</c> in the shells themselves; a shell that is not installed is skipped.</summary>
public sealed class CompletionScriptTests
{
    // readline runs the function; compopt can only be called then, so that another one prints what is asked for.
    private const string Bash = """
        eval "$(nabla completions bash)"
        compopt() { echo "compopt $*"; }
        complete() {
            COMP_LINE=$1 COMP_POINT=${#1}
            _nabla nabla
            echo "${COMPREPLY[*]}"
        }
        """;

    // zsh calls the function with the words in $words; _describe and _files would draw a list.
    private const string Zsh = """
        compdef() { :; }
        _describe() { print -r -- "${(P)2} ${@:3}"; }
        compset() { PREFIX=${PREFIX#--*=}; }
        _files() { print -r -- "files $PREFIX"; }
        eval "$(nabla completions zsh)"
        complete() { words=("${(@s: :)1}"); CURRENT=$#words; PREFIX=$words[CURRENT]; _nabla; }
        """;

    [Fact]
    public void Bash_completes() => Check(
        lines => Run("bash", "-c", $"{Bash}\n{Each(lines, "complete '{0}'")}"),
        ("nabla tra", "train"),
        ("nabla train --activation=re", "relu"),
        ("nabla train --activation elu:a", "compopt -o nospace\nalpha="),
        ("nabla train m", "compopt -o filenames\nmnist my file.npz"),
        ("nabla train --out=my", "compopt -o default\n"));

    [Fact]
    public void Zsh_completes() => Check(
        lines => Run("zsh", "-f", "-c", $"{Zsh}\n{Each(lines, "complete '{0}'")}"),
        ("nabla tra", "train:Trains a network and saves it. "),
        ("nabla train --activation=re", "--activation=relu:max(0, z) "),
        ("nabla train --activation elu:a", "elu\\:alpha=:default: 1 -S "),
        ("nabla train --out=my", "files my"),
        ("nabla train dig", "digits:digits \nfiles dig"));

    [Fact]
    public void Fish_completes() => Check(
        lines => Run("fish", "--no-config", "-c", $"nabla completions fish | source\n{Each(lines, "complete -C '{0}'")}"),
        ("nabla tra", "train\tTrains a network and saves it."),
        ("nabla train --activation=re", "--activation=relu\tmax(0, z)"),
        ("nabla train --out=my", "--out=my file.npz"),
        ("nabla train m", "mnist\nmy file.npz"));

    [Fact]
    public void PowerShell_completes() => Check(
        lines => Run(
            "pwsh", "-NoProfile", "-Command",
            "nabla completions pwsh | Out-String | Invoke-Expression\n"
            + Each(
                lines,
                "(TabExpansion2 '{0}' '{0}'.Length).CompletionMatches | Select -First 2 | % { $_.CompletionText -replace '.*my', 'my' }")),
        ("nabla tra", "train"),
        ("nabla train --activation ", "sigmoid\ntanh"),
        ("nabla train m", "mnist\nmy file.npz'"));

    /// <summary>Completes lines in one process of a shell.</summary>
    private static void Check(Func<IEnumerable<string>, string> run, params (string Line, string Expected)[] cases) =>
        Assert.Equal(string.Concat(cases.Select(one => $"{one.Line}\n{one.Expected}\n")), run(cases.Select(one => one.Line)));

    /// <summary>Commands that print each line, and what a command makes of it.</summary>
    private static string Each(IEnumerable<string> lines, string command) =>
        string.Concat(lines.Select(line => $"echo '{line}'\n{command.Replace("{0}", line, StringComparison.Ordinal)}\n"));

    /// <summary>Runs a shell with <c>nabla</c> on its path, in a folder with one file.</summary>
    private static string Run(string shell, params string[] arguments)
    {
        using var session = new Session().With("my file.npz", "");
        var start = new ProcessStartInfo(shell, arguments)
        {
            WorkingDirectory = session.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string folder = Path.GetDirectoryName(session.Folder)!;
        File.CreateSymbolicLink(Path.Combine(folder, "nabla"), Path.Combine(AppContext.BaseDirectory, "Nabla.Cli"));
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal((0, ""), (process.ExitCode, error.Result));
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"This machine has no {shell}.");
            throw;
        }
    }
}
