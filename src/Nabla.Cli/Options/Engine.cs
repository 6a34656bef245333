namespace Nabla.Cli;

/// <summary>The engine that trains.</summary>
internal enum Engine
{
    /// <summary>The library's engine: all examples of a batch at once, in single precision.</summary>
    Vectorized,

    /// <summary>Nabla.Reference: one example at a time, in double precision.</summary>
    PerExample,
}
