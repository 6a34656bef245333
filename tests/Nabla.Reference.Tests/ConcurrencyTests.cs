namespace Nabla.Reference.Tests;

/// <summary>Networks, trainers and optimizers refuse concurrent use; they neither wait for it nor compute wrong numbers.</summary>
public class ConcurrencyTests
{
    private const int Tries = 1000;
    private const int Threads = 4;

    private static readonly int[] sizes = [30, 25, 20, 3];

    [Fact]
    public void A_network_shared_by_threads_gives_the_right_result_or_refuses()
    {
        ReferenceNetwork shared = Create(), own = Create();
        (double[] xs, double[] ys) = RandomNetworks.Batch(own, examples: 2, seed: 4);
        Func<ReferenceNetwork, double[]>[] operations =
        [
            network => network.Feedforward(xs.AsSpan(0, 30)).ToArray(),
            network => [network.CostOf(xs.AsSpan(30, 30), ys.AsSpan(3, 3))],
            network => Gradient(network, nabla => network.Backpropagate(xs.AsSpan(0, 30), ys.AsSpan(0, 3), nabla)),
            network => [MiniBatch.Cost(network, xs, ys, 0.1)],
            network => Gradient(network, nabla => MiniBatch.SumGradient(network, xs, ys, 0.1, nabla)),
            network => [new NumericalGradient(network).Derivative(xs, ys, 0.1, 17).Value],
            network => [GradientCheck.Run(network, xs, ys, [3, 700]).LargestError],
        ];
        double[][] expected = [.. operations.Select(operation => operation(own))];
        double[] parameters = shared.Parameters.All.ToArray();

        (int succeeded, int refused) = Race((attempt, thread) =>
        {
            int chosen = (attempt + thread) % operations.Length;
            double[] actual = operations[chosen](shared);
            Assert.Equal(expected[chosen], actual);
        });

        Assert.Equal(Tries * Threads, succeeded + refused);
        Assert.True(succeeded >= Tries / 2, $"{succeeded} calls succeeded.");
        Assert.Equal(parameters, shared.Parameters.All.ToArray());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_trainer_shared_by_threads_takes_each_step_as_a_whole_or_refuses(bool adam)
    {
        ReferenceNetwork shared = Create(), own = Create();
        (double[] xs, double[] ys) = RandomNetworks.Batch(own, examples: 2, seed: 4);
        ReferenceTrainer sharedTrainer = Trainer(shared), ownTrainer = Trainer(own);
        var costs = new System.Collections.Concurrent.ConcurrentBag<double>();

        (int succeeded, _) = Race((_, _) => costs.Add(sharedTrainer.UpdateMiniBatch(xs, ys)));

        // As many steps one after the other give the same costs and the same parameters.
        double[] expected = [.. Enumerable.Range(0, succeeded).Select(_ => ownTrainer.UpdateMiniBatch(xs, ys))];
        Assert.Equal(expected.Order(), costs.Order());
        Assert.Equal(own.Parameters.All.ToArray(), shared.Parameters.All.ToArray());

        ReferenceTrainer Trainer(ReferenceNetwork network) => new(network, adam ? new ReferenceAdam() : new ReferenceSgd(0.001), l2: 0.01);
    }

    [Fact]
    public void An_optimizer_shared_by_threads_takes_each_step_as_a_whole_or_refuses()
    {
        double[] nabla = [.. Enumerable.Range(0, 2000).Select(i => Math.Sin(i))];
        double[] shared = new double[2000], own = new double[2000];
        ReferenceAdam sharedAdam = new(), ownAdam = new();

        (int succeeded, _) = Race((_, _) => sharedAdam.Update(nabla, 2, shared));

        for (int step = 0; step < succeeded; step++)
            ownAdam.Update(nabla, 2, own);
        Assert.Equal(own, shared);
    }

    [Fact]
    public void While_one_thread_is_inside_every_call_of_another_is_refused_and_changes_nothing()
    {
        using var gate = new Gate();
        ReferenceNetwork network = gate.Network;
        double[] xs = [1.0, 2.0], ys = [1.0, 0.0, 0.0];
        var nabla = new ReferenceParameters(network.Sizes);
        nabla.All.Fill(7.0);
        var numerical = new NumericalGradient(network);
        var trainer = new ReferenceTrainer(network, new ReferenceAdam());
        double[] parameters = network.Parameters.All.ToArray();
        double[] expected = network.Feedforward(xs).ToArray();

        double[] result = gate.RunInside(
            () => network.Feedforward(xs).ToArray(),
            () => network.Feedforward(xs).ToArray(),
            () => network.CostOf(xs, ys),
            () => network.Backpropagate(xs, ys, nabla),
            () => network.Z(0).ToArray(),
            () => network.A(0).ToArray(),
            () => network.Delta(0).ToArray(),
            () => MiniBatch.Cost(network, xs, ys),
            () => MiniBatch.SumGradient(network, xs, ys, 0.1, nabla),
            () => numerical.Derivative(xs, ys, 0.1, 0),
            () => GradientCheck.Run(network, xs, ys),
            () => trainer.UpdateMiniBatch(xs, ys));

        Assert.Equal(expected, result);
        Assert.All(nabla.All.ToArray(), value => Assert.Equal(7.0, value));
        Assert.Equal(parameters, network.Parameters.All.ToArray());
        Assert.Equal(expected, network.Feedforward(xs).ToArray()); // usable again
        trainer.UpdateMiniBatch(xs, ys);
    }

    [Fact]
    public void While_a_trainer_steps_its_network_and_its_optimizer_are_refused_too()
    {
        using var gate = new Gate();
        double[] xs = [1.0, 2.0], ys = [1.0, 0.0, 0.0], p = [1.0];
        var optimizer = new ReferenceAdam();
        var trainer = new ReferenceTrainer(gate.Network, optimizer);
        ReferenceNetwork other = RandomNetworks.Make([2, 4, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        var otherTrainer = new ReferenceTrainer(other, optimizer);
        double[] parameters = other.Parameters.All.ToArray();

        gate.RunInside(
            () => trainer.UpdateMiniBatch(xs, ys),
            () => trainer.UpdateMiniBatch(xs, ys),
            () => gate.Network.CostOf(xs, ys),
            () => optimizer.Update([1.0], 1, p),
            () => otherTrainer.UpdateMiniBatch(xs, ys));

        Assert.Equal([1.0], p);
        Assert.Equal(parameters, other.Parameters.All.ToArray());
        other.Feedforward(xs); // the refused step has let go of it
    }

    [Fact]
    public void A_function_that_calls_its_own_network_is_refused_and_the_network_stays_usable()
    {
        ReferenceNetwork? network = null;
        int calls = 0;
        var activation = ReferenceActivation.FromFunctions(
            "calls back", z => ++calls == 1 ? network!.CostOf([z, z], [1.0, 0.0]) : z, _ => 1.0);
        network = new ReferenceNetwork([2, 2, 2], activation, new QuadraticCost(ReferenceActivation.Identity));
        var error = Assert.Throws<InvalidOperationException>(() => network.Feedforward([1.0, 2.0]).ToArray());
        Assert.Contains("calls it back", error.Message, StringComparison.Ordinal);
        Assert.Equal([0.0, 0.0], network.Feedforward([1.0, 2.0]).ToArray());
    }

    [Fact]
    public void A_function_may_look_at_z_of_its_own_network()
    {
        ReferenceNetwork? network = null;
        double seen = 0.0;
        ReferenceCost cost = ReferenceCost.FromFunctions(
            "looks", ReferenceActivation.Identity, (a, y) => seen = network!.Z(0)[0], (a, y, derivative) => derivative.Clear());
        network = new ReferenceNetwork([1, 1], ReferenceActivation.Tanh, cost);
        network.Parameters.CopyFrom([2.0, 1.0]);
        Assert.Equal(7.0, network.CostOf([3.0], [0.0]));
        Assert.Equal(7.0, seen);
    }

    [Fact]
    public void A_function_that_throws_leaves_the_network_usable_and_its_parameters_as_they_were()
    {
        int calls = 0;
        var activation = ReferenceActivation.FromFunctions(
            "throws once", z => ++calls == 6 ? throw new NotSupportedException() : Math.Tanh(z),
            z => 1.0 - Math.Tanh(z) * Math.Tanh(z));
        var network = new ReferenceNetwork([1, 1, 1], activation, new QuadraticCost(ReferenceActivation.Identity));
        network.Parameters.CopyFrom([0.5, 0.25, 0.1, -0.1]);
        Assert.Throws<NotSupportedException>(() => GradientCheck.Run(network, [1.0], [2.0]));
        Assert.Equal([0.5, 0.25, 0.1, -0.1], network.Parameters.All.ToArray());
        Assert.True(GradientCheck.Run(network, [1.0], [2.0]).Passed);
    }

    private static ReferenceNetwork Create() =>
        RandomNetworks.Make(sizes, ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);

    private static double[] Gradient(ReferenceNetwork network, Func<ReferenceParameters, double> run)
    {
        var nabla = new ReferenceParameters(network.Sizes);
        double cost = run(nabla);
        return [cost, .. nabla.All];
    }

    /// <summary>Calls <paramref name="operation"/> in several threads at once, many times: each call succeeds or is refused.</summary>
    /// <exception cref="AggregateException">A call threw something else.</exception>
    private static (int Succeeded, int Refused) Race(Action<int, int> operation)
    {
        int succeeded = 0, refused = 0;
        var wrong = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        using var start = new Barrier(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int attempt = 0; attempt < Tries; attempt++)
            {
                start.SignalAndWait();
                try
                {
                    operation(attempt, thread);
                    Interlocked.Increment(ref succeeded);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
                catch (Exception exception)
                {
                    wrong.Enqueue(exception);
                }
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (!wrong.IsEmpty)
            throw new AggregateException(wrong.Take(3));
        return (succeeded, refused);
    }

    /// <summary>A network whose hidden activation can keep a thread inside.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly ManualResetEventSlim entered = new();
        private readonly ManualResetEventSlim open = new();
        private int threadInside;

        public Gate()
        {
            var activation = ReferenceActivation.FromFunctions("gate", Pass, _ => 1.0);
            Network = RandomNetworks.Make([2, 4, 3], activation, new SoftmaxCrossEntropyCost(), seed: 3);
        }

        public ReferenceNetwork Network { get; }

        /// <summary>Runs <paramref name="inside"/> in a thread; while it is inside the network, the others must be refused.</summary>
        public T RunInside<T>(Func<T> inside, params Action[] others)
        {
            Task<T> running = Task.Factory.StartNew(
                () =>
                {
                    threadInside = Environment.CurrentManagedThreadId;
                    return inside();
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            try
            {
                Assert.True(entered.Wait(TimeSpan.FromSeconds(30)));
                foreach (Action other in others)
                {
                    var error = Assert.Throws<InvalidOperationException>(other);
                    Assert.Contains("is in use by another thread", error.Message, StringComparison.Ordinal);
                }
            }
            finally
            {
                open.Set();
            }
            return running.GetAwaiter().GetResult();
        }

        public void Dispose()
        {
            entered.Dispose();
            open.Dispose();
        }

        private double Pass(double z)
        {
            if (Environment.CurrentManagedThreadId == threadInside)
            {
                entered.Set();
                open.Wait();
            }
            return z;
        }
    }
}
