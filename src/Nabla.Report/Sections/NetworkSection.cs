using Nabla.Explain;

namespace Nabla.Report;

/// <summary>Weights, activations, and units that do not answer.</summary>
internal static class NetworkSection
{
    private const int MostUnits = 64; // of the first layer, as images
    private const int MostLayers = 8; // with histograms

    public static void Write(HtmlWriter html, ReportFindings findings)
    {
        if (findings.Request.Model.Members.Count > 0)
            html.Element("p", $"The first of {findings.Request.Model.Members.Count} networks.").Line();
        WriteUnits(html, findings);
        if (TileSheet.IsPicture(findings.Network.InputShape))
            WriteFirstLayer(html, findings.Network);
        int layers = findings.Weights.Count;
        if (layers > MostLayers)
            html.Element("p", $"Shown are the histograms of the first {MostLayers} of {layers} layers.").Line();
        html.Element("div", () =>
        {
            foreach (var layer in findings.Weights.Take(MostLayers))
            {
                WriteHistogram(
                    html, $"Weights of layer {layer.Layer}", "weight", layer.Values,
                    "How the weights are distributed. A narrow heap around 0 is usual; a few weights far outside carry much, and a very "
                    + "wide heap often goes with saturated units.");
                if (findings.Units is { } units)
                    WriteActivations(html, units, layer.Layer);
            }
        }, ("class", "grid")).Line();
    }

    private static void WriteUnits(HtmlWriter html, ReportFindings findings)
    {
        html.Element("h3", "Layers").Line();
        string[] header = ["layer", "activation", "inputs", "units", "mean weight", "deviation"];
        string[] answers = findings.Units is null ? [] : ["dead units", "saturated units", "flat answers"];
        html.Table("The layers, from the inputs on", [.. header, .. answers], findings.Weights.Select(layer => (string[])
        [
            $"{layer.Layer}", findings.Network.Topology.Layers[layer.Layer].Activation.ToString(), FigureText.Whole(layer.Inputs),
            FigureText.Whole(layer.Outputs), FigureText.Digits(layer.Mean), FigureText.Digits(layer.StandardDeviation),
            .. findings.Units is { } units ? Answers(units.Layers[layer.Layer]) : [],
        ]), leftColumns: 2);
        if (findings.Units is not { } found)
            return;
        html.Element(
            "p", $"An answer is flat if the slope of the activation is below 1 % of its steepest slope: hardly any gradient passes. A unit "
            + $"is dead if all its answers are flat, and saturated if {LayerUnits.SaturatedShare:0 %} of them are ({found.Used} of "
            + $"{found.Rows} examples were used).{AboutOutputs(found.Layers[^1])}", ("class", "muted")).Line();
    }

    private static string AboutOutputs(LayerUnits outputs) => outputs.FlatShare is not null
        ? ""
        : " The outputs are not judged: with this loss, their gradient does not depend on that slope.";

    private static string[] Answers(LayerUnits units) => units.FlatShare is { } share
        ? [FigureText.Whole(units.Dead.Count), FigureText.Whole(units.Saturated.Count), FigureText.Share(share)]
        : [FigureText.Undefined, FigureText.Undefined, FigureText.Undefined];

    private static void WriteFirstLayer(HtmlWriter html, Model model)
    {
        int inputs = model.Topology.Inputs(0), units = model.Topology.Outputs(0), shown = Math.Min(units, MostUnits);
        var weights = model.Network.Weights(0); // [inputs, units]
        var sheet = new TileSheet(model.InputShape, shown);
        var rows = new List<string[]>();
        for (int unit = 0; unit < shown; unit++)
        {
            var tile = new float[inputs];
            for (int input = 0; input < inputs; input++)
                tile[input] = weights[input * units + unit];
            float largest = tile.Max(Math.Abs);
            sheet.Set(unit, tile, -largest, largest);
            float bias = model.Network.Biases(0)[unit];
            rows.Add([$"{unit}", FigureText.Digits(tile.Min()), FigureText.Digits(tile.Max()), FigureText.Digits(bias)]);
        }
        string part = shown < units ? $" Shown are the first {shown} of {units} units." : "";
        new Figure(
            "Weights of the first layer",
            "Each square is one unit: white pixels excite it, black ones inhibit it, and grey ones do not matter. Strokes and edges say "
            + "that it has learned a pattern; mere noise, that it has kept its initial values." + part,
            ["unit", "smallest weight", "largest weight", "bias"], rows) { IsWide = true }
            .Write(html, () => html.Empty(
                "img", ("src", sheet.ToDataAddress()), ("alt", $"Weights of {shown} units of the first layer as {sheet}"),
                ("width", $"{sheet.SheetWidth}"), ("height", $"{sheet.SheetHeight}"), ("class", "pixels sheet")));
    }

    private static void WriteActivations(HtmlWriter html, UnitReport units, int layer) => WriteHistogram(
        html, $"Activations of layer {layer}", "activation", units.Layers[layer].Activations,
        $"What the units answer to {units.Used} of {units.Rows} examples. Everything in one bin, or at both ends of sigmoid or tanh, says "
        + "that the layer passes on little.");

    private static void WriteHistogram(HtmlWriter html, string title, string axis, Histogram histogram, string reading) =>
        new Figure(title, reading, HistogramChart.Header, [.. HistogramChart.Rows(histogram)]).Write(
            html, () => HistogramChart.Write(html, $"Histogram: {histogram}.", axis, histogram));
}
