using System.Collections.Frozen;

namespace Nabla;

/// <summary>The parts of a C# program that are the same for all models.</summary>
internal static class CSharpRuntime
{
    /// <summary>Names that the class cannot have: those of its members, and of types that it uses.</summary>
    public static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.Ordinal,
        "Features", "Networks", "Network", "Classes", "Targets", "Predict", "Label", "Outputs", "Dense", "Power", "Floats", "Doubles",
        "Numbers", "Row", "FeaturesOf", "Number", "Category", "Date", "System", "Array", "Math", "MathF", "BitConverter", "Base64", "Func",
        "ReadOnlySpan", "Span", "OperationStatus", "ArgumentException", "InvalidOperationException", "DateTime", "DayOfWeek");

    /// <summary>Scaling, and values in their own units. Between them are the layers of the model.</summary>
    public const string Network = """
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
                    float[] a = Activate(Scale(example));
                    foreach (float output in a)
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
        """;

    /// <summary>A layer, and reading of its weights.</summary>
    public const string Functions = """
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

            private static float[] Floats(ReadOnlySpan<byte> text) => Numbers(text, 4, BitConverter.ToSingle);

            private static double[] Doubles(ReadOnlySpan<byte> text) => Numbers(text, 8, BitConverter.ToDouble);

            private static T[] Numbers<T>(ReadOnlySpan<byte> text, int size, Func<byte[], int, T> read)
            {
                var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
                if (Base64.DecodeFromUtf8(text, bytes, out _, out int length) != OperationStatus.Done)
                    throw new InvalidOperationException("The weights of the model cannot be read: the file needs .NET 8, or was changed.");
                var numbers = new T[length / size];
                for (int i = 0; i < numbers.Length; i++)
                {
                    if (!BitConverter.IsLittleEndian)
                        Array.Reverse(bytes, i * size, size);
                    numbers[i] = read(bytes, i * size);
                }
                return numbers;
            }
        """;

    /// <summary>The outputs of a classifier, and the name of the best class.</summary>
    public const string Classification = """
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

    /// <summary>The outputs of a regressor.</summary>
    public const string Regression = """
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

    /// <summary>Softmax of the outputs of a layer.</summary>
    /// <param name="name">The name of the function.</param>
    /// <param name="power">The steps of the exponential function.</param>
    public static string Softmax(string name, string power) => $$"""
            // softmax: the maximum is subtracted, the sum is in double precision.
            private static void {{name}}(float[] z)
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
        {{power}}    }

        """;
}
