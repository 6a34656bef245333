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

    private static readonly Dictionary<string, Func<Product, int, IMultiplier>> Kinds = new()
    {
        [Contender.Nabla] = (product, threads) => new NablaMultiplier(product, product.Operands(), threads),
        [$"{Torch}, {Matmul}"] = (product, _) => new TorchMultiplier(product, product.Operands(), inPlace: false),
        [$"{Torch}, {InPlace}"] = (product, _) => new TorchMultiplier(product, product.Operands(), inPlace: true),
        [Blas] = (product, _) => new OpenBlasMultiplier(product, product.Operands()),
        [Peak] = (product, threads) => new PeakMultiplier(product, threads),
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
            foreach (var contender in variants.SelectMany(variant => Contender.Peer(Torch, variant)))
            {
                if (contender.Threads == threads && !(isQuick && contender.Sleeps))
                    yield return contender;
            }
        }
        if (Peers.OpenBlas.IsLoaded && (isLarge || !isQuick))
            yield return new Contender(Blas, "", threads);
        if (isLarge)
            yield return new Contender(Peak, "", threads) { IsLimit = true };
    }

    /// <summary>
    /// Answers in a contender's process: a measurement is the time of one product, which the question describes, and the result is its
    /// result.
    /// </summary>
    /// <param name="name">The contender's name.</param>
    /// <param name="threads">Its number of threads.</param>
    public static void Serve(string name, int threads)
    {
        Product? current = null;
        IMultiplier? multiplier = null;
        RepeatedAction? multiplication = null;
        double warmUp = RepeatedAction.FirstWarmUp;
        if (name.StartsWith(Torch, StringComparison.Ordinal))
            Peers.RequireTorchThreads(threads);
        ContenderServer.Run(
            words =>
            {
                Prepare(words);
                multiplication ??= new RepeatedAction(multiplier!.Multiply, warmUp, MeasuredSeconds);
                warmUp = WarmUp;
                return multiplication.Measure();
            },
            words =>
            {
                Prepare(words);
                multiplier!.Multiply();
                return multiplier.Result();
            });
        multiplier?.Dispose();

        void Prepare(string[] words)
        {
            var product = Product.Parse(words);
            if (product == current)
                return;
            multiplier?.Dispose();
            (current, multiplier, multiplication) = (product, Kinds[name](product, threads), null);
        }
    }
}
