using System.Text;
using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>The pages, styles and scripts, from this assembly. Nothing is ever read from the file system.</summary>
internal static class PageFiles
{
    private const string Layout = "layout.html"; // What the pages share; each has its own main part and script.

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    // Titles that are more than the name of the file.
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal) { ["steps"] = "Step by step" };

    /// <summary>The handler of each path: <c>/draw</c> for draw.html, <c>/app.css</c> for app.css.</summary>
    public static IReadOnlyDictionary<string, RequestDelegate> All { get; } = Load();

    private static Dictionary<string, RequestDelegate> Load()
    {
        var all = new Dictionary<string, RequestDelegate>(StringComparer.Ordinal);
        string layout = Encoding.UTF8.GetString(Read(Layout));
        foreach (string file in typeof(PageFiles).Assembly.GetManifestResourceNames().Where(file => file != Layout))
        {
            string name = Path.GetFileNameWithoutExtension(file), type = Types[Path.GetExtension(file)];
            bool isPage = Path.GetExtension(file) == ".html";
            all[isPage ? $"/{name}" : $"/{file}"] = Handler(isPage ? Complete(layout, name, Read(file)) : Read(file), type);
        }
        return all;
    }

    private static byte[] Complete(string layout, string name, byte[] main) => Encoding.UTF8.GetBytes(layout
        .Replace("{{title}}", Titles.GetValueOrDefault(name, $"{char.ToUpperInvariant(name[0])}{name[1..]}"), StringComparison.Ordinal)
        .Replace("{{name}}", name, StringComparison.Ordinal)
        .Replace("{{main}}", Encoding.UTF8.GetString(main), StringComparison.Ordinal));

    private static RequestDelegate Handler(byte[] content, string type) => context =>
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content, 0, content.Length, context.RequestAborted);
    };

    private static byte[] Read(string file)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(file)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
