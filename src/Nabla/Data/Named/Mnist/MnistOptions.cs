namespace Nabla;

/// <summary>
/// Where to look for MNIST, and how to download it. Only <see cref="ForProcess"/> reads settings of the process. Immutable.
/// </summary>
public sealed record MnistOptions
{
    /// <summary>The only folder to search, e.g. from <c>--data-dir</c>; null for the usual places.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The value of the variable NABLA_DATA, a folder; null or empty if it is not set.</summary>
    public string? EnvironmentDirectory { get; init; }

    /// <summary>What <c>./data</c> and <c>../shared/data</c> are relative to.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>Nabla's folder in the user's cache: the last place to look, and where a download goes.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>The URLs of mnist.npz, in the order in which they are tried.</summary>
    public IReadOnlyList<Uri> Urls { get; init; } =
    [
        new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"),
        new("https://s3.amazonaws.com/img-datasets/mnist.npz"),
    ];

    /// <summary>Sends the requests of a download; null for the default handler. It is not disposed.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The settings of this process: the variable NABLA_DATA, the current directory, the user's cache.</summary>
    /// <param name="dataDirectory">The only folder to search; null for the usual places.</param>
    public static MnistOptions ForProcess(string? dataDirectory = null) => new()
    {
        DataDirectory = dataDirectory,
        EnvironmentDirectory = Environment.GetEnvironmentVariable("NABLA_DATA"),
        CurrentDirectory = Environment.CurrentDirectory,
        CacheDirectory = UserCache.Directory(Environment.GetEnvironmentVariable),
    };

    /// <summary>The folders to search, in order.</summary>
    internal IEnumerable<string> Folders()
    {
        if (DataDirectory is not null)
            return [Path.GetFullPath(DataDirectory, CurrentDirectory)];
        string[] fromEnvironment = string.IsNullOrEmpty(EnvironmentDirectory)
            ? []
            : [Path.GetFullPath(EnvironmentDirectory, CurrentDirectory)];
        return
        [
            .. fromEnvironment,
            Path.GetFullPath("data", CurrentDirectory),
            Path.GetFullPath(Path.Combine("..", "shared", "data"), CurrentDirectory),
            CacheDirectory,
        ];
    }
}
