using System.Globalization;
using System.Text;

namespace Nabla.Studio;

/// <summary>A run as a command and as a program that do the same.</summary>
internal static class RunCode
{
    /// <summary>The command and the program that train with options of the page.</summary>
    /// <param name="data">Data that no command can load have a program alone.</param>
    /// <param name="options">The options by name.</param>
    public static CodeMessage Write(StudioData data, IReadOnlyDictionary<string, string> options)
    {
        var program = new StringBuilder("using Nabla;\n");
        if (data.Code.Contains("TableDataset", StringComparison.Ordinal))
            program.Append("using Nabla.Tables;\n");
        program.Append('\n').Append(data.Code.ReplaceLineEndings("\n").TrimEnd()).Append("\nvar options = new TrainingOptions\n{\n");
        foreach (string line in PageOptions.Code(options))
            program.Append(CultureInfo.InvariantCulture, $"    {line},\n");
        program.Append(
            """
            };
            var training = Training.Begin(train, options, test);
            foreach (var epoch in training.Epochs())
                Console.WriteLine(epoch);
            Console.WriteLine(training.Model.Fingerprint);
            """.ReplaceLineEndings("\n"));
        string command = data.Arguments is null ? "" : $"nabla train {data.Arguments} {string.Join(' ', PageOptions.Words(options))}";
        return new CodeMessage(command, program.ToString(), data.Files);
    }

    /// <summary>What the code of a run is, and whether it repeats the run.</summary>
    /// <param name="state">The run.</param>
    /// <param name="code">Its code; empty if it was not started with options of the page.</param>
    public static string Note(StateMessage state, CodeMessage code) => state switch
    {
        _ when code.Program.Length == 0 =>
            $"Run {state.Run} ({state.Title}) was not started with the options of this page: there is no code for it.",
        { IsRepeatable: false } => $"Run {state.Run}, without the changes of its learning rate: this code does not repeat it exactly.",
        { State: "failed" } => $"Run {state.Run} failed: this code fails likewise.",
        { State: "stopped" } => $"Run {state.Run} was stopped: this code trains it to the end.",
        _ => $"Run {state.Run}, {Languages(code)}: the same fingerprint.",
    };

    /// <summary>What the code of the form is.</summary>
    public static string Note(CodeMessage code) => $"These options, {Languages(code)}.";

    private static string Languages(CodeMessage code) => code.Command.Length > 0 ? "in a shell and in C#" : "in C#";
}
