using Microsoft.ML.OnnxRuntime;

namespace Nabla.Comparisons;

/// <summary>ONNX Runtime with everything prepared beforehand: scaled inputs, buffers for the outputs, tensors over both.</summary>
internal sealed class OnnxPredictor : IPredictor
{
    private readonly bool bound;
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly float[] singleScores;      // [single examples, classes]
    private readonly float[] allScores;         // [examples, classes]
    private readonly Call[] singles;
    private readonly Call all;

    /// <summary>Prepares a session.</summary>
    /// <param name="model">The network and its preprocessing.</param>
    /// <param name="examples">The examples, not scaled.</param>
    /// <param name="threads">Threads of one operator.</param>
    /// <param name="bound">Whether inputs and outputs are bound once, or passed with each call.</param>
    /// <param name="spins">Whether threads may spin while they wait.</param>
    public OnnxPredictor(Classifier model, FeatureTable examples, int threads, bool bound, bool spins)
    {
        this.bound = bound;
        using var sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = threads, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        sessionOptions.AddSessionConfigEntry("session.intra_op.allow_spinning", spins ? "1" : "0");
        session = new InferenceSession(OnnxModel.Create(model.Network), sessionOptions);
        int inputs = examples.Columns, classes = model.ClassNames.Count;
        float[] scaled = Pinned(examples.Rows * inputs);
        model.Preprocessing.Apply(examples, Enumerable.Range(0, examples.Rows).ToArray(), scaled);
        singleScores = Pinned(PredictionContenders.Singles * classes);
        allScores = Pinned(examples.Rows * classes);
        singles =
        [
            .. Enumerable.Range(0, PredictionContenders.Singles).Select(i =>
                Prepare(scaled.AsMemory(i * inputs, inputs), 1, singleScores.AsMemory(i * classes, classes))),
        ];
        all = Prepare(scaled, examples.Rows, allScores);
    }

    public void Singles()
    {
        foreach (var call in singles)
            Run(call);
    }

    public void All() => Run(all);

    public float[] Scores()
    {
        Singles();
        All();
        return [.. singleScores, .. allScores];
    }

    public void Dispose()
    {
        foreach (var call in singles)
            call.Dispose();
        all.Dispose();
        options.Dispose();
        session.Dispose();
    }

    private static float[] Pinned(int length) => GC.AllocateArray<float>(length, pinned: true);

    private Call Prepare(Memory<float> input, int rows, Memory<float> output)
    {
        var call = new Call(Tensor(input, rows), Tensor(output, rows), session.CreateIoBinding());
        call.Binding.BindInput(OnnxModel.Input, call.Inputs[0]);
        call.Binding.BindOutput(OnnxModel.Output, call.Outputs[0]);
        return call;
    }

    private static OrtValue Tensor(Memory<float> values, int rows) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, [rows, values.Length / rows]);

    private void Run(Call call)
    {
        if (bound)
            session.RunWithBinding(options, call.Binding);
        else
            session.Run(options, Call.InputNames, call.Inputs, Call.OutputNames, call.Outputs);
    }

    private sealed class Call(OrtValue input, OrtValue output, OrtIoBinding binding) : IDisposable
    {
        public static string[] InputNames { get; } = [OnnxModel.Input];

        public static string[] OutputNames { get; } = [OnnxModel.Output];

        public OrtValue[] Inputs { get; } = [input];

        public OrtValue[] Outputs { get; } = [output];

        public OrtIoBinding Binding => binding;

        public void Dispose()
        {
            Binding.Dispose();
            Inputs[0].Dispose();
            Outputs[0].Dispose();
        }
    }
}
