using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nabla.Studio;

/// <summary>What a client may take: bytes, time and connections.</summary>
internal static class Limits
{
    /// <summary>The longest JSON body.</summary>
    public const int JsonBytes = 256 << 10;

    /// <summary>The longest uploaded file.</summary>
    public const long UploadBytes = 64L << 20;

    /// <summary>Streams of events at a time. Browsers open six connections to a host, and the pages need some for their requests.</summary>
    public const int Streams = 4;

    /// <summary>How long a client may take to accept an event before it is dropped.</summary>
    public static readonly TimeSpan SendTime = TimeSpan.FromSeconds(5);

    private const int Connections = 512;

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        var limits = options.Limits;
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = JsonBytes;
        limits.MaxRequestLineSize = 8 << 10;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestBufferSize = 64 << 10;
        limits.MaxResponseBufferSize = 256 << 10;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(2));
    }
}
