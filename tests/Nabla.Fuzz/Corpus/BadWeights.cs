namespace Nabla.Fuzz;

/// <summary>Weights that must be refused.</summary>
internal static class BadWeights
{
    /// <summary>Archives of a matrix and another array, by their names and shapes.</summary>
    public static IEnumerable<BadFile> All()
    {
        foreach (var (name, shape) in new (string, int[])[]
        {
            ("", [2]), ("x", [2]), ("coefs_2", [2, 3]), ("coefs_0", [2, 2]), ("intercepts_1", [2]), ("intercepts_0", [3]),
            ("intercepts_0", [2, 1]), ("coefs_1", [3, 1]), ("coefs_1", [2]), ("1.weight", [1, 2]), (".bias", [2]), ("coefs_0000000000", [2,
            2]),
        })
        {
            var array = NumericArray.Create<double>(new double[shape.Aggregate(1, (product, size) => product * size)], shape);
            byte[] matrix = Arrays.ToNpy(NumericArray.Create<double>([1, 2, 3, 4], 2, 2));
            yield return new(
                "weights", $"\"{name}\" [{string.Join(", ", shape)}] beside coefs_0",
                ZipMaker.Archive([new ZipPart(name == "coefs_0" ? "coefs_0" : "coefs_0.npy", matrix), new ZipPart($"{name}.npy",
                    Arrays.ToNpy(array))]));
        }
        foreach (double value in new[] { double.NaN, double.NegativeInfinity, 1e39 })
        {
            byte[] matrix = Arrays.ToNpy(NumericArray.Create<double>([1, value], 2, 1));
            yield return new("weights", FormattableString.Invariant($"a weight of {value}"), ZipMaker.Archive([new ZipPart("coefs_0.npy",
                matrix)]));
        }
        yield return new("weights", "no arrays", ZipMaker.Archive([]));
        yield return new("weights", "a model", new ModelTarget(isTable: false).Samples[0]);
    }
}
