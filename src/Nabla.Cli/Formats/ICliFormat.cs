using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>A file format that nabla can use. The interfaces below define for what.</summary>
internal interface ICliFormat
{
    /// <summary>The formats in the library. If a file's bytes do not decide, the usual extensions of the first format do.</summary>
    IReadOnlyList<FileFormat> Formats { get; }

    /// <summary>Name of such a file in help texts: <c>a .npz archive</c>.</summary>
    string Noun { get; }
}

/// <summary>A format that can contain labelled examples.</summary>
internal interface ITrainingFormat : ICliFormat
{
    /// <summary>Name of such a file with labelled examples in help texts: <c>a .csv table with --target COLUMN</c>.</summary>
    string DataNoun { get; }

    /// <summary>Whether <c>--target</c> selects the targets.</summary>
    bool TakesTarget => false;

    /// <summary>Whether targets may be values.</summary>
    bool CanHoldValues => false;

    /// <summary>Whether <c>--inputs</c> and <c>--targets</c> select arrays.</summary>
    bool TakesArrayNames => false;

    /// <summary>Whether <c>--size</c>, <c>--colour</c> and <c>--grey</c> say how pictures are read.</summary>
    bool TakesPictures => false;

    /// <summary>Reads the examples. A format that takes more choices than the other method has overrides this one.</summary>
    /// <param name="file">An existing file.</param>
    /// <param name="choices">How to read it.</param>
    /// <exception cref="InvalidInputException">The file is damaged, or its content cannot be used.</exception>
    LabelledData Load(NamedFile file, DataChoices choices) => Load(file, choices.Targets, choices.Kind, choices.Encoding);

    /// <summary>Reads the examples.</summary>
    /// <param name="file">An existing file.</param>
    /// <param name="targets">The columns to predict; may be empty.</param>
    /// <param name="kind">Whether the targets are classes or values.</param>
    /// <param name="encoding">How an earlier table was encoded; null if there is none.</param>
    /// <exception cref="InvalidInputException">The file is damaged, or its content cannot be used.</exception>
    LabelledData Load(NamedFile file, IReadOnlyList<string> targets, TargetKind kind, TableEncoding? encoding);
}

/// <summary>A format that can contain inputs without labels.</summary>
internal interface IInputFormat : ICliFormat
{
    /// <summary>Reads inputs for a model.</summary>
    /// <returns>[examples, features], not scaled.</returns>
    /// <exception cref="InvalidInputException">The file is damaged, or does not fit the model.</exception>
    FeatureTable ReadInputs(NamedFile file, Model model, Terminal terminal);
}

/// <summary>A format whose files can be inspected.</summary>
internal interface IInspectableFormat : ICliFormat
{
    /// <summary>Returns the content of a file.</summary>
    /// <exception cref="InvalidInputException">The file is damaged.</exception>
    Findings Inspect(NamedFile file);
}
