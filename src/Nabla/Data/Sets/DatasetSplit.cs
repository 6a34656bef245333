using Nabla.Kernels;

namespace Nabla;

/// <summary>Splits a data set into examples to train on and held-out examples to evaluate on. Safe for concurrent use.</summary>
public static class DatasetSplit
{
    /// <summary>
    /// Divides a data set at random. Each class is divided in the same proportion; both parts keep the original order.
    /// </summary>
    /// <param name="dataset">The data set to divide.</param>
    /// <param name="fraction">
    /// Share to hold out, between 0 and 1, both excluded. The number of examples is rounded up, as in scikit-learn.
    /// </param>
    /// <param name="seed">Decides which examples are held out. A class's draw depends on the seed, the class and its size alone.</param>
    /// <returns>The examples to train on, at least one of each class that occurs, and those held out, at least one.</returns>
    /// <exception cref="ArgumentException">The fraction is out of range, or leaves a class without training examples.</exception>
    public static (Dataset Train, Dataset HeldOut) HoldOut(Dataset dataset, double fraction, ulong seed)
    {
        var held = ChooseHeldOut(dataset, fraction, seed);
        return (dataset.Choose(Where(held, false)), dataset.Choose(Where(held, true)));
    }

    /// <summary>The numbers of the examples that <see cref="HoldOut"/> holds out, counted from 0, in ascending order.</summary>
    /// <inheritdoc cref="HoldOut" path="/param"/>
    /// <inheritdoc cref="HoldOut" path="/exception"/>
    public static int[] HeldOutRows(Dataset dataset, double fraction, ulong seed) =>
        Where(ChooseHeldOut(dataset, fraction, seed), true);

    /// <summary>
    /// Divides the examples at random into folds of equal size, with the same share of each class: both the sizes of folds and their
    /// numbers of examples of a class differ by at most 1.
    /// </summary>
    /// <param name="dataset">The data set to divide.</param>
    /// <param name="count">Number of folds, from 2 to the number of examples.</param>
    /// <param name="seed">Decides which fold an example is in.</param>
    /// <returns>The numbers of the examples of each fold, counted from 0, in ascending order. Each example is in one fold.</returns>
    /// <exception cref="ArgumentException">There are fewer than 2 folds, or fewer examples than folds.</exception>
    public static IReadOnlyList<int[]> Folds(Dataset dataset, int count, ulong seed)
    {
        if (count < 2)
            throw new InvalidOptionException($"The number of folds is {count}", "Use at least 2 folds.");
        if (count > dataset.Count)
        {
            throw new InvalidOptionException(
                $"{dataset.Name} cannot be divided into {count} folds, because it has {dataset.Count} examples",
                "Use fewer folds, or more data.");
        }
        int[][] ofClass = [.. ClassSizes(dataset).Select(size => new int[size])];
        int next = 0;
        foreach (var (number, folding) in ofClass.Index())
        {
            // Examples are assigned to folds in turn. Each class continues where the one before ended, so that sizes differ by at most 1.
            foreach (int place in Permute(new int[folding.Length], new RandomStream(seed, RandomPurpose.Folds, (ulong)number)))
                folding[place] = next++ % count;
        }
        int[] foldOf = ForEachExample(dataset, ofClass);
        var folds = new List<int>[count];
        for (int fold = 0; fold < count; fold++)
            folds[fold] = [];
        for (int example = 0; example < foldOf.Length; example++)
            folds[foldOf[example]].Add(example);
        return [.. folds.Select(examples => examples.ToArray())];
    }

    /// <returns>[examples], whether each is held out.</returns>
    private static bool[] ChooseHeldOut(Dataset dataset, double fraction, ulong seed)
    {
        if (!(fraction > 0 && fraction < 1))
            throw new InvalidOptionException(
                $"The fraction to hold out is {fraction}, but it must lie between 0 and 1", "Use a fraction such as 0.1.");
        int[] sizes = ClassSizes(dataset);
        // As decimal: 0.07 of 100 is 7, but the product of doubles is slightly more, and would be rounded up to 8.
        int wanted = Math.Max(1, (int)decimal.Ceiling((decimal)fraction * dataset.Count));
        int[] quotas = Quotas(sizes, wanted, dataset);
        bool[][] held = [.. sizes.Select(size => new bool[size])];
        var order = new int[sizes.Max()];
        for (int c = 0; c < held.Length; c++)
        {
            foreach (int chosen in Permute(order.AsSpan(0, sizes[c]), new RandomStream(seed, RandomPurpose.Split, (ulong)c))[..quotas[c]])
                held[c][chosen] = true;
        }
        return ForEachExample(dataset, held);
    }

    /// <summary>The number of examples of each class; if there are no classes, that of all examples.</summary>
    private static int[] ClassSizes(Dataset dataset)
    {
        if (dataset.Targets is not ClassTargets classes)
            return [dataset.Count];
        var sizes = new int[classes.Width];
        for (int example = 0; example < dataset.Count; example++)
            sizes[classes.LabelOf(example)]++;
        return sizes;
    }

    /// <summary>What was decided for each example of each class, in the order of the data set.</summary>
    private static T[] ForEachExample<T>(Dataset dataset, T[][] ofClass)
    {
        var classes = dataset.Targets as ClassTargets;
        var next = new int[ofClass.Length];
        var decided = new T[dataset.Count];
        for (int example = 0; example < decided.Length; example++)
        {
            int c = classes?.LabelOf(example) ?? 0;
            decided[example] = ofClass[c][next[c]++];
        }
        return decided;
    }

    /// <summary>
    /// Decides how many examples of each class to hold out: the integer parts first, then by the largest remainders; ties go to the
    /// earlier class.
    /// </summary>
    private static int[] Quotas(int[] sizes, int wanted, Dataset dataset)
    {
        long total = dataset.Count;
        // The last example of a class is never held out, or the class could not be learned.
        if (sizes.Sum(size => Math.Max(0, size - 1)) < wanted)
        {
            throw new InvalidOptionException(
                $"Holding out {wanted} of the {total} examples of {dataset.Name} leaves "
                + (dataset.Targets is ClassTargets ? "a class without training examples" : "none to train on"),
                "Hold out fewer examples, or use more data.");
        }
        int[] quotas = [.. sizes.Select(size => (int)((long)size * wanted / total))];
        int[] byRemainder = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(c => (long)sizes[c] * wanted % total)];
        int left = wanted - quotas.Sum();
        while (left > 0)
        {
            foreach (int c in byRemainder)
            {
                if (left > 0 && quotas[c] < sizes[c] - 1)
                {
                    quotas[c]++;
                    left--;
                }
            }
        }
        return quotas;
    }

    private static Span<int> Permute(Span<int> order, RandomStream stream)
    {
        Permutation.Fill(order, ref stream);
        return order;
    }

    private static int[] Where(bool[] flags, bool value)
    {
        var places = new int[flags.AsSpan().Count(value)];
        int found = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            if (flags[i] == value)
                places[found++] = i;
        }
        return places;
    }
}
