using System.Security.Cryptography;
using System.Text;

namespace Nabla.Studio;

/// <summary>A random secret of 128 bits, as 32 hexadecimal digits.</summary>
internal sealed class Secret
{
    private const int Bytes = 16;

    private readonly byte[] text = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Whether somebody knows the secret. The time does not depend on how much of it is right.</summary>
    public bool Is(string? candidate) =>
        candidate is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(candidate), text);

    /// <summary>The 32 digits.</summary>
    public override string ToString() => Encoding.ASCII.GetString(text);
}
