using System.Diagnostics;

namespace Nabla.Tests.Shared;

/// <summary>html-validate of npm, where there is npm and a network; the test is skipped elsewhere.</summary>
internal static class HtmlValidator
{
    private const string Package = "html-validate@10";

    // Void elements end with " /", so that the page is XML too; a table that can be scrolled must be reachable by keyboard.
    private const string Settings = """
        {"extends":["html-validate:recommended"],"rules":{"void-style":"off","no-inline-style":"error","long-title":"off",
        "no-redundant-role":"error","prefer-native-element":"off","tel-non-breaking":"off"}}
        """;

    /// <summary>Requires that the validator finds no error in some pages.</summary>
    public static void RequireValid(IReadOnlyList<string> pages)
    {
        string folder = Directory.CreateTempSubdirectory("nabla-html-").FullName;
        try
        {
            Assert.SkipUnless(
                Run("npm", $"install --silent --no-audit --no-fund {Package}", folder) is (0, _), "npm is not here, or has no network");
            File.WriteAllText(Path.Combine(folder, ".htmlvalidate.json"), Settings);
            foreach (var (number, page) in pages.Index())
                File.WriteAllText(Path.Combine(folder, $"page{number}.html"), page);
            var (code, output) = Run("npx", "html-validate --formatter text *.html", folder) ?? (1, "npx is not here");
            Assert.True(code == 0, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Output)? Run(string program, string arguments, string folder)
    {
        try
        {
            var start = new ProcessStartInfo("/bin/sh", ["-c", $"{program} {arguments} 2>&1"])
            {
                WorkingDirectory = folder, RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
