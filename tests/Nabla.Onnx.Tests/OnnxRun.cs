using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nabla.Onnx.Tests;

/// <summary>What ONNX Runtime computes from a file.</summary>
internal sealed record OnnxRun(string[] Labels, double[] Outputs)
{
    /// <summary>Runs a model that takes one array.</summary>
    public static OnnxRun From(string path, FeatureTable examples, IReadOnlyList<int> shape)
    {
        using var session = Session(path);
        string input = session.InputNames.Single();
        int[] dimensions = [examples.Rows, .. shape];
        var type = session.InputMetadata[input].ElementDataType;
        var value = type switch
        {
            TensorElementType.UInt8 => NamedOnnxValue.CreateFromTensor(input, new DenseTensor<byte>(examples.Bytes.ToArray(), dimensions)),
            TensorElementType.Double => NamedOnnxValue.CreateFromTensor(input, new DenseTensor<double>(Doubles(examples), dimensions)),
            _ => NamedOnnxValue.CreateFromTensor(
                input, new DenseTensor<float>(Array.ConvertAll(Doubles(examples), value => (float)value), dimensions)),
        };
        return Run(session, [value]);
    }

    /// <summary>Runs a model that takes the columns of a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Arrays of doubles or texts by the names of the columns.</param>
    public static OnnxRun From(string path, IReadOnlyDictionary<string, Array> columns)
    {
        using var session = Session(path);
        return Run(session, [.. session.InputNames.Select(name => columns[name] switch
        {
            double[] numbers => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(numbers, [numbers.Length, 1])),
            string[] texts => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(texts, [texts.Length, 1])),
            _ => throw new ArgumentException($"{name} is neither numbers nor texts."),
        })]);
    }

    private static InferenceSession Session(string path)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(path, options);
    }

    private static OnnxRun Run(InferenceSession session, IReadOnlyCollection<NamedOnnxValue> inputs)
    {
        using var results = session.Run(inputs);
        string[] labels = results.FirstOrDefault(result => result.Name == "label")?.AsTensor<string>().ToArray() ?? [];
        var outputs = results[^1];
        return new OnnxRun(labels, outputs.ElementType == TensorElementType.Double
            ? outputs.AsTensor<double>().ToArray()
            : [.. outputs.AsTensor<float>().Select(value => (double)value)]);
    }

    private static double[] Doubles(FeatureTable examples)
    {
        var values = new double[examples.Floats.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = examples.Floats[i] + (examples.Origins.IsEmpty ? 0 : examples.Origins[i % examples.Columns]);
        return values;
    }
}
