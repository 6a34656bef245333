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

    /// <summary>Whether <c>--target</c> selects the targets, and the other options for tables apply.</summary>
    bool TakesTarget => false;

    /// <summary>Whether targets may be values.</summary>
    bool CanHoldValues => false;

    /// <summary>Whether <c>--inputs</c> and <c>--targets</c> select arrays.</summary>
    bool TakesArrayNames => false;

    /// <summary>Whether <c>--targets</c> names the file of the targets, which the file itself does not have.</summary>
    bool TakesTargetFile => false;

    /// <summary>Whether the inputs can stay on disk (<c>--on-disk</c>).</summary>
    bool StaysOnDisk => false;

    /// <summary>Whether <c>--size</c>, <c>--colour</c> and <c>--grey</c> say how pictures are read.</summary>
    bool TakesPictures => false;

    /// <summary>Reads the examples.</summary>
    /// <param name="file">An existing file.</param>
    /// <param name="request">What the user asked for.</param>
    /// <param name="encoding">How an earlier table was encoded; null if there is none.</param>
    /// <exception cref="InvalidInputException">The file is damaged, or its content cannot be used.</exception>
    LabelledData Load(NamedFile file, DataRequest request, TableEncoding? encoding);
}

/// <summary>A format that can contain inputs without labels.</summary>
internal interface IInputFormat : ICliFormat
{
    /// <summary>Reads inputs for a model.</summary>
    /// <param name="file">An existing file.</param>
    /// <param name="model">The model.</param>
    /// <param name="table">How to read a table.</param>
    /// <param name="terminal">Where notices go.</param>
    /// <returns>[examples, features], not scaled.</returns>
    /// <exception cref="InvalidInputException">The file is damaged, or does not fit the model.</exception>
    FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal);
}

/// <summary>A format whose files can be inspected.</summary>
internal interface IInspectableFormat : ICliFormat
{
    /// <summary>Returns the content of a file.</summary>
    /// <param name="file">An existing file.</param>
    /// <param name="request">What the user asked for; only tables use it.</param>
    /// <exception cref="InvalidInputException">The file is damaged.</exception>
    Findings Inspect(NamedFile file, DataRequest request);
}
