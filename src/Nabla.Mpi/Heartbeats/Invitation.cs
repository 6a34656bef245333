using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Nabla.Mpi;

/// <summary>Where rank 0 waits for the heartbeats of the others, and the secret that they bring.</summary>
/// <param name="Machine">The name of its machine.</param>
/// <param name="Port">The port at which it listens.</param>
/// <param name="Secret">A random number of <see cref="SecretLength"/> bytes, which only the ranks know.</param>
/// <param name="Addresses">The addresses of its machine.</param>
internal sealed record Invitation(string Machine, int Port, byte[] Secret, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>Bytes of the secret.</summary>
    public const int SecretLength = 16;

    /// <summary>An invitation to this process.</summary>
    /// <param name="port">The port at which it listens.</param>
    public static Invitation ToHere(int port) => new(
        Environment.MachineName, port, RandomNumberGenerator.GetBytes(SecretLength), [.. OwnAddresses().Distinct()]);

    /// <summary>The invitation as a message.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Machine}\n{Port}\n{Convert.ToHexString(Secret)}\n{string.Join('\n', Addresses)}"));

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Invitation Read(ReadOnlySpan<byte> bytes)
    {
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        return new Invitation(
            lines[0], int.Parse(lines[1], CultureInfo.InvariantCulture), Convert.FromHexString(lines[2]),
            [.. lines[3..].Where(line => line.Length > 0).Select(line => IPAddress.Parse(line))]);
    }

    /// <summary>The addresses to try: on the same machine first the one that no network is needed for.</summary>
    public IEnumerable<IPAddress> Candidates() =>
        Machine == Environment.MachineName ? Addresses.Prepend(IPAddress.Loopback) : Addresses;

    private static IEnumerable<IPAddress> OwnAddresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus == OperationalStatus.Up
                    && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)
                .Where(address => !address.IsIPv6LinkLocal)
                .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)];
        }
        catch (NetworkInformationException)
        {
            return []; // not even the loopback address is certain then
        }
    }
}
