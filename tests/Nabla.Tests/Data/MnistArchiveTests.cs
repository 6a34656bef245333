namespace Nabla.Tests;

public class MnistArchiveTests
{
    [Theory]
    [InlineData("x_train", "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757", new[] { 60000, 28, 28 })]
    [InlineData("y_train", "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13", new[] { 60000 })]
    [InlineData("x_test", "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161", new[] { 10000, 28, 28 })]
    [InlineData("y_test", "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5", new[] { 10000 })]
    public void The_arrays_of_MNIST_are_read_to_the_bit(string name, string sha256, int[] shape)
    {
        using var archive = NpzReader.Open(TestFiles.Shared("data/mnist.npz"));
        var array = archive.Read(name);
        Assert.Equal(ElementType.UInt8, array.ElementType);
        Assert.Equal(shape, array.Shape);
        Assert.Equal(sha256, TestFiles.Sha256(array.RawBytes));
    }
}
