using System.CommandLine;

namespace Nabla.Cli;

/// <summary>--json: results as one JSON object a line.</summary>
internal sealed class JsonFlag() : Option<bool>("--json")
{
    public static JsonFlag AddTo(Command command)
    {
        var flag = new JsonFlag { Description = "Print results as one JSON object a line." };
        command.Add(flag);
        return flag;
    }

    public bool IsGiven(ParseResult parse) => parse.GetValue(this);
}
