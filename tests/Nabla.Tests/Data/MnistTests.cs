using System.Net;

namespace Nabla.Tests;

public sealed class MnistTests : IDisposable
{
    private readonly TestFiles files = new();

    /// <summary>Four arrays in MNIST's shapes, but small: 3 and 2 images of 2 x 2.</summary>
    private static readonly (string Name, NumericArray Array)[] Small =
    [
        ("x_train", NumericArray.Create<byte>([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 3, 2, 2)),
        ("y_train", NumericArray.Create<byte>([5, 0, 4], 3)),
        ("x_test", NumericArray.Create<byte>([13, 14, 15, 16, 17, 18, 19, 20], 2, 2, 2)),
        ("y_test", NumericArray.Create<byte>([7, 2], 2)),
    ];

    private static readonly MnistArray[] SmallExpected =
        [.. MnistArray.All.Zip(
            Small, (real, small) => real with { Shape = small.Array.Shape, Sha256 = TestFiles.Sha256(small.Array.RawBytes) })];

    private MnistOptions Options =>
        new() { CurrentDirectory = files["work"], CacheDirectory = files["cache"], Urls = [new Uri("http://server.invalid/mnist.npz")] };

    public void Dispose() => files.Dispose();

    /// <summary>Leaves an (arbitrary) file of that name there, and creates the folder.</summary>
    private string Leave(params string[] names)
    {
        string path = Path.Combine([files.Folder, .. names]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }

    private static void WriteNpz(string path, (string Name, NumericArray Array)[] arrays)
    {
        using FileStream stream = File.Create(path);
        NpzWriter.Write(stream, arrays);
    }

    private static byte[] Idx(NumericArray array)
    {
        var head = new List<byte> { 0, 0, 8, (byte)array.Shape.Count };
        foreach (int size in array.Shape)
            head.AddRange([0, 0, 0, (byte)size]);
        return [.. head, .. array.RawBytes];
    }

    [Fact]
    public void The_real_one_begins_as_published()
    {
        string folder = Path.GetDirectoryName(TestFiles.Shared("data/mnist.npz"))!;
        var (train, test) = Mnist.Load(folder);
        Assert.Equal([5, 0, 4, 1, 9], train.Classes.Labels[..5].ToArray());
        Assert.Equal([7, 2, 1, 0, 4], test.Classes.Labels[..5].ToArray());
        Assert.Equal("mnist: 60000 examples, 784 features, 10 classes", train.ToString());
        Assert.Equal("mnist (test): 10000 examples, 784 features, 10 classes", test.ToString());
        Assert.Equal([28, 28], train.InputShape);
        Assert.True(train.Inputs.IsBytes);
    }

    [Fact]
    public void The_places_are_searched_in_order()
    {
        MnistOptions options = Options with { EnvironmentDirectory = files["environment"] };
        Assert.Null(Mnist.Find(options));
        string[] fromLastToFirst =
        [
            Leave("cache", "mnist.npz"), Leave("shared", "data", "mnist.npz"), Leave("work", "data", "mnist.npz"),
            Leave("environment", "mnist.npz"),
        ];
        foreach (string path in fromLastToFirst)
            File.Delete(path);
        foreach (string path in fromLastToFirst)
        {
            File.WriteAllText(path, "");
            Assert.Equal(path, Mnist.Find(options)!.Path);
        }
    }

    [Fact]
    public void A_folder_that_is_given_is_the_only_one()
    {
        Leave("cache", "mnist.npz");
        Leave("work", "data", "mnist.npz");
        Directory.CreateDirectory(files["given"]);
        MnistOptions options = Options with { DataDirectory = files["given"] };
        Assert.Null(Mnist.Find(options));
        var error = Assert.Throws<InvalidInputException>(() => Mnist.Load(options, null, TestContext.Current.CancellationToken));
        Assert.Equal("the folder has neither mnist.npz nor the four IDX files", error.Why);
        Assert.Equal(files["given"], error.Where);
    }

    [Fact]
    public void A_folder_that_is_given_but_missing_is_named()
    {
        MnistOptions options = Options with { DataDirectory = "nowhere" };
        var error = Assert.Throws<InvalidInputException>(() => Mnist.Load(options, null, TestContext.Current.CancellationToken));
        Assert.Equal("there is no such folder", error.Why);
        Assert.Equal(files["work/nowhere"], error.Where);
    }

    [Fact]
    public void An_empty_variable_is_not_a_folder()
    {
        Leave("work", "mnist.npz");
        Assert.Null(Mnist.Find(Options with { EnvironmentDirectory = "" }));
    }

    [Fact]
    public void Idx_files_are_found_when_all_four_are_there()
    {
        Leave("cache", "train-images-idx3-ubyte");
        Leave("cache", "train-labels-idx1-ubyte.gz");
        Leave("cache", "t10k-images.idx3-ubyte");
        Assert.Null(Mnist.Find(Options));
        Leave("cache", "t10k-labels.idx1-ubyte.gz");
        Assert.Equal(files["cache"], Mnist.Find(Options)!.Path);
    }

    [Fact]
    public void An_archive_is_read_into_two_data_sets()
    {
        WriteNpz(files["mnist.npz"], Small);
        AssertSmall(Mnist.Read(MnistSource.In(files.Folder)!, SmallExpected));
    }

    [Fact]
    public void Idx_files_are_read_into_two_data_sets()
    {
        foreach (var (expected, small) in SmallExpected.Zip(Small))
            files.Write(expected.IdxName, Idx(small.Array));
        AssertSmall(Mnist.Read(MnistSource.In(files.Folder)!, SmallExpected));
    }

    private static void AssertSmall((Dataset Train, Dataset Test) read)
    {
        Assert.Equal(Small[0].Array.RawBytes.ToArray(), read.Train.Inputs.Bytes.ToArray());
        Assert.Equal([5, 0, 4], read.Train.Classes.Labels.ToArray());
        Assert.Equal(Small[2].Array.RawBytes.ToArray(), read.Test.Inputs.Bytes.ToArray());
        Assert.Equal([7, 2], read.Test.Classes.Labels.ToArray());
        Assert.Equal([2, 2], read.Train.InputShape);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], read.Test.Classes.Names);
    }

