using System.CommandLine;

namespace Nabla.Cli.Tests;

/// <summary>What is proposed at the end of a command line.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("nabla tr", "train")]
    [InlineData("nabla data ", "list fetch make")]
    [InlineData("nabla data fetch ", "mnist")]
    [InlineData("nabla data fetch mnist ", "--data-dir --help")]
    [InlineData("nabla completions ", "bash zsh fish pwsh")]
    [InlineData("nabla train ", "mnist digits :files")]
    [InlineData("nabla train di", "digits :files")]
    [InlineData("nabla train my\\ own\\ dig", ":files")]
    [InlineData("nabla train 'my own' --drop-", "--drop-last")]
    [InlineData("nabla train mnist --clip", "--clip-predictions --clip-norm --clip-value")]
    [InlineData("nabla train --clip-norm 1 --clip-value=1 --clip", "--clip-predictions")]
    [InlineData("nabla train --target a --targ", "--target --targets")]
    [InlineData("nabla train --shuffle ", "mnist digits :files")]
    [InlineData("nabla train --activation s", "sigmoid softsign selu silu softplus sigmoid-as-printed")]
    [InlineData("nabla train --activation=ta", "--activation=tanh")]
    [InlineData("nabla train --optimizer momentum:", "momentum:learning-rate= momentum:l2= momentum:momentum= momentum:nesterov=")]
    [InlineData("nabla train --optimizer momentum:momentum=0.5,n", "momentum:momentum=0.5,nesterov=")]
    [InlineData("nabla train --optimizer=adam:beta", "--optimizer=adam:beta1= --optimizer=adam:beta2=")]
    [InlineData("nabla train --epochs ", "")]
    [InlineData("nabla train --task ", "classification regression")]
    [InlineData("nabla train --validation ", "none :files")]
    [InlineData("nabla train --out ", ":files")]
    [InlineData("nabla train --out=m", ":files")]
    [InlineData("nabla train --report ", ":files")]
    [InlineData("nabla train --report --js", "--json")]
    [InlineData("nabla search --try la", "layers= label-smoothing=")]
    [InlineData("nabla predict model.safetensors a.png ", ":files")]
    [InlineData("nabla predict -- --", ":files")]
    [InlineData("nabla gradcheck --vers", "")]
    [InlineData("nabla --vers", "--version")]
    [InlineData("nabla unknown ", "")]
    [InlineData("nabla train @file --resu", "--resume")]
    [InlineData("nabla", "")]
    [InlineData("", "")]
    public void The_end_of_a_line_is_completed(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', Candidates("[suggest]", line).Select(candidate => candidate.Split(' ')[0])));

    [Fact]
    public void Candidates_have_descriptions()
    {
        Assert.Equal(["data Lists, downloads and makes data sets."], Candidates("[suggest]", "nabla da"));
        Assert.Equal(["relu max(0, z)"], Candidates("[suggest]", "nabla train --activation re"));
        Assert.Equal(["elu:alpha= default: 1"], Candidates("[suggest]", "nabla train --activation elu:"));
    }

    [Theory]
    [InlineData("[suggest:8]", "train")]
    [InlineData("[suggest:99]", "mnist")]
    [InlineData("[suggest:x]", "mnist")]
    public void What_follows_the_cursor_is_ignored(string directive, string expected) =>
        Assert.Equal(expected, Candidates(directive, "nabla train mn")[0].Split(' ')[0]);

    [Fact]
    public void Every_command_option_and_choice_is_proposed()
    {
        var root = CommandLine.Root(Session.Nowhere());
        foreach (var (path, command) in Commands(root, "nabla"))
        {
            string[] proposed = Names($"{path} --");
            Assert.Equal(command.Options.Where(option => option.Name != "--help").Select(option => option.Name).Order(),
                proposed.Where(name => name != "--help").Order());
            Assert.Contains("--help", proposed);
            Assert.All(command.Subcommands, sub => Assert.Contains(sub.Name, Names($"{path} ")));
        }
        Assert.Equal(Presets.All.Keys, Names("nabla train --preset "));
        Assert.Equal(Loss.All.Names, Names("nabla train --loss "));
        Assert.Equal(Schedule.All.Names, Names("nabla train --schedule "));
        Assert.Equal(Activation.All.Names, Names("nabla train --output-activation "));
    }

    [Fact]
    public void A_shell_that_is_not_known_is_refused()
    {
        using var session = new Session().Run("completions csh");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("the shells are bash, zsh, fish or pwsh", session.Messages, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, Command Command)> Commands(Command command, string path) =>
        command.Subcommands.SelectMany(sub => Commands(sub, $"{path} {sub.Name}")).Prepend((path, command));

    private static string[] Names(string line) => [.. Candidates("[suggest]", line).Select(candidate => candidate.Split(' ')[0])];

    private static string[] Candidates(string directive, string line)
    {
        using var session = new Session().Run([directive, line]);
        Assert.Equal((ExitCode.Done, ""), (session.ExitCode, session.Messages));
        return session.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
