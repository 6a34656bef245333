using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nabla.Studio;

/// <summary>The server of the studio: it listens to this machine alone.</summary>
internal sealed class StudioServer : IDisposable
{
    private const int PortAttempts = 5;

    private readonly WebApplication application;
    private readonly Studio studio;
    private readonly Secret token = new();
    private readonly CancellationTokenSource ending = new();

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

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The address to open, with the token.</summary>
    public string Address => $"http://127.0.0.1:{Port}/?{StudioPaths.Token}={token}";

    /// <summary>What the pages work on.</summary>
    public Studio Studio => studio;

    /// <summary>Starts the server.</summary>
    /// <param name="settings">What the command line tells.</param>
    /// <param name="findPort">Finds a free port if none is given.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static StudioServer Start(StudioSettings settings, Func<int>? findPort = null)
    {
        if (settings.Port != 0 && !Loopback.Addresses.All(address => Loopback.IsFree(address, settings.Port)))
            throw new IOException($"port {settings.Port} is in use");
        var studio = new Studio(settings);
        try
        {
            return settings.Port != 0
                ? Listen(studio, settings.Inform, settings.Port)
                : ListenAnywhere(studio, settings.Inform, findPort ?? Loopback.FindPort);
        }
        catch
        {
            studio.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Close();
        studio.Dispose();
    }

    // Another program may take a port between the moment when it is found and that when the server listens to it.
    private static StudioServer ListenAnywhere(Studio studio, Action<string> inform, Func<int> findPort)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return Listen(studio, inform, findPort());
            }
            catch (IOException) when (attempt < PortAttempts)
            {
                // The next one.
            }
        }
    }

    private static StudioServer Listen(Studio studio, Action<string> inform, int port)
    {
        var server = new StudioServer(studio, inform, port);
        try
        {
            server.application.StartAsync().GetAwaiter().GetResult();
            return server;
        }
        catch
        {
            server.Close();
            throw;
        }
    }

    private void Close()
    {
        ending.Cancel();
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
            application.StopAsync(patience.Token).GetAwaiter().GetResult();
        ((IDisposable)application).Dispose();
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
