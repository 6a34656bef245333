using System.Runtime.CompilerServices;

namespace Nabla.Cli.Tests;

/// <summary>Compares text with the file <c>Snapshots/TEST.txt</c>. Only the script <c>tests/accept</c> rewrites the files.</summary>
internal static class Snapshot
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the expected texts, in the source tree.</summary>
    public static string Folder { get; } = Path.Combine(Root, "tests", "Nabla.Cli.Tests", "Snapshots");

    /// <summary>Fails where a session's transcript is not what it was when it was last accepted. The session is over then.</summary>
    public static void Matches(Session session, [CallerMemberName] string test = "")
    {
        using (session)
            Matches(session.Transcript, test);
    }

    /// <summary>Fails where a text is not what it was when it was last accepted.</summary>
    public static void Matches(string text, [CallerMemberName] string test = "")
    {
        string file = Path.Combine(Folder, test + ".txt");
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT") == "1")
            File.WriteAllText(file, text);
        Assert.True(File.Exists(file), $"{test}.txt is missing: look at the text below, then run tests/accept.\n{text}");
        Assert.Equal(File.ReadAllText(file), text);
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Nabla.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Nabla.slnx is in none of the folders above the tests.");
    }
}
