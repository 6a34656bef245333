using System.CommandLine;

namespace Nabla.Cli;

/// <summary>--json: results as one JSON object a line.</summary>
internal sealed class JsonFlag() : Switch("--json", "Print results as one JSON object a line.")
{
    public static JsonFlag AddTo(Command command)
    {
        var flag = new JsonFlag();
        command.Add(flag);
        return flag;
    }
}
