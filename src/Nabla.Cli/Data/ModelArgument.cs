using System.CommandLine;

namespace Nabla.Cli;

/// <summary>MODEL: a saved model.</summary>
internal sealed class ModelArgument : NamedArgument<string>
{
    public ModelArgument()
        : base("MODEL")
    {
        Description = "A model file saved by nabla train.";
        CompletionSources.Add(Candidate.NamesAndFiles([]));
    }

    /// <exception cref="InvalidInputException">There is no such file, or it is not a model.</exception>
    public Model Load(ParseResult parse, Terminal terminal) => Model.Load(FullPath(parse.GetValue(this)!, terminal));

    /// <summary>The full path of a model file.</summary>
    /// <exception cref="InvalidInputException">There is no such file, or its format is not that of a model.</exception>
    public static string FullPath(string name, Terminal terminal)
    {
        var file = NamedFile.From(name, terminal);
        _ = CliFormats.Find<ModelFormat>(file, $"cannot load {file.DisplayPath}", "Use a model file saved by nabla train.");
        return file.FullPath;
    }
}
