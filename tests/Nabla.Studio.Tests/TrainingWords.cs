using System.CommandLine;
using Nabla.Cli;

namespace Nabla.Studio.Tests;

/// <summary>Reads training options from words as <c>nabla train</c> does.</summary>
internal static class TrainingWords
{
    /// <summary>Reads the options.</summary>
    /// <param name="words">For example <c>--layers</c> and <c>128,64</c>.</param>
    /// <exception cref="InvalidOptionException">They cannot be used.</exception>
    public static Preset Parse(IReadOnlyList<string> words)
    {
        var set = TrainingOptionCatalogue.ForTraining();
        var command = new Command("train");
        set.AddTo(command);
        var parse = command.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (ParseProblem.Find(parse) is { } problem)
            throw new InvalidOptionException($"{problem.What}: {problem.Why}", problem.Remedy ?? "Use other values.");
        try
        {
            return set.Bind(parse).Preset;
        }
        catch (UsageException error)
        {
            throw new InvalidOptionException($"{error.What}: {error.Why}", error.Remedy);
        }
    }
}
