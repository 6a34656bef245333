using Microsoft.ML.OnnxRuntime;

namespace Nabla.Comparisons;

/// <summary>ONNX Runtime with everything prepared beforehand: scaled inputs, buffers for the outputs, tensors over both.</summary>
internal sealed class OnnxPredictor : IPredictor
{
    private readonly bool bound;
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly float[] singleScores;      // [classes]
    private readonly float[] allScores;         // [examples, classes]
    private readonly Call[] singles;
    private readonly Call all;

    /// <summary>Prepares a session.</summary>
    /// <param name="model">The network, see <see cref="OnnxModel"/>.</param>
    /// <param name="scaled">[examples, inputs], pinned.</param>
    /// <param name="singles">How many of the examples are predicted one by one.</param>
    /// <param name="topology">The network's shape.</param>
    /// <param name="threads">Threads of one operator.</param>
    /// <param name="bound">Whether inputs and outputs are bound once, or passed with each call.</param>
    public OnnxPredictor(byte[] model, float[] scaled, int singles, Topology topology, int threads, bool bound)
    {
        this.bound = bound;
        Threads = threads;
        using var sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = threads, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session = new InferenceSession(model, sessionOptions);
        int inputs = topology.Inputs(0), classes = topology.Outputs(topology.LayerCount - 1), examples = scaled.Length / inputs;
        singleScores = GC.AllocateArray<float>(classes, pinned: true);
        allScores = GC.AllocateArray<float>(examples * classes, pinned: true);
        this.singles =
            [.. Enumerable.Range(0, singles).Select(example => Prepare(scaled.AsMemory(example * inputs, inputs), 1, singleScores))];
        all = Prepare(scaled, examples, allScores);
    }

    public string Name => bound ? "ONNX Runtime, bound once" : "ONNX Runtime, OrtValues with each call";

    public int Threads { get; }

    public void One(int example) => Run(singles[example]);

    public void All() => Run(all);

    public float[] ScoresOfSingles(int count) => [.. Enumerable.Range(0, count).SelectMany(example =>
    {
        One(example);
        return singleScores.ToArray();
    })];

    public float[] ScoresOfAll() => allScores;

    public void Dispose()
    {
        foreach (var call in singles)
            call.Dispose();
        all.Dispose();
        options.Dispose();
        session.Dispose();
    }

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
