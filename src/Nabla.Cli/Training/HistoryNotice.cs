namespace Nabla.Cli;

/// <summary>Tells the user if a model file lacks the history of the training run.</summary>
internal static class HistoryNotice
{
    public static void Write(Model model, Terminal terminal)
    {
        if (!model.FitsHistory)
        {
            terminal.Inform(
                $"The histories of {model.Members.Count} networks are too long for a model file and were left out: a report on this file "
                + "has no pictures of the training.");
        }
    }
}
