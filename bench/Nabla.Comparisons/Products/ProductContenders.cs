namespace Nabla.Comparisons;

/// <summary>The libraries that multiply.</summary>
internal static class ProductContenders
{
    /// <summary>Name of the comparison.</summary>
    public const string Comparison = "products";

    public const string Torch = "libtorch";
    public const string Blas = "OpenBLAS";
    public const string Peak = "FMA peak";

    private const string Matmul = "matmul";
    private const string InPlace = "in place";

    private const double MeasuredSeconds = 0.006;

    // For each product but the first: the code is compiled, and the threads are there.
    private const double WarmUp = 0.03;

    private static readonly Dictionary<string, Func<Product, IMultiplier>> Kinds = new()
    {
        [Contender.Nabla] = product => new NablaMultiplier(product, product.Operands()),
        [$"{Torch}, {Matmul}"] = product => new TorchMultiplier(product, product.Operands(), inPlace: false),
        [$"{Torch}, {InPlace}"] = product => new TorchMultiplier(product, product.Operands(), inPlace: true),
        [Blas] = product => new OpenBlasMultiplier(product, product.Operands()),
        [Peak] = product => new PeakMultiplier(product),
    };

    /// <summary>The contenders with a number of threads; Nabla is the first.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="isLarge">Whether for the large product, which the peak is compared with.</param>
    /// <param name="isQuick">Whether only those that usually win.</param>
    public static IEnumerable<Contender> Choose(int threads, bool isLarge, bool isQuick)
    {
        yield return new Contender(Contender.Nabla, "", threads);
        if (Peers.Torch.IsLoaded)
        {
            string[] variants = isQuick ? [InPlace] : [Matmul, InPlace];
            foreach (var contender in variants.SelectMany(variant => Contender.WithOpenMp(Torch, variant)))
            {
                if (contender.Threads == threads && !(isQuick && contender.Sleeps))
                    yield return contender;
            }
        }
        if (Peers.OpenBlas.IsLoaded && (isLarge || !isQuick))
            yield return new Contender(Blas, "", threads);
        if (isLarge)
            yield return new Contender(Peak, "", threads);
    }

    /// <summary>Answers in a contender's process: a measurement is the time of one product, which the question describes.</summary>
    /// <param name="name">The contender's name.</param>
    /// <param name="threads">Its number of threads.</param>
    public static void Serve(string name, int threads)
    {
        Product? current = null;
        IMultiplier? multiplier = null;
        RepeatedAction? multiplication = null;
        ContenderServer.Run(Measure, () => multiplier!.Result());
        multiplier?.Dispose();

        double Measure(string[] words)
        {
            var product = Product.Parse(words);
            if (product != current)
            {
                double warmUp = current is null ? RepeatedAction.FirstWarmUp : WarmUp;
                multiplier?.Dispose();
                (current, multiplier) = (product, Kinds[name](product));
                multiplication = new RepeatedAction(() => multiplier.Multiply(threads), warmUp, MeasuredSeconds);
            }
            return multiplication!.Measure();
        }
    }
}
