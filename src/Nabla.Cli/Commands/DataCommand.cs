using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla data</c>: lists, downloads and makes data sets.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand(Terminal terminal)
        : base("data", "Lists, downloads and makes data sets.")
    {
        Add(new DataListCommand(terminal));
        Add(new DataFetchCommand(terminal));
        Add(new DataMakeCommand(terminal));
    }
}
