using System.Text;

namespace Nabla.Studio;

/// <summary>
/// A page on disk that leads the browser to an address. The browser's command line, which all users of a machine can read, then has the
/// name of the file and not the token. Only the user can read the file.
/// </summary>
internal sealed class RedirectFile : IDisposable
{
    private readonly DirectoryInfo folder;

    private RedirectFile(DirectoryInfo folder) => this.folder = folder;

    /// <summary>The file to open.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "studio.html");

    /// <summary>Creates the file in a folder of its own that only the user can open.</summary>
    /// <param name="address">Where it leads.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for temporary files cannot be written.</exception>
    public static RedirectFile Create(string address)
    {
        var file = new RedirectFile(Directory.CreateTempSubdirectory("nabla-studio-"));
        PrivateFile.Create(file.Path, Encoding.UTF8.GetBytes(
            $"<!doctype html><title>Nabla Studio</title><meta http-equiv=\"refresh\" content=\"0; url={address}\">"
            + $"<a href=\"{address}\">Nabla Studio</a>\n"));
        return file;
    }

    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its token is of no use once the studio has ended.
        }
    }
}
