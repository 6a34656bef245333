using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>The pages, styles and scripts, from this assembly. Nothing is ever read from the file system.</summary>
internal static class PageFiles
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>The handler of each path: <c>/draw</c> for draw.html, <c>/app.css</c> for app.css.</summary>
    public static IReadOnlyDictionary<string, RequestDelegate> All { get; } = Load();

    private static Dictionary<string, RequestDelegate> Load()
    {
        var all = new Dictionary<string, RequestDelegate>(StringComparer.Ordinal);
        var assembly = typeof(PageFiles).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            string extension = Path.GetExtension(name);
            string path = extension == ".html" ? $"/{Path.GetFileNameWithoutExtension(name)}" : $"/{name}";
            all[path] = context =>
            {
                context.Response.ContentType = Types[extension];
                context.Response.ContentLength = content.Length;
                return context.Response.Body.WriteAsync(content, 0, content.Length, context.RequestAborted);
            };
        }
        return all;
    }
}
