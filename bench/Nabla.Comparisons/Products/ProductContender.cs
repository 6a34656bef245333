using System.Diagnostics;
using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>The libraries that multiply, each in a process of its own, with a number of threads.</summary>
internal static class ProductContender
{
    private const double SecondsForAMeasurement = 0.006;

    // Code that is called often is compiled again, on another thread.
    private const double SecondsToWarmUp = 0.3;

    private static readonly Dictionary<string, Func<Product, IMultiplier>> Kinds = new()
    {
        ["Nabla"] = product => new NablaMultiplier(product, product.Operands()),
        ["libtorch"] = product => new TorchMultiplier(product, product.Operands(), inPlace: false),
        ["libtorch, in place"] = product => new TorchMultiplier(product, product.Operands(), inPlace: true),
        ["OpenBLAS"] = product => new OpenBlasMultiplier(product, product.Operands()),
    };

    /// <summary>The names of all contenders; Nabla is the first.</summary>
    /// <param name="withOpenBlas">Whether OpenBLAS is one, if it is installed.</param>
    public static IReadOnlyList<string> Names(bool withOpenBlas) =>
        [.. Kinds.Keys.Where(name => name != "OpenBLAS" || (withOpenBlas && OpenBlas.Version is not null))];

    /// <summary>Starts a library in a process of its own.</summary>
    public static ContenderProcess Start(string name, int threads) =>
        new([], "products", name, threads.ToString(CultureInfo.InvariantCulture));

    /// <summary>Answers in such a process: a measurement is the time of one product.</summary>
    /// <param name="arguments">What <see cref="Start"/> passes, without the first word.</param>
    public static void Serve(string[] arguments)
    {
        var create = Kinds[arguments[0]];
        int threads = int.Parse(arguments[1], CultureInfo.InvariantCulture), repeats = 0;
        Product? current = null;
        IMultiplier? multiplier = null;
        ContenderServer.Run(Measure, () => multiplier!.Result());
        multiplier?.Dispose();

        double Measure(string[] words)
        {
            var product = Product.Parse(words);
            if (product != current)
            {
                multiplier?.Dispose();
                (current, multiplier) = (product, create(product));
                repeats = Repeats(() => multiplier.Multiply(threads));
            }
            var clock = Stopwatch.StartNew();
            for (int repeat = 0; repeat < repeats; repeat++)
                multiplier!.Multiply(threads);
            return clock.Elapsed.TotalSeconds / repeats;
        }
    }

    /// <summary>How often a product must run for a measurement to be long enough for the clock; also warms it up.</summary>
    private static int Repeats(Action multiply)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < SecondsToWarmUp;)
            multiply();
        for (int repeats = 1; ; repeats *= 2)
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < repeats; i++)
                multiply();
            if (clock.Elapsed.TotalSeconds > SecondsForAMeasurement / 2)
                return (int)Math.Ceiling(repeats * SecondsForAMeasurement / clock.Elapsed.TotalSeconds);
        }
    }
}
