using System.Security.Cryptography;

namespace Nabla;

/// <summary>The expected content of one of MNIST's arrays. MNIST exists in many formats, so arrays are checked, not files.</summary>
/// <param name="Name">Its name in mnist.npz.</param>
/// <param name="IdxName">The name of the IDX file with this array.</param>
/// <param name="Shape">Its shape; all elements are bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes in C order, in lower-case hexadecimal.</param>
internal sealed record MnistArray(string Name, string IdxName, IReadOnlyList<int> Shape, string Sha256)
{
    /// <summary>The four arrays, as LeCun, Cortes and Burges published them.</summary>
    public static IReadOnlyList<MnistArray> All { get; } =
    [
        new("x_train", "train-images-idx3-ubyte", [60000, 28, 28], "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757"),
        new("y_train", "train-labels-idx1-ubyte", [60000], "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13"),
        new("x_test", "t10k-images-idx3-ubyte", [10000, 28, 28], "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161"),
        new("y_test", "t10k-labels-idx1-ubyte", [10000], "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5"),
    ];

    /// <summary>Checks an array, and returns its bytes.</summary>
    /// <param name="array">The array with this name in a file.</param>
    /// <param name="path">The file, for the message.</param>
    /// <exception cref="InvalidInputException">Type, shape or content differ from the published ones.</exception>
    public byte[] Check(NumericArray array, string path)
    {
        if (array.ElementType != ElementType.UInt8 || !array.Shape.SequenceEqual(Shape))
            throw Error(path, $"it is {array}, but MNIST's is {ElementType.UInt8} [{string.Join(", ", Shape)}]");
        byte[] bytes = array.ToBytes();
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return sha256 == Sha256 ? bytes : throw Error(path, $"its SHA-256 is {sha256}, but MNIST's is {Sha256}");
    }

    private InvalidInputException Error(string path, string why) => new(
        "cannot use this copy of MNIST", $"{path}, array {Name}", why,
        "Delete the file, so that Nabla downloads MNIST, or give its path instead of mnist to use it as another data set.");
}
