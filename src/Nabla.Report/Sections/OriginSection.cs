namespace Nabla.Report;

/// <summary>Options, notices, fingerprint, and the command that repeats the run.</summary>
internal static class OriginSection
{
    public static void Write(HtmlWriter html, ReportFindings findings)
    {
        var request = findings.Request;
        if (request.Command is { } command)
        {
            html.Element("p", request.IsInterrupted
                ? "The training run was interrupted, and the model has the parameters of its last step. The run began with this command:"
                : "This command repeats the training run, and gives the same fingerprint:").Line();
            html.Element("pre", () => html.Element("code", command), ("tabindex", "0")).Line();
        }
        html.Element("dl", () =>
        {
            foreach (var (name, value) in FactsOf(findings))
            {
                html.Element("dt", name);
                html.Element("dd", value);
            }
        }, ("class", "facts")).Line();
        if (request.Notices.Count == 0)
            return;
        html.Element("h3", "Notices about the data").Line();
        html.Element("ul", () =>
        {
            foreach (string notice in request.Notices)
                html.Element("li", notice);
        }).Line();
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(ReportFindings findings)
    {
        var (request, model) = (findings.Request, findings.Request.Model);
        yield return ("fingerprint", model.Fingerprint);
        yield return ("task", model.Task);
        yield return ("network", $"{model.Topology}, {model.Topology.ParameterCount} parameters");
        if (model.Members.Count > 0)
            yield return ("members", $"{model.Members.Count}, whose predictions are averaged");
        yield return ("loss", $"{model.Options.Loss}");
        yield return ("trained with", $"{model.Options}");
        yield return ("input shape", string.Join(" x ", model.InputShape));
        yield return ("scaling of inputs", findings.Network.Preprocessing.Scaling.ToString());
        if (request.Encoding is not { } table)
            yield break;
        yield return ("target", string.Join(", ", table.TargetColumns));
        yield return ("columns", string.Join(", ", table.Columns.Select(column => column.Name)));
    }
}
