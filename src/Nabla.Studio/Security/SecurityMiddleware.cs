using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>The first thing that a request meets. What does not pass never reaches a page.</summary>
/// <param name="guard">Decides.</param>
/// <param name="token">The secret in the address that opens the studio.</param>
/// <param name="key">The secret that the cookie gets in exchange.</param>
internal sealed class SecurityMiddleware(RequestGuard guard, Secret token, Secret key)
{
    public Task Invoke(HttpContext context, RequestDelegate next)
    {
        SafeHeaders.AddTo(context.Response);
        var request = context.Request;
        if (guard.CheckForm(request) is { } refusal)
            return Refuse(context, refusal);
        if (HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Query.ContainsKey(StudioPaths.Token))
            return Exchange(context);
        return (RequestGuard.CheckSource(request) ?? guard.CheckKey(request)) is { } wrong ? Refuse(context, wrong) : next(context);
    }

    /// <summary>Answers a request that is refused.</summary>
    public static Task Refuse(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(refusal.Why + "\n", context.RequestAborted);
    }

    /// <summary>Gives the cookie for the token, and leads to the address without the token.</summary>
    private Task Exchange(HttpContext context)
    {
        if (context.Request.Query[StudioPaths.Token] is not [{ } given] || !token.Is(given))
            return Refuse(context, new(StatusCodes.Status401Unauthorized, "The key in this address is not that of the running studio."));
        context.Response.Cookies.Append(guard.CookieName, key.ToString(), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true,
        });
        // A redirect would still come from elsewhere, and would not get the new cookie. A page that leads on is our own.
        if (RequestGuard.IsFromElsewhere(context.Request))
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(
                "<!doctype html><title>Nabla Studio</title><meta http-equiv=\"refresh\" content=\"0; url=/\">"
                + "<a href=\"/\">Nabla Studio</a>\n",
                context.RequestAborted);
        }
        context.Response.Headers.Location = "/";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }
}
