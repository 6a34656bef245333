using Nabla.Report;

namespace Nabla.Cli;

/// <summary>Computes a report and writes it.</summary>
internal static class ReportFile
{
    public const string DefaultName = "report.html";
    public const string Extension = ".html";

    /// <summary>Computes the report on a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="modelName">The name of its file.</param>
    /// <param name="found">The examples to measure it on; null for none.</param>
    /// <param name="why">Why there are no examples.</param>
    /// <param name="terminal">The outside world.</param>
    public static ReportFindings Compute(Model model, string modelName, ReportData.Found? found, string? why, Terminal terminal)
    {
        var request = new ReportRequest(model, Path.GetFileName(modelName))
        {
            Data = found?.Measured.Examples, Rows = found?.Measured.Rows, DataDescription = found?.Measured.Description ?? why,
            Encoding = found?.Encoding, Notices = found?.Notices ?? [], Command = ModelNotes.CommandOf(model),
            IsInterrupted = model.Notes.ContainsKey(ModelNotes.Interrupted),
        };
        return ReportFindings.Compute(request, terminal.Interruption.Token);
    }

    /// <summary>Writes a report, and tells the user.</summary>
    /// <exception cref="OutputException">It could not be written; an older file is unchanged.</exception>
    public static void Save(OutputFile file, ReportFindings findings, Terminal terminal)
    {
        file.Save(path => AtomicFile.Write(path, stream => ReportPage.Write(findings, stream)));
        terminal.Inform($"Wrote the report {file.DisplayPath}; open it in a browser.");
    }
}
