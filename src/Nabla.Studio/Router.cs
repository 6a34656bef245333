using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>Finds what answers a path. Paths are compared as they are, without patterns: nothing of a path is interpreted.</summary>
internal sealed class Router
{
    private readonly Dictionary<(string Method, string Path), RequestDelegate> routes = [];

    public void Get(string path, RequestDelegate handler) => routes.Add((HttpMethods.Get, path), handler);

    public void Post(string path, RequestDelegate handler) => routes.Add((HttpMethods.Post, path), handler);

    /// <summary>Answers a request.</summary>
    public Task Invoke(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (routes.TryGetValue((context.Request.Method, path), out var handler))
            return handler(context);
        bool exists = routes.Keys.Any(route => route.Path == path);
        return SecurityMiddleware.Refuse(context, exists
            ? new(StatusCodes.Status405MethodNotAllowed, "This address is not answered with this method.")
            : new(StatusCodes.Status404NotFound, "There is nothing at this address."));
    }
}
