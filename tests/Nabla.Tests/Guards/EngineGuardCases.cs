using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>Optimizers, predictions, gradients and distorted images, with guarded operands of sizes around those of vectors.</summary>
public sealed class EngineGuardCases
{
    private static readonly int[] Breadths = [1, 3, 4, 5, 8, 9, 16, 17, 33];

    private readonly GuardedOperands operands = new();

    [Fact(Explicit = true)]
    public void Steps_of_optimizers()
    {
        foreach (var options in OptimizerOptions.All)
        {
            for (int length = 1; length <= 40; length++)
            {
                foreach (var width in Widths.Supported)
                {
                    var optimizer = Optimizer.Create(options, [new ParameterBlock("w", 0, [length], Decays: true, 1f)]);
                    optimizer.Width = width;
                    optimizer.BeginStep(new StepContext(0.1f));
                    operands.AtBothEdges($"{options.Name} {length} at {width}", () =>
                        optimizer.Move(operands.Floats(length), operands.Floats(length), 0, length));
                }
            }
        }
    }

    [Fact(Explicit = true)]
    public void The_loop_of_optimizers_with_all_that_they_remember()
    {
        foreach (var width in Widths.Supported)
        {
            for (int n = 0; n <= 40; n++)
            {
                operands.AtBothEdges($"update of {n} at {width}", () =>
                {
                    var work = new Update(new UpdateLoop(
                        operands.Floats(n), operands.Floats(n), operands.Floats(n), operands.Floats(n), operands.Floats(n)));
                    WidthDispatch.Run(width, ref work);
                });
            }
        }
    }

    [Fact(Explicit = true)]
    public void Predictions()
    {
        foreach (int breadth in Breadths)
        {
            var topology = new Topology([breadth, 7, breadth], Activation.Gelu, Activation.Identity);
            var network = InitialValues.Draw(topology, Initialization.He, 1);
            var predictor = new Predictor(network);
            foreach (int examples in (int[])[1, 2, 3, 13, 130])
            {
                operands.AtBothEdges($"prediction of {examples} x {breadth}", () => predictor.Predict(
                    operands.Floats(examples * breadth, zeros: examples % 2 * 0.9), operands.Room<float>(examples * breadth)));
            }
        }
    }

    [Fact(Explicit = true)]
    public void Gradients()
    {
        foreach (var activation in Activation.Elementwise)
        {
            foreach (int breadth in Breadths)
            {
                var network = InitialValues.Draw(new Topology([breadth, breadth, 5], activation, Activation.Softmax), Initialization.He, 1);
                var backpropagation = new Backpropagation(network, Loss.CrossEntropy, capacity: 9);
                foreach (int examples in (int[])[1, 4, 9])
                    Gradient(backpropagation, network.Topology, examples, $"{activation.Name} {examples} x {breadth}");
            }
        }
    }

    [Fact(Explicit = true)]
    public void Distorted_images()
    {
        foreach (int side in (int[])[1, 2, 5, 8, 17])
        {
            var distorter = new ImageDistorter(AugmentationTests.Everything with { Shift = 1e9f }, side, side + 1);
            int pixels = side * (side + 1);
            for (int row = 0; row < 20; row++)
            {
                var draw = new AugmentationDraw(1, 0, row);
                operands.AtBothEdges($"image of {side}, bytes", () =>
                    distorter.Distort<byte, BytePixel>(operands.Bytes(pixels), draw, operands.Room<byte>(pixels)));
                operands.AtBothEdges($"image of {side}, floats", () =>
                    distorter.Distort<float, FloatPixel>(operands.Floats(pixels), draw, operands.Room<float>(pixels)));
            }
        }
    }

    private void Gradient(Backpropagation backpropagation, Topology topology, int examples, string name) =>
        operands.AtBothEdges($"gradient of {name}", () =>
        {
            var labels = operands.Room<int>(examples);
            labels.Fill(topology.Sizes[^1] - 1);
            backpropagation.Gradient(
                operands.Floats(examples * topology.Sizes[0], zeros: 0.8), TargetBatch.FromLabels(labels, operands.Floats(examples)),
                operands.Room<float>(topology.ParameterCount));
        });

    private readonly ref struct Update(UpdateLoop loop) : IVectorized
    {
        private readonly UpdateLoop loop = loop;

        public void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            int done = loop.RunFrom<L, V, Sum<L, V>>(default, 0);
            loop.RunFrom<ScalarLanes, float, Sum<ScalarLanes, float>>(default, done);
        }
    }

    private readonly struct Sum<L, V> : IUpdateLanes<V>
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        public static int Memories => 3;

        public V Apply(V weight, V gradient, ref V first, ref V second, ref V third) =>
            L.Add(L.Add(weight, gradient), L.Add(first, L.Add(second, third)));
    }
}
