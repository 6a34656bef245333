using System.Text;

namespace Nabla;

/// <summary>Writes a model as one C# file without packages, which predicts with the same bits.</summary>
internal sealed class CSharpExport
{
    private static readonly CSharpActivationCode Code = new();

    private readonly Model model;
    private readonly Model[] members;
    private readonly List<Activation> activations;
    private readonly bool isClassifier;
    private readonly string? row;

    private CSharpExport(Model model, string? row)
    {
        this.model = model;
        this.row = row;
        members = model.Members.Count == 0 ? [model] : [.. model.Members];
        activations = [.. model.Topology.Layers.Select(layer => layer.Activation).Distinct()];
        isClassifier = model is Classifier;
    }

    /// <summary>The program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="className">The name of the class.</param>
    /// <param name="row">
    /// Members of the class for a row of a table: its type Row, and FeaturesOf(Row); null if the model takes features as they are.
    /// </param>
    /// <exception cref="InvalidInputException">The model is too large for a source file.</exception>
    public static string Write(Model model, string className, string? row = null)
    {
        ProgramText.RequireSize(model);
        return new CSharpExport(model, row).Write(className);
    }

    private string Write(string className) => $$"""
        // {{ProgramText.Escaped($"{model}")}}
        // {{model.Fingerprint}}
        // Written by nabla, and it predicts with the same bits. Needs .NET 8 or later, and no package.
        // Export the model again instead of changing this file.
        #nullable enable
        using System;
        using System.Buffers;
        using System.Buffers.Text;

        /// <summary>A trained network. Safe for use by several threads.</summary>
        public static class {{className}}
        {
            /// <summary>Features of an example.</summary>
            public const int Features = {{model.Topology.Inputs(0)}};

            private static readonly Network[] Networks =
            {
        {{string.Concat(members.Select(Member))}}    };

            /// <summary>The {{(isClassifier ? "classes" : "targets")}}, in the order of the outputs.</summary>
            public static readonly string[] {{(isClassifier ? "Classes" : "Targets")}} =
            {
                {{string.Join(",\n        ", model.OutputNames.Select(ProgramText.Quoted))}}
            };

        {{Entries()}}{{(isClassifier ? CSharpRuntime.Classification : CSharpRuntime.Regression)}}
            private sealed class Network
            {
        {{CSharpRuntime.Network}}

                private float[] Activate(float[] a)
                {
        {{Layers()}}            return a;
                }
            }

        {{string.Join("\n", activations.Select(Function))}}
        {{CSharpRuntime.Functions}}{{row}}
        }

        """;

    /// <summary>The methods that predict: from features, and from a row where the model was trained on a table.</summary>
    private string Entries()
    {
        string result = isClassifier ? "float[]" : "double[]";
        string what = isClassifier ? "The score of each class; with softmax, its probability." : "The value of each target.";
        string from = row is null ? "The features as they are: they are scaled here." : "The features that a row becomes, in their order.";
        string documentation = $$"""
                /// <summary>{{what}}</summary>
                /// <param name="example">{{from}}</param>
                /// <exception cref="ArgumentException">The number of features is wrong, or one of them is not finite.</exception>

            """;
        string[] types = model.TakesBytes ? ["byte"] : ["float", "double"];
        string entries = string.Concat(types.Select(type => documentation + Overload(result, type)));
        return row is null ? entries : entries + $$"""
                /// <summary>{{what}}</summary>
                /// <param name="row">A row of the table, as it is.</param>
                /// <exception cref="ArgumentException">A number is not finite.</exception>
                public static {{result}} Predict(Row row) => Outputs(FeaturesOf(row));


            """;
    }

    private static string Overload(string result, string type) => $$"""
            public static {{result}} Predict(ReadOnlySpan<{{type}}> example)
            {
                var features = new double[example.Length];
                for (int i = 0; i < features.Length; i++)
                    features[i] = example[i];
                return Outputs(features);
            }


        """;

    private string Layers()
    {
        var text = new StringBuilder();
        for (int layer = 0; layer < model.Topology.LayerCount; layer++)
        {
            text.Append($"            a = Dense(a, weights[{layer}], biases[{layer}]);\n");
            text.Append($"            {Name(model.Topology.Layers[layer].Activation)}(a);\n");
        }
        return text.ToString();
    }

    private static string Member(Model member)
    {
        var preprocessing = member.Preprocessing;
        var targets = member.TargetScaling;
        var network = member.Network;
        var layers = Enumerable.Range(0, member.Topology.LayerCount);
        return $$"""
                    new Network(
                        {{Floats(preprocessing.Offsets)}}, {{Floats(preprocessing.Scales)}}, {{Floats(preprocessing.InverseLimits)}},
                        {{Doubles(preprocessing.Origins)}}, {{Doubles(targets is null ? [] : targets.Offsets)}},
                        {{Doubles(targets is null ? [] : targets.Scales)}}, {{Doubles(targets is null ? [] : targets.Minima)}},
                        {{Doubles(targets is null ? [] : targets.Maxima)}},
                        new[] { {{string.Join(",\n            ", layers.Select(layer => Floats(network.Weights(layer))))}} },
                        new[] { {{string.Join(",\n            ", layers.Select(layer => Floats(network.Biases(layer))))}} }),

            """;
    }

    // UTF-8: the length of all other texts of a program is limited to 16 MB.
    private static string Floats(ReadOnlySpan<float> values) => $"Floats(@\"{EmbeddedNumbers.Of(values)}\"u8)";

    private static string Doubles(ReadOnlySpan<double> values) => $"Doubles(@\"{EmbeddedNumbers.Of(values)}\"u8)";

    private string Name(Activation activation) => $"Activate{activations.IndexOf(activation) + 1}";

    private string Function(Activation activation) => FunctionTrace.Of(activation) is { } trace
        ? $$"""
                // {{ProgramText.Escaped($"{activation}")}}
                private static void {{Name(activation)}}(float[] z)
                {
                    for (int i = 0; i < z.Length; i++)
                        z[i] = {{Name(activation)}}(z[i]);
                }

                private static float {{Name(activation)}}(float z)
                {
            {{Code.Write(trace, 8)}}    }

            """
        : CSharpRuntime.Softmax(Name(activation), Code.Write(FunctionTrace.Of(Activation.Exponential)!, 8));
}
