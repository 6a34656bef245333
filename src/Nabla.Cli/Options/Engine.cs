namespace Nabla.Cli;

/// <summary>Which engine trains.</summary>
internal enum Engine
{
    /// <summary>All examples of a batch at once, in float: the library's own engine.</summary>
    Vectorized,

    /// <summary>One example after another, in double: Nabla.Reference.</summary>
    PerExample,
}
