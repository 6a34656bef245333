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

    private CSharpExport(Model model)
    {
        this.model = model;
        members = model.Members.Count == 0 ? [model] : [.. model.Members];
        activations = [.. model.Topology.Layers.Select(layer => layer.Activation).Distinct()];
        isClassifier = model is Classifier;
    }

    /// <summary>The program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="className">The name of the class.</param>
    public static string Write(Model model, string className) => new CSharpExport(model).Write(className);

    private string Write(string className) => $$"""
        // {{ProgramText.Escaped($"{model}")}}
        // {{model.Fingerprint}}
        // Written by nabla, and it predicts with the same bits. Export the model again instead of changing this file.
        #nullable enable
        using System;

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
                {{string.Join(", ", model.OutputNames.Select(ProgramText.Quoted))}}
            };

        {{(isClassifier ? Classification : Regression)}}
            private sealed class Network
            {
                private readonly float[] offsets, scales, inverseLimits;
                private readonly double[] origins, targetOffsets, targetScales, minima, maxima;
                private readonly float[][] weights, biases;

                public Network(
                    float[] offsets, float[] scales, float[] inverseLimits, double[] origins, double[] targetOffsets, double[] targetScales,
                    double[] minima, double[] maxima, float[][] weights, float[][] biases)
                {
                    (this.offsets, this.scales, this.inverseLimits, this.origins) = (offsets, scales, inverseLimits, origins);
                    (this.targetOffsets, this.targetScales, this.minima, this.maxima) = (targetOffsets, targetScales, minima, maxima);
                    (this.weights, this.biases) = (weights, biases);
                }

                public float[] Run(double[] example)
                {
                    float[] a = Scale(example);
        {{Layers}}            foreach (float output in a)
                    {
                        if (float.IsNaN(output))
                            throw new ArgumentException("An output is not a number: a feature is not finite, or far too large.");
                    }
                    return a;
                }

                public double[] Values(double[] example)
                {
                    float[] outputs = Run(example);
                    var values = new double[outputs.Length];
                    for (int i = 0; i < values.Length; i++)
                    {
                        values[i] = outputs[i] * targetScales[i] + targetOffsets[i];
                        if (minima.Length > 0)
                            values[i] = Math.Clamp(values[i], minima[i], maxima[i]);
                    }
                    return values;
                }

                private float[] Scale(double[] example)
                {
                    var scaled = new float[example.Length];
                    for (int i = 0; i < scaled.Length; i++)
                    {
                        int of = offsets.Length == 1 ? 0 : i;
                        float x = (float)(example[i] - (origins.Length == 0 ? 0 : origins[i]));
                        float z = (x - offsets[of]) * scales[of];
                        if (inverseLimits.Length > 0)
                        {
                            float part = z * inverseLimits[of], square = part * part;
                            z = float.IsInfinity(square) ? MathF.CopySign(1 / inverseLimits[of], part) : z / MathF.Sqrt(1 + square);
                        }
                        scaled[i] = z;
                    }
                    return scaled;
                }
            }

            // Each sum is one chain of fused multiply-adds, in the order of the inputs.
            private static float[] Dense(float[] x, float[] weights, float[] biases)
            {
                var z = (float[])biases.Clone();
                for (int k = 0; k < x.Length; k++)
                {
                    for (int j = 0; j < z.Length; j++)
                        z[j] = MathF.FusedMultiplyAdd(x[k], weights[k * z.Length + j], z[j]);
                }
                return z;
            }

        {{string.Join("\n", activations.Select(Function))}}
            private static float[] Floats(string text) => Numbers(text, 4, BitConverter.ToSingle);

            private static double[] Doubles(string text) => Numbers(text, 8, BitConverter.ToDouble);

            private static T[] Numbers<T>(string text, int size, Func<byte[], int, T> read)
            {
                byte[] bytes = Convert.FromBase64String(text);
                var numbers = new T[bytes.Length / size];
                for (int i = 0; i < numbers.Length; i++)
                {
                    if (!BitConverter.IsLittleEndian)
                        Array.Reverse(bytes, i * size, size);
                    numbers[i] = read(bytes, i * size);
                }
                return numbers;
            }
        }

        """;

    private string Entry(string result, string what) => $$"""
            /// <summary>{{what}}</summary>
            /// <param name="example">The features as they are: they are scaled here.</param>
            /// <exception cref="ArgumentException">The number of features is wrong, or one of them is not finite.</exception>
        {{Overload(result, model.TakesBytes ? "byte" : "float")}}{{(model.TakesBytes ? "" : $"\n{Overload(result, "double")}")}}
        """;

    private static string Overload(string result, string type) => $$"""
            public static {{result}} Predict(ReadOnlySpan<{{type}}> example)
            {
                var features = new double[example.Length];
                for (int i = 0; i < features.Length; i++)
                    features[i] = example[i];
                return Outputs(features);
            }

        """;

    private string Classification => $$"""
        {{Entry("float[]", "The score of each class: with a softmax, its probability.")}}
            /// <summary>The class with the highest score, given the scores.</summary>
            public static string Label(float[] scores)
            {
                int best = 0;
                for (int i = 1; i < scores.Length; i++)
                    best = scores[i] > scores[best] ? i : best;
                return Classes[best];
            }

            private static float[] Outputs(double[] features)
            {
                if (features.Length != Features)
                    throw new ArgumentException($"The model takes {Features} features, not {features.Length}.");
                if (Networks.Length == 1)
                    return Networks[0].Run(features);
                var sums = new double[Classes.Length];
                foreach (var network in Networks)
                {
                    float[] scores = network.Run(features);
                    for (int i = 0; i < sums.Length; i++)
                        sums[i] += scores[i];
                }
                return Array.ConvertAll(sums, sum => (float)(sum / Networks.Length));
            }

        """;

    private string Regression => $$"""
        {{Entry("double[]", "The value of each target, in its own unit.")}}
            private static double[] Outputs(double[] features)
            {
                if (features.Length != Features)
                    throw new ArgumentException($"The model takes {Features} features, not {features.Length}.");
                if (Networks.Length == 1)
                    return Networks[0].Values(features);
                var sums = new double[Targets.Length];
                foreach (var network in Networks)
                {
                    double[] values = network.Values(features);
                    for (int i = 0; i < sums.Length; i++)
                        sums[i] += values[i];
                }
                return Array.ConvertAll(sums, sum => sum / Networks.Length);
            }

        """;

    private string Layers
    {
        get
        {
            var text = new StringBuilder();
            for (int layer = 0; layer < model.Topology.LayerCount; layer++)
            {
                text.Append($"            a = Dense(a, weights[{layer}], biases[{layer}]);\n");
                string name = Name(model.Topology.Layers[layer].Activation);
                text.Append($"            {name}(a);\n");
            }
            return text.ToString();
        }
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

    private static string Floats(ReadOnlySpan<float> values) => $"Floats(@\"{EmbeddedNumbers.Of(values)}\")";

    private static string Doubles(ReadOnlySpan<double> values) => $"Doubles(@\"{EmbeddedNumbers.Of(values)}\")";

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
        : $$"""
                // softmax: the maximum is subtracted, the sum is in double precision.
                private static void {{Name(activation)}}(float[] z)
                {
                    float maximum = z[0];
                    foreach (float score in z)
                        maximum = score > maximum ? score : maximum;
                    double sum = 0;
                    for (int i = 0; i < z.Length; i++)
                    {
                        z[i] = Power(z[i] - maximum);
                        sum += z[i];
                    }
                    float divisor = (float)sum;
                    for (int i = 0; i < z.Length; i++)
                        z[i] /= divisor;
                }

                private static float Power(float z)
                {
            {{Code.Write(FunctionTrace.Of(Activation.Exponential)!, 8)}}    }

            """;
}
