using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>Decides whether a request may come in: from a browser on this machine, from our own pages, and with the key.</summary>
/// <param name="port">The port that the server listens to.</param>
/// <param name="key">The secret in the cookie.</param>
internal sealed class RequestGuard(int port, Secret key)
{
    private readonly IReadOnlySet<string> hosts = Loopback.Hosts(port);

    /// <summary>The cookie's name. It contains the port, because browsers send cookies to all ports of a host.</summary>
    public string CookieName { get; } = $"nabla-studio-{port}";

    /// <summary>Checks what every request must satisfy, even one with the token.</summary>
    /// <returns>Why the request is refused; null if it may pass.</returns>
    public Refusal? CheckForm(HttpRequest request)
    {
        if (request.Headers.Host is not [{ } host] || !hosts.Contains(host))
            return new(StatusCodes.Status400BadRequest, "The header Host is not the address of this server.");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
            return new(StatusCodes.Status405MethodNotAllowed, "Only GET and POST are answered.");
        if (request.Headers.ContainsKey("Content-Encoding"))
            return new(StatusCodes.Status415UnsupportedMediaType, "Compressed requests are not read.");
        return null;
    }

    /// <summary>Whether a request is led here by a page from elsewhere, such as the file that the command opens.</summary>
    public static bool IsFromElsewhere(HttpRequest request) => Single(request, "Sec-Fetch-Site") is not (null or "same-origin" or "none");

    /// <summary>Checks that whoever sends the request has the key.</summary>
    /// <returns>Why the request is refused; null if it may pass.</returns>
    public Refusal? CheckKey(HttpRequest request) => key.Is(request.Cookies[CookieName])
        ? null
        : new(StatusCodes.Status401Unauthorized, "Open the address that nabla studio printed in the terminal: it contains the key.");

    /// <summary>
    /// Pages of other origins may neither read nor write. Requests that change something, and the stream of events, must prove that they
    /// come from our own pages: browsers add these headers, and no page can set them.
    /// </summary>
    /// <returns>Why the request is refused; null if it may pass.</returns>
    public static Refusal? CheckSource(HttpRequest request)
    {
        string? site = Single(request, "Sec-Fetch-Site");
        string? origin = Single(request, "Origin");
        if (IsFromElsewhere(request) || (origin is not null && origin != $"http://{request.Headers.Host}"))
            return new(StatusCodes.Status403Forbidden, "The request comes from another page.");
        bool isRead = HttpMethods.IsGet(request.Method) && !request.Path.Equals(StudioPaths.Events, StringComparison.Ordinal);
        if (isRead || site == "same-origin" || (origin is not null && site is null))
            return null;
        return new(StatusCodes.Status403Forbidden, "The request does not say that it comes from one of the studio's pages.");
    }

    /// <summary>The value of a header; one that is repeated counts as wrong.</summary>
    private static string? Single(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var values) ? (values is [{ } value] ? value : "repeated") : null;
}
