namespace Nabla.Studio.Tests;

/// <summary>Requests that must be refused, each with what it tries.</summary>
internal static class HostileRequests
{
    private static readonly string[] Reads =
    [
        "/draw", "/train", "/steps", "/lessons", "/app.css", "/api/reader", "/api/catalogue", "/api/runs", "/api/events", "/api/steps",
        "/mistakes", "/api/lessons", "/api/lessons/gradients",
    ];

    private static readonly string[] Writes =
        ["/api/run", "/api/run/command", "/api/run/change", "/api/read", "/api/corrections", "/api/corrections/train", "/api/upload",
         "/api/reader/use", "/api/runs/forget", "/api/code", "/api/run/code", "/api/lessons/run", "/api/lessons/check", "/api/mistakes",
         "/api/mistakes/gallery", "/api/mistakes/example"];

    // Neither a run nor a question of a lesson.
    private static readonly string[] LessonBodies =
        ["", "null", "{}", "{\"lesson\":null}", "{\"lesson\":\"1\"}", "{\"lesson\":1.5}", "{\"lesson\":0,\"choices\":{}}",
         "{\"lesson\":7,\"choices\":{}}", "{\"lesson\":-1}", "{\"lesson\":99999999999999}", "{\"lesson\":1,\"solved\":true}",
         "{\"lesson\":1,\"choices\":[],\"answers\":[]}", "{\"lesson\":1,\"choices\":{\"data\":null},\"runs\":[]}"];

    private static readonly string[] Hosts =
        ["evil.example", "evil.example:{0}", "127.0.0.1", "127.0.0.1:1", "localhost", "localhost:80", "127.0.0.2:{0}", "0.0.0.0:{0}", "",
         "[::1]", "[::]:{0}", "[::ffff:127.0.0.1]:{0}", "[0:0:0:0:0:0:0:1]:{0}", "2130706433:{0}", "0x7f.1:{0}", "127.1:{0}",
         "localhost.:{0}", "localhost.evil.example:{0}", "127.0.0.1:{0}.evil.example", "user@127.0.0.1:{0}", "127.0.0.1:{0}/"];

    private static readonly string[] Paths =
        ["/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/api/../../etc/passwd", "/api/files/../../secret",
         "/api/files/..%5c..%5csecret", "/api/files//etc/passwd", "/api/files/%00.csv", "/draw.html", "/draw/", "//draw", "/DRAW",
         "/wwwroot/draw.html", "/appsettings.json", "/.git/config", "/api/files/circles.csv/", "/api/files/circles.csv%00", "/api", "/api/",
         "/favicon.ico", "/layout", "/layout.html"];

