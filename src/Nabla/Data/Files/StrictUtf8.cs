using System.Text;

namespace Nabla;

/// <summary>UTF-8 that refuses what is not text, where .NET's own would write a replacement character.</summary>
internal static class StrictUtf8
{
    /// <summary>Throws <see cref="DecoderFallbackException"/> or <see cref="EncoderFallbackException"/>.</summary>
    public static UTF8Encoding Encoding { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
