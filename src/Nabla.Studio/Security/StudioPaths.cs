namespace Nabla.Studio;

/// <summary>Paths that the security rules need to know.</summary>
internal static class StudioPaths
{
    /// <summary>The stream of server-sent events.</summary>
    public const string Events = "/api/events";

    /// <summary>The parameter of the first address that has the token.</summary>
    public const string Token = "token";
}
