using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

/// <summary>The manual page of <c>nabla manual</c>.</summary>
public sealed partial class ManualTests
{
    [Fact]
    public void Every_text_of_the_help_is_in_it()
    {
        string page = Unescape(Page());
        foreach (var command in Commands(CommandLine.Root(Session.Nowhere())))
        {
            Assert.Contains(command.Description!.TrimEnd('.'), page, StringComparison.Ordinal);
            Assert.All(command.Arguments, argument => Assert.Contains(
                $".TP\n.B \"{argument.Name}\"\n{argument.Description}\n", page, StringComparison.Ordinal));
            Assert.All(command.Options, option => Assert.Matches(
                $"(?m)^[.]TP\n[.]BI? \"(.*, )?{Regex.Escape(option.Name)} ?\".*\n{Regex.Escape(option.Description!)}$", page));
        }
    }

    [Fact]
    public void A_shell_finds_its_hyphens_and_no_text_becomes_a_macro()
    {
        string[] lines = Page().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // But the date in the title, which readers of manual pages recognize with plain hyphens alone.
        Assert.All(lines[1..], line => Assert.DoesNotMatch(@"(?<!\\)-", line));
        Assert.All(lines, line => Assert.True(line[0] != '\'' && (line[0] != '.' || Macro().IsMatch(line)), line));
    }

    [Fact]
    public void Exit_codes_and_variables_are_those_of_the_document()
    {
        string[] document = File.ReadAllLines(Path.Combine(Snapshot.Root, "docs", "command-line.md"));
        Assert.Equal(
            Table(document, "## Exit codes"), ManualPage.ExitCodes.Select(row => $"{row.Code} | {row.Meaning}"));
        Assert.Equal(
            Table(document, "## Environment variables"), ManualPage.Variables.Select(row => $"{row.Name} | {row.Meaning}"));
    }

    [Theory]
    [InlineData("mandoc", "-T lint -W warning")]
    [InlineData("groff", "-man -Tutf8 -ww -z -")]
    public async Task Readers_of_manual_pages_find_nothing_wrong(string reader, string arguments)
    {
        var start = new ProcessStartInfo(reader, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardInput.WriteAsync(Page());
            process.StandardInput.Close();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal((0, "", ""), (process.ExitCode, output, await error));
        }
        catch (Win32Exception)
        {
            Assert.Skip($"This machine has no {reader}.");
        }
    }

    private static string Page()
    {
        using var session = new Session().Run("manual");
        Assert.Equal((ExitCode.Done, ""), (session.ExitCode, session.Messages));
        return session.Output;
    }

    private static string Unescape(string page) => page
        .Replace("\\-", "-", StringComparison.Ordinal).Replace("\\(aq", "'", StringComparison.Ordinal)
        .Replace("\\(ha", "^", StringComparison.Ordinal).Replace("\\(ti", "~", StringComparison.Ordinal);

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);

    private static IEnumerable<string> Table(string[] document, string heading) => document
        .SkipWhile(line => line != heading).SkipWhile(line => line != "|---|---|").Skip(1).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Trim('|', ' ').Replace("`", "", StringComparison.Ordinal));

    [GeneratedRegex(@"^\.(TH|SH|SS|TP|B|BI)\b")]
    private static partial Regex Macro();
}
