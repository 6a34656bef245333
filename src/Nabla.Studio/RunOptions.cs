using System.Globalization;
using System.Text;

namespace Nabla.Studio;

/// <summary>The training options of a request, as words of a command line and as code.</summary>
internal static class RunOptions
{
    private const int LongestValue = 100;

    // Those that the page may set. Others, such as the number of threads, are not the page's business.
    private static readonly Dictionary<string, Func<string, string>?> Allowed = new(StringComparer.Ordinal)
    {
        ["layers"] = text => $"Hidden = [{(text == "none" ? "" : text.Replace(",", ", ", StringComparison.Ordinal))}]",
        ["activation"] = text => $"Activation = Activation.All.Parse(\"{text}\").Kind",
        ["loss"] = text => $"Loss = Loss.All.Parse(\"{text}\").Kind",
        ["output-activation"] = text => $"OutputActivation = Activation.All.Parse(\"{text}\").Kind",
        ["scaling"] = text => $"Scaling = Scaling.All.Parse(\"{text}\").Kind",
        ["optimizer"] = null, // With the learning rate and the decay, below.
        ["learning-rate"] = null,
        ["l2"] = null,
        ["schedule"] = text => $"Schedule = Schedule.All.Parse(\"{text}\").Kind",
        ["dropout"] = text => $"Dropout = {text}f",
        ["batch-size"] = text => $"BatchSize = {text}",
        ["epochs"] = text => $"Epochs = {text}",
        ["init"] = text => $"Initialization = Initialization.All.Parse(\"{text}\").Kind",
        ["seed"] = text => $"Seed = {text}",
    };

    /// <summary>The options as words of a command line, in the order of the page.</summary>
    /// <exception cref="InvalidInputException">An option is unknown, or its value cannot be one.</exception>
    public static IReadOnlyList<string> Arguments(IReadOnlyDictionary<string, string> options)
    {
        foreach (var (name, value) in options)
        {
            if (!Allowed.ContainsKey(name))
                throw Invalid(name, "the page has no such option");
            if (value is not { Length: > 0 and <= LongestValue } || value[0] == '-' || !value.All(IsPlain))
                throw Invalid(name, "its value is empty, too long, or has other characters than letters, digits and , . : = + -");
        }
        return [.. from name in Allowed.Keys
                   where options.ContainsKey(name)
                   from word in new[] { $"--{name}", options[name] }
                   select word];
    }

    /// <summary>The command and the program that do the same as a run.</summary>
    public static CodeMessage Code(StudioData data, IReadOnlyDictionary<string, string> options)
    {
        var lines = Allowed.Where(pair => pair.Value is not null && options.ContainsKey(pair.Key))
            .Select(pair => pair.Value!(options[pair.Key])).Append(Optimizer(options)).Where(line => line.Length > 0);
        var program = new StringBuilder("using Nabla;\n");
        if (data.Code.Contains("TableDataset", StringComparison.Ordinal))
            program.Append("using Nabla.Tables;\n");
        program.Append('\n').Append(data.Code.ReplaceLineEndings("\n").TrimEnd()).Append("\nvar options = new TrainingOptions\n{\n");
        foreach (string line in lines)
            program.Append(CultureInfo.InvariantCulture, $"    {line},\n");
        program.Append(
            """
            };
            var training = Training.Begin(train, options, test);
            foreach (var epoch in training.Epochs())
                Console.WriteLine(epoch);
            Console.WriteLine(training.Model.Fingerprint);
            """.ReplaceLineEndings("\n"));
        return new CodeMessage($"nabla train {data.Arguments} {string.Join(' ', Arguments(options))}", program.ToString(), data.Files);
    }

    /// <summary>What the code of a run is, and whether it repeats the run.</summary>
    /// <param name="state">The run.</param>
    /// <param name="hasOptions">Whether it was started with options of the page.</param>
    public static string Note(StateMessage state, bool hasOptions) => state switch
    {
        _ when !hasOptions => $"Run {state.Run} ({state.Title}) was not started with the options of this page: there is no code for it.",
        { IsRepeatable: false } => $"Run {state.Run}, without the changes of its learning rate: this code does not repeat it exactly.",
        { State: "stopped" } => $"Run {state.Run} was stopped: this code trains it to the end.",
        _ => $"Run {state.Run}, in a shell and in C#: the same fingerprint.",
    };

    private static string Optimizer(IReadOnlyDictionary<string, string> options)
    {
        string[] changes = [.. new[] { ("learning-rate", "LearningRate"), ("l2", "WeightDecay") }
            .Where(pair => options.ContainsKey(pair.Item1)).Select(pair => $"{pair.Item2} = {options[pair.Item1]}f")];
        if (changes.Length == 0 && !options.ContainsKey("optimizer"))
            return "";
        string kind = $"OptimizerOptions.All.Parse(\"{options.GetValueOrDefault("optimizer", "adam")}\").Kind";
        return $"Optimizer = {kind}{(changes.Length == 0 ? "" : $" with {{ {string.Join(", ", changes)} }}")}";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is ',' or '.' or ':' or '=' or '+' or '-';

    private static InvalidInputException Invalid(string name, string why) =>
        new("these options cannot be used", $"the option {name}", why, "Choose one of the values of the page.");
}
