using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>Headers of every response: they forbid the browser all that the pages do not need.</summary>
internal static class SafeHeaders
{
    private const string Policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'";

    private static readonly (string Name, string Value)[] All =
    [
        ("Content-Security-Policy", Policy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        ("Cache-Control", "no-store"),
    ];

    public static void AddTo(HttpResponse response)
    {
        foreach (var (name, value) in All)
            response.Headers[name] = value;
    }
}
