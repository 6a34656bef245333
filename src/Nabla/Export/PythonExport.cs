using System.Text;

namespace Nabla;

/// <summary>Writes a model as one Python file that needs NumPy alone.</summary>
internal sealed class PythonExport
{
    private static readonly PythonActivationCode Code = new();

    private readonly Model model;
    private readonly Model[] members;
    private readonly List<Activation> activations;
    private readonly bool isClassifier;

    private PythonExport(Model model)
    {
        this.model = model;
        members = model.Members.Count == 0 ? [model] : [.. model.Members];
        activations = [.. model.Topology.Layers.Select(layer => layer.Activation).Distinct()];
        isClassifier = model is Classifier;
    }

    /// <summary>The program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">
    /// The function encode(rows), which makes features of rows of a table; null if the model takes features as they are.
    /// </param>
    /// <exception cref="InvalidInputException">The model is too large for a source file.</exception>
    public static string Write(Model model, string? rows = null)
    {
        ProgramText.RequireSize(model);
        return new PythonExport(model).Program(rows);
    }

    private string Program(string? rows) => $$""""
        # {{ProgramText.Escaped($"{model}")}}
        # {{model.Fingerprint}}
        # Written by nabla. Export the model again instead of changing this file.
        """A trained network, with NumPy alone: {{(rows is null ? "predict(examples)" : "predict(encode(rows))")}}."""
        import base64{{(rows is null ? "" : "\nimport datetime")}}

        import numpy as np

        f32, i32 = np.float32, np.int32

        FEATURES = {{model.Topology.Inputs(0)}}
        {{(isClassifier ? "CLASSES" : "TARGETS")}} = [
            {{string.Join(",\n    ", model.OutputNames.Select(ProgramText.Quoted))}},
        ]


        def predict(examples):
            """{{(isClassifier ? "Scores" : "Values")}} of [examples, FEATURES]: [examples, {{model.OutputNames.Count}}]."""
            examples = np.atleast_2d(np.asarray(examples, np.float64))
            if examples.ndim != 2 or examples.shape[1] != FEATURES:
                raise ValueError(f"the model takes [examples, {FEATURES}] features, not {list(examples.shape)}")
            each = [{{(isClassifier ? "run" : "values")}}(examples, *network) for network in NETWORKS]
            outputs = np.mean(each, axis=0, dtype=np.float64)
            if np.isnan(outputs).any():
                raise ValueError("an output is not a number: a feature is not finite, or far too large")
            return outputs{{(isClassifier ? ".astype(f32)" : "")}}

        {{rows}}{{(isClassifier ? Labels : Values)}}

        def run(examples, offsets, scales, limits, origins, targets, weights, biases):
            with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
                x = ((examples - origins).astype(f32) - offsets) * scales
                if limits.size:
                    part = x * limits
                    bounded = np.copysign(1 / np.maximum(limits, f32(1e-38)), part)
                    x = np.where(np.isinf(part * part), bounded, x / np.sqrt(1 + part * part)).astype(f32)
        {{Layers()}}        return x


        def dense(x, weights, biases):
            # Each sum is a chain of fused multiply-adds in the order of the inputs, as in nabla: a matrix product would differ by 1e-5.
            weights = weights.reshape(x.shape[1], -1).astype(np.float64)
            z = np.tile(biases, (len(x), 1))
            size = max(1, 65536 // len(biases))  # so many examples stay in the cache
            for start in range(0, len(x), size):
                sums, columns = z[start:start + size], x[start:start + size].T.astype(np.float64)
                terms = np.empty(sums.shape)
                for k in range(len(weights)):
                    np.multiply(columns[k][:, np.newaxis], weights[k], out=terms)
                    terms += sums
                    sums[...] = terms
            return z


        def fma(a, b, c):
            return (np.float64(a) * b + c).astype(f32)


        {{string.Join("\n\n", activations.Select(Function))}}

        def floats(text):
            return np.frombuffer(base64.b64decode(text), "<f4").astype(f32)


        def doubles(text):
            return np.frombuffer(base64.b64decode(text), "<f8").astype(np.float64)


        NETWORKS = [
        {{string.Concat(members.Select(Member))}}]

        """";

    private const string Labels = """"

        def classify(examples):
            """The class of each example: that with the highest score."""
            return [CLASSES[i] for i in predict(examples).argmax(axis=1)]

        """";

    private const string Values = """"

        def values(examples, offsets, scales, limits, origins, targets, weights, biases):
            target_offsets, target_scales, minima, maxima = targets
            outputs = run(examples, offsets, scales, limits, origins, targets, weights, biases)
            result = outputs.astype(np.float64) * target_scales + target_offsets
            return np.clip(result, minima, maxima) if minima.size else result

        """";

    private string Layers()
    {
        var text = new StringBuilder();
        for (int layer = 0; layer < model.Topology.LayerCount; layer++)
        {
            string name = Name(model.Topology.Layers[layer].Activation);
            text.Append($"        x = {name}(dense(x, weights[{layer}], biases[{layer}]))\n");
        }
        return text.ToString();
    }

    private static string Member(Model member)
    {
        var preprocessing = member.Preprocessing;
        var targets = member.TargetScaling;
        var network = member.Network;
        var layers = Enumerable.Range(0, member.Topology.LayerCount);
        string origins = preprocessing.Origins.IsEmpty ? "np.zeros(1)" : Doubles(preprocessing.Origins);
        return $$"""
                (
                    {{Floats(preprocessing.Offsets)}}, {{Floats(preprocessing.Scales)}},
                    {{Floats(preprocessing.InverseLimits)}}, {{origins}},
                    ({{Doubles(targets is null ? [] : targets.Offsets)}}, {{Doubles(targets is null ? [] : targets.Scales)}},
                     {{Doubles(targets is null ? [] : targets.Minima)}}, {{Doubles(targets is null ? [] : targets.Maxima)}}),
                    [{{string.Join(",\n         ", layers.Select(layer => Floats(network.Weights(layer))))}}],
                    [{{string.Join(",\n         ", layers.Select(layer => Floats(network.Biases(layer))))}}],
                ),

            """;
    }

    private static string Floats(ReadOnlySpan<float> values) => $"floats(\"\"\"{EmbeddedNumbers.Of(values)}\"\"\")";

    private static string Doubles(ReadOnlySpan<double> values) => $"doubles(\"\"\"{EmbeddedNumbers.Of(values)}\"\"\")";

    private string Name(Activation activation) => $"activate{activations.IndexOf(activation) + 1}";

    private string Function(Activation activation) => FunctionTrace.Of(activation) is { } trace
        ? $$"""
            # {{ProgramText.Escaped($"{activation}")}}
            def {{Name(activation)}}(z):
            {{Code.Write(trace, 4)}}
            """
        : $$"""
            # softmax
            def {{Name(activation)}}(z):
                powers = np.exp((z - z.max(axis=1, keepdims=True)).astype(np.float64))
                return (powers / powers.sum(axis=1, keepdims=True)).astype(f32)

            """;
}