    [Fact]
    public void A_changed_pixel_is_found()
    {
        var changed = Small.ToArray();
        changed[2].Array = NumericArray.Create<byte>([13, 14, 15, 16, 17, 18, 19, 21], 2, 2, 2);
        WriteNpz(files["mnist.npz"], changed);
        var error = Assert.Throws<InvalidInputException>(() => Mnist.Read(MnistSource.In(files.Folder)!, SmallExpected));
        Assert.Equal($"{files["mnist.npz"]}, array x_test", error.Where);
        Assert.StartsWith("its SHA-256 is ", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_shape_or_type_is_found_before_anything_is_hashed()
    {
        WriteNpz(files["mnist.npz"], Small);
        var error = Assert.Throws<InvalidInputException>(() => Mnist.Read(MnistSource.In(files.Folder)!));
        Assert.Equal("it is UInt8 [3, 2, 2], but MNIST's is UInt8 [60000, 28, 28]", error.Why);
        var wide = Small.ToArray();
        wide[1].Array = NumericArray.Create<long>([5, 0, 4], 3);
        WriteNpz(files["mnist.npz"], wide);
        error = Assert.Throws<InvalidInputException>(() => Mnist.Read(MnistSource.In(files.Folder)!, SmallExpected));
        Assert.Equal("it is Int64 [3], but MNIST's is UInt8 [3]", error.Why);
    }

    [Fact]
    public void A_download_that_is_not_MNIST_is_deleted()
    {
        WriteNpz(files["other.npz"], Small);
        using var handler = new FixedAnswer(HttpStatusCode.OK, File.ReadAllBytes(files["other.npz"]));
        MnistOptions options = Options with { Handler = handler };
        var error = Assert.Throws<DownloadException>(() => Mnist.Load(options, null, TestContext.Current.CancellationToken));
        Assert.StartsWith("server.invalid: it sent a different file, which was deleted: it is UInt8", error.Why, StringComparison.Ordinal);
        Assert.Contains("put mnist.npz into", error.Remedy, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(files["cache"]));
    }

    [Fact]
    public void The_real_one_is_downloaded_into_the_cache_and_found_there()
    {
        using var handler = new FixedAnswer(HttpStatusCode.OK, File.ReadAllBytes(TestFiles.Shared("data/mnist.npz")));
        MnistOptions options = Options with { Handler = handler };
        Assert.Equal(60000, Mnist.Load(options, null, TestContext.Current.CancellationToken).Train.Count);
        Assert.Equal(files["cache/mnist.npz"], Mnist.Find(options)!.Path);
        Assert.Equal([files["cache/mnist.npz"]], Directory.GetFiles(files["cache"]));
    }

    [Fact]
    public void Without_network_each_server_is_named()
    {
        using var handler = new FixedAnswer(HttpStatusCode.NotFound, []);
        MnistOptions options = Options with { Handler = handler, Urls = MnistOptions.ForProcess().Urls };
        var error = Assert.Throws<DownloadException>(() => Mnist.Load(options, null, TestContext.Current.CancellationToken));
        Assert.Equal("storage.googleapis.com: it answered 404 Not Found; s3.amazonaws.com: it answered 404 Not Found", error.Why);
    }

    [Fact]
    public void The_cache_follows_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "XDG is Linux's");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal("/somewhere/nabla", UserCache.Directory(_ => "/somewhere"));
        Assert.Equal(Path.Combine(home, ".cache/nabla"), UserCache.Directory(_ => null));
        Assert.Equal(Path.Combine(home, ".cache/nabla"), UserCache.Directory(_ => "relative"));
    }

    private sealed class FixedAnswer(HttpStatusCode status, byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new ByteArrayContent(body) });
    }
}
