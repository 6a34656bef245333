namespace Nabla.Acceptance.Tests;

/// <summary>Collections of test classes: classes of the same collection do not run at the same time.</summary>
internal static class Collections
{
    /// <summary>Tests that build projects of the repository, which two processes must not do at once.</summary>
    public const string Builds = "builds";
}