    /// <summary>All of them.</summary>
    /// <param name="port">The port of the studio.</param>
    /// <param name="cookie">The valid cookie: what is refused is refused to its owner too.</param>
    public static IEnumerable<(string What, string Request)> All(int port, string cookie)
    {
        string own = $"127.0.0.1:{port}", origin = $"Origin: http://{own}\r\nSec-Fetch-Site: same-origin\r\n";
        foreach (string host in Hosts.Select(host => host.Replace("{0}", $"{port}", StringComparison.Ordinal)))
        {
            yield return ($"host \"{host}\"", Get("/api/reader", $"Host: {host}\r\nCookie: {cookie}\r\n"));
            yield return ($"post to host \"{host}\"", Post("/api/run/command", $"Host: {host}\r\nCookie: {cookie}\r\n{origin}"));
        }
        yield return ("no host", Get("/draw", $"Cookie: {cookie}\r\n"));
        yield return ("two hosts", Get("/draw", $"Host: {own}\r\nHost: {own}\r\nCookie: {cookie}\r\n"));
        yield return ("a second host", Get("/draw", $"Host: {own}\r\nHost: evil.example\r\nCookie: {cookie}\r\n"));
        yield return ("HTTP/1.0 without a host", $"GET /draw HTTP/1.0\r\nCookie: {cookie}\r\n\r\n");
        string us = $"Host: {own}\r\nCookie: {cookie}\r\n";
        yield return ("another host in the request line", Get("http://evil.example/draw", us));
        foreach (string path in Reads.Concat(Writes))
        {
            yield return ($"no cookie: {path}", Get(path, $"Host: {own}\r\nSec-Fetch-Site: same-origin\r\n"));
            yield return ($"cross-site: {path}", Get(path, $"{us}Sec-Fetch-Site: cross-site\r\n"));
        }
        foreach (string path in Writes)
        {
            yield return ($"post without an origin: {path}", Post(path, us));
            yield return ($"post from another origin: {path}", Post(path, $"{us}Origin: http://evil.example\r\n"));
            yield return ($"post from another port: {path}", Post(path, $"{us}Origin: http://127.0.0.1:1\r\n"));
            yield return ($"post from the same site: {path}", Post(path, $"{us}Sec-Fetch-Site: same-site\r\n"));
            yield return ($"post from no origin: {path}", Post(path, $"{us}Origin: null\r\n"));
            yield return ($"post without a cookie: {path}", Post(path, $"Host: {own}\r\n{origin}"));
            yield return ($"compressed: {path}", Post(path, $"{us}{origin}Content-Encoding: gzip\r\n"));
            yield return ($"put: {path}", $"PUT {path} HTTP/1.1\r\n{us}{origin}Content-Length: 0\r\n\r\n");
        }
        foreach (string path in Paths)
            yield return ($"path {path}", Get(path, us));
        foreach (var item in Bodies(us + origin))
            yield return item;
        foreach (string method in new[] { "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "CONNECT" })
            yield return (method, $"{method} /draw HTTP/1.1\r\n{us}\r\n");
    }

    private static IEnumerable<(string What, string Request)> Bodies(string headers)
    {
        string json = headers + "Content-Type: application/json\r\n";
        yield return ("a form", Post("/api/run", $"{headers}Content-Type: application/x-www-form-urlencoded\r\n", "data=digits"));
        yield return ("text", Post("/api/run", $"{headers}Content-Type: text/plain\r\n", "{}"));
        yield return ("a body that is too long", $"POST /api/read HTTP/1.1\r\n{json}Content-Length: 999999999\r\n\r\n");
        yield return ("an upload that is too long",
            $"POST /api/upload HTTP/1.1\r\n{headers}Content-Type: application/octet-stream\r\nContent-Length: 99999999999\r\n\r\n");
        yield return ("a negative length", $"POST /api/read HTTP/1.1\r\n{json}Content-Length: -1\r\n\r\n");
        yield return ("two lengths", $"POST /api/read HTTP/1.1\r\n{json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}");
        yield return ("an unknown coding", $"POST /api/read HTTP/1.1\r\n{json}Transfer-Encoding: gzip\r\n\r\n");
        yield return ("a long address", Get("/" + new string('a', 20_000), headers));
        yield return ("many headers", Get("/draw", headers + string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: 1\r\n"))));
        yield return ("a long header", Get("/draw", $"{headers}X: {new string('a', 40_000)}\r\n"));
        yield return ("no protocol", "GET /draw\r\n\r\n");
        yield return ("another protocol", "\u0016\u0003\u0001\u0002\0\u0001\0\r\n\r\n");
        string[] broken =
            ["", "null", "[]", "{", "1", "{\"width\":1}", "{\"strokes\":null}", new string('[', 2000), new string('{', 100)];
        foreach (string body in broken)
        {
            string begin = body[..Math.Min(20, body.Length)];
            yield return ($"body {begin} to read", Post("/api/read", json, body));
            yield return ($"body {begin} to run", Post("/api/run", json, body));
        }
        string[] options =
            [
                "\"threads\":\"64\"", "\"layers\":\"\"", "\"layers\":\"-1\"", "\"layers\":\"99999999999999\"", "\"out\":\"x\"",
                "\"resume\":\"x\"", "\"activation\":\"$(id)\"", "\"activation\":\"no-such\"", "\"epochs\":\"0\"",
                "\"learning-rate\":\"NaN\"", "\"seed\":\"--out\"",
            ];
        foreach (string option in options)
            yield return ($"option {option}", Post("/api/run", json, $"{{\"data\":\"circles\",\"options\":{{{option}}}}}"));
        yield return ("strokes far outside", Post(
            "/api/corrections", json, "{\"drawing\":{\"width\":1,\"height\":1,\"pen\":0.1,\"strokes\":[[1e300,1]]},\"label\":1}"));
        yield return ("no such class", Post(
            "/api/corrections", json, "{\"drawing\":{\"width\":9,\"height\":9,\"pen\":1,\"strokes\":[[1,1,5,5]]},\"label\":99}"));
        string pad = "\"width\":9,\"height\":9,\"pen\":1,\"strokes\":";
        foreach (string strokes in new[] { "[null]", "[[1,1],null]", "[[null,1]]", "[[1]]", "[[]]", "[1]", "null" })
        {
            yield return ($"strokes {strokes} to correct", Post(
                "/api/corrections", json, $"{{\"drawing\":{{{pad}{strokes}}},\"label\":1}}"));
        }
        yield return ("strokes that are no numbers", Post("/api/read", json, $"{{{pad}[[null,1]]}}"));
        foreach (string path in new[] { "/api/run", "/api/code" })
        {
            yield return ($"an option that is null to {path}", Post(path, json, "{\"data\":\"circles\",\"options\":{\"layers\":null}}"));
            yield return ($"data that are null to {path}", Post(path, json, "{\"data\":null,\"options\":{}}"));
            yield return ($"a start that is null to {path}", Post(path, json, "{\"data\":\"circles\",\"options\":{},\"start\":null}"));
        }
        foreach (string lesson in LessonBodies)
        {
            yield return ($"lesson {lesson} to run", Post("/api/lessons/run", json, lesson));
            yield return ($"lesson {lesson} to check", Post("/api/lessons/check", json, lesson));
        }
        yield return ("a command that is null", Post("/api/run/command", json, "{\"command\":null}"));
        yield return ("a run that is not there", Post("/api/run/code", json, "{\"run\":-1}"));
        yield return ("a rate that is too high", Post("/api/run/change", json, "{\"rateFactor\":1e300}"));
        foreach (string body in new[]
            {
                "null", "{", "{\"network\":null}", "{\"network\":-1}", "{\"network\":1e99}", "{\"network\":1,\"from\":\"0\"}",
                "{\"network\":9999,\"label\":0,\"predicted\":0}", "{\"network\":9999,\"example\":-1}", "{\"source\":\"../x\"}",
                "{\"source\":[]}",
            })
        {
            foreach (string path in new[] { "/api/mistakes", "/api/mistakes/gallery", "/api/mistakes/example" })
                yield return ($"body {body} to {path}", Post(path, json, body));
        }
        string file = headers + "Content-Type: application/octet-stream\r\n";
        yield return ("an upload without a length", $"POST /api/upload HTTP/1.1\r\n{file}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        yield return ("an archive with lengths beyond all numbers", Post("/api/upload", file, HostileArchive.WithEndlessMembers()));
        yield return ("an empty upload", Post("/api/upload", file, ""));
        yield return ("a broken archive", Post("/api/upload?name=..%2f..%2fx.npz", file, "PK\u0003\u0004nonsense"));
        yield return ("a binary table", Post("/api/upload?name=x.csv", file, "\0\0\0\0"));
    }

    private static string Get(string path, string headers) => $"GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n";

    private static string Post(string path, string headers, string body = "{}") =>
        $"POST {path} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";
}
