namespace Nabla.Fuzz;

/// <summary>A reader under test.</summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>Bytes that reading any file may take: buffers of a fixed size.</summary>
    public virtual long FixedBytes => 64 << 10;

    /// <summary>Files that are right.</summary>
    public abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>A file for one execution.</summary>
    public abstract byte[] Make(Rng rng);

    /// <summary>Reads all that is in a file.</summary>
    /// <returns>What was read.</returns>
    /// <exception cref="NablaException">The file is refused.</exception>
    public abstract object Read(byte[] file);

    /// <summary>Bytes that reading a file decodes: what comes out of a decompressor, or the numbers that are kept.</summary>
    /// <param name="file">The file.</param>
    /// <param name="result">What was read; null if the file is refused.</param>
    public abstract long DecodedBytes(byte[] file, object? result);

    /// <summary>Writes what was read, and reads it again.</summary>
    /// <returns>What differs; null if nothing does.</returns>
    public abstract string? WhyNotRepeated(object result);
}
