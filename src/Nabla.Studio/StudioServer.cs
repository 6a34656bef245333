using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nabla.Studio;

/// <summary>The server of the studio: it listens to this machine alone.</summary>
internal sealed class StudioServer : IDisposable
{
    private readonly WebApplication application;
    private readonly Studio studio;
    private readonly Secret token = new();
    private readonly CancellationTokenSource ending = new();

    private StudioServer(StudioSettings settings, int port)
    {
        Port = port;
        studio = new Studio(settings);
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
        var problems = new ProblemMiddleware(settings.Inform);
        application.Use(next => context => problems.Invoke(context, next));
        application.Use(next => context => security.Invoke(context, next));
        application.Run(CreateRouter().Invoke);
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The address to open, with the token.</summary>
    public string Address => $"http://127.0.0.1:{Port}/?{StudioPaths.Token}={token}";

    /// <summary>What the pages work on.</summary>
    public Studio Studio => studio;

    /// <summary>Starts the server.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public static StudioServer Start(StudioSettings settings)
    {
        int port = settings.Port;
        if (port == 0)
            port = Loopback.FindPort();
        else if (!Loopback.Addresses.All(address => Loopback.IsFree(address, port)))
            throw new IOException($"port {port} is in use");
        var server = new StudioServer(settings, port);
        try
        {
            server.application.StartAsync().GetAwaiter().GetResult();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
            application.StopAsync(patience.Token).GetAwaiter().GetResult();
        ((IDisposable)application).Dispose();
        studio.Dispose();
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
        return router;
    }
}
