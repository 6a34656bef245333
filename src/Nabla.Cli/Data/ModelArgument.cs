using System.CommandLine;

namespace Nabla.Cli;

/// <summary>MODEL: a saved model.</summary>
internal sealed class ModelArgument : Argument<string>
{
    public ModelArgument()
        : base("MODEL")
    {
        Description = "A model file that nabla train has saved.";
    }

    /// <exception cref="InvalidInputException">There is no such file, or it is no model.</exception>
    public Classifier Load(ParseResult parse, Terminal terminal) => Classifier.Load(Existing(parse.GetValue(this)!, terminal));

    /// <summary>The full path of a model file.</summary>
    /// <exception cref="InvalidInputException">There is no such file, or it is of another kind.</exception>
    public static string Existing(string written, Terminal terminal)
    {
        string path = terminal.FullPath(written);
        return ContentKinds.Of(path, terminal) == ContentKind.Safetensors
            ? path
            : throw new InvalidInputException($"cannot load {terminal.Shown(path)}", terminal.Shown(path), "it is no model file", "Save one with nabla train.");
    }
}
