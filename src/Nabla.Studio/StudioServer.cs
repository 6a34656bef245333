using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nabla.Studio;

/// <summary>
/// The studio: pages in the browser to draw digits, train networks, see each step of backpropagation and look into mistakes. It listens to
/// this machine alone, and answers only who has the token in <see cref="Address"/>. Thread-safe. It runs until it is disposed of.
/// </summary>
public sealed class StudioServer : IAsyncDisposable, IDisposable
{
    private const int PortAttempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly WebApplication application;
    private readonly Studio studio;
    private readonly Secret token = new();
    private readonly CancellationTokenSource ending = new();
    private int isClosed;

    private StudioServer(Studio studio, Action<string> inform, int port)
    {
        Port = port;
        this.studio = studio;
        // Empty: neither environment variables nor files may change what it listens to.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            Limits.Apply(options);
            foreach (var address in Loopback.Addresses)
                options.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        application = builder.Build();
        var key = new Secret();
        var guard = new RequestGuard(port, key);
        var security = new SecurityMiddleware(guard, token, key);
        var problems = new ProblemMiddleware(inform);
        application.Use(next => context => problems.Invoke(context, next));
        application.Use(next => context => security.Invoke(context, next));
        application.Run(CreateRouter().Invoke);
    }

    /// <summary>The port that it listens to.</summary>
    public int Port { get; }

    /// <summary>The address to open in a browser, with the token. Whoever has it can use the studio.</summary>
    public string Address => $"http://127.0.0.1:{Port}/?{StudioPaths.Token}={token}";

    /// <summary>What the pages work on.</summary>
    internal Studio Studio => studio;

    /// <summary>Starts the studio. It listens when the task has completed; a model that it trains is ready some seconds later.</summary>
    /// <param name="options">What it shows, and where it listens; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="InvalidOptionException">Options are out of range, or do not go together.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static Task<StudioServer> StartAsync(StudioOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(options ?? new StudioOptions(), Loopback.FindPort, cancellationToken);

    /// <summary>Starts the studio.</summary>
    /// <param name="options">What it shows, and where it listens.</param>
    /// <param name="findPort">Finds a free port if none is given.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    internal static async Task<StudioServer> StartAsync(
        StudioOptions options, Func<int> findPort, CancellationToken cancellationToken = default)
    {
        options.Validate();
        if (options.Port != 0 && !Loopback.Addresses.All(address => Loopback.IsFree(address, options.Port)))
            throw new IOException($"port {options.Port} is in use");
        var studio = new Studio(options);
        try
        {
            return await (options.Port != 0
                ? Listen(studio, options.Inform, options.Port, cancellationToken)
                : ListenAnywhere(studio, options.Inform, findPort, cancellationToken)).ConfigureAwait(false);
        }
        catch
        {
            studio.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening and ends a training run that goes on. Data that are being loaded are loaded to the end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isClosed, 1) == 1)
            return;
        await CloseAsync().ConfigureAwait(false);
        // It waits for the thread that trains.
        await Task.Run(studio.Dispose).ConfigureAwait(false);
    }

    /// <summary>Stops listening and ends a training run that goes on: as <see cref="DisposeAsync"/>, and waits for it.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override string ToString() => $"studio at 127.0.0.1:{Port}";

    // Another program may take a port between the moment when it is found and that when the server listens to it.
    private static async Task<StudioServer> ListenAnywhere(
        Studio studio, Action<string> inform, Func<int> findPort, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await Listen(studio, inform, findPort(), cancellationToken).ConfigureAwait(false);
            }
            catch (IOException) when (attempt < PortAttempts)
            {
                // The next one.
            }
        }
    }

    private static async Task<StudioServer> Listen(Studio studio, Action<string> inform, int port, CancellationToken cancellationToken)
    {
        var server = new StudioServer(studio, inform, port);
        try
        {
            await server.application.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task CloseAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        using (var patience = new CancellationTokenSource(Patience))
            await application.StopAsync(patience.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
        ending.Dispose();
    }

    private Router CreateRouter()
    {
        var router = new Router();
        foreach (var (path, handler) in PageFiles.All)
            router.Get(path, handler);
        router.Get("/", context =>
        {
            context.Response.Redirect("/draw");
            return Task.CompletedTask;
        });
        var events = new EventStream(studio.Workshop, studio.Hub, () => studio.ReaderVersion, ending.Token);
        router.Get(StudioPaths.Events, events.Serve);
        new DrawRoutes(studio).AddTo(router);
        new TrainRoutes(studio).AddTo(router);
        new LessonRoutes(studio).AddTo(router);
        new StepRoutes(studio).AddTo(router);
        new MistakeRoutes(studio).AddTo(router);
        return router;
    }
}
