using System.CommandLine;

namespace Nabla.Cli;

/// <summary>--json: results as one JSON object per line.</summary>
internal sealed class JsonSwitch() : Switch("--json", "Print results as one JSON object per line.")
{
    public static JsonSwitch AddTo(Command command)
    {
        var json = new JsonSwitch();
        command.Add(json);
        return json;
    }
}
