using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>A file format that nabla can use. What a file of it can give, the interfaces below say.</summary>
internal interface IUsableFormat
{
    /// <summary>The formats as the library detects them. If a file's bytes do not tell, the first one's usual extensions do.</summary>
    IReadOnlyList<FileFormat> Formats { get; }

    /// <summary>A file of it, for help texts: <c>a .npz archive</c>.</summary>
    string Noun { get; }
}

/// <summary>A format that can hold labelled examples.</summary>
internal interface ITrainingFormat : IUsableFormat
{
    /// <summary>A file of it with labelled examples, for help texts: <c>a .csv table with --target COLUMN</c>.</summary>
    string DataNoun { get; }

    /// <summary>Whether <c>--target</c> names the targets.</summary>
    bool TakesTarget => false;

    /// <summary>Whether targets may be values, not classes alone.</summary>
    bool CanHoldValues => false;

    /// <summary>Reads the examples.</summary>
    /// <param name="file">An existing file.</param>
    /// <param name="targets">The columns to predict; empty if none was named.</param>
    /// <param name="kind">What the targets are.</param>
    /// <param name="encoding">How an earlier table was encoded; null if there is none.</param>
    /// <exception cref="InvalidInputException">The file is damaged, or its content cannot be used.</exception>
    LabelledData Load(NamedFile file, IReadOnlyList<string> targets, TargetKind kind, TableEncoding? encoding);
}

/// <summary>A format that can hold inputs without labels.</summary>
internal interface IInputFormat : IUsableFormat
{
    /// <summary>Reads inputs for a model.</summary>
    /// <returns>[examples, features], not scaled.</returns>
    /// <exception cref="InvalidInputException">The file is damaged, or does not fit the model.</exception>
    FeatureTable ReadInputs(NamedFile file, Model model, Terminal terminal);
}

/// <summary>A format whose files can be inspected.</summary>
internal interface IInspectableFormat : IUsableFormat
{
    /// <summary>Says what is in a file.</summary>
    /// <exception cref="InvalidInputException">The file is damaged.</exception>
    Findings Inspect(NamedFile file);
}
