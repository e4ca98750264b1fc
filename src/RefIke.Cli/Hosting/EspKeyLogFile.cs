using System.Net;
using System.Net.Sockets;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Cli.Hosting;

/// <summary>
/// A key log that Wireshark takes as its table esp_sa: one line for each ESP SA, with addresses, SPI and both keys, so
/// that the traffic can be read. An SA with an algorithm that Wireshark has not stands in a comment.
/// </summary>
/// <exception cref="BadInputException">The file cannot be written.</exception>
internal sealed class EspKeyLogFile(string path) : IDisposable
{
    private readonly StreamWriter file = new(OutputFile.Create(path, secret: true)) { AutoFlush = true };

    public void Write(Effect effect)
    {
        if (effect is not Effect.PairEstablished { Pair: var pair })
        {
            return;
        }

        foreach (var sa in pair.Bundle)
        {
            if (sa.Suite is EspSuite esp)
            {
                file.WriteLine(Line(pair.Remote, pair.Local, sa.OwnSpi, esp, sa.Inbound));
                file.WriteLine(Line(pair.Local, pair.Remote, sa.PeerSpi, esp, sa.Outbound));
            }
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>One SA, from one end to the other; KEYMAT has the cipher's key first (RFC 2401 §4.6.2).</summary>
    [Clause("2409-B-12")]
    public static string Line(IPEndPoint from, IPEndPoint to, uint spi, EspSuite suite, Secret keymat)
    {
        if (CipherName(suite.Cipher.Transform) is not { } cipher)
        {
            return $"# 0x{spi:x8}: Wireshark does not decrypt {suite.Cipher.Name}";
        }

        var octets = keymat.Reveal();
        var family = from.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
        string[] fields =
        [
            family, $"{from.Address}", $"{to.Address}", $"0x{spi:x8}", cipher, Key(octets[..suite.Cipher.KeyOctets]),
            AuthenticationName(suite.Authentication.Algorithm), Key(octets[suite.Cipher.KeyOctets..suite.KeymatLength]),
        ];
        return string.Join(',', fields.Select(f => $"\"{f}\""));
    }

    private static string? CipherName(EspTransform transform) => transform switch
    {
        EspTransform.Null => "NULL",
        EspTransform.Des => "DES-CBC [RFC2405]",
        EspTransform.TripleDes => "TripleDES-CBC [RFC2451]",
        EspTransform.Cast => "CAST5-CBC [RFC2144]",
        EspTransform.Blowfish => "BLOWFISH-CBC [RFC2451]",
        EspTransform.AesCbc => "AES-CBC [RFC3602]",
        _ => null,
    };

    /// <summary>Where Wireshark cannot compute the check, it is told how long it is.</summary>
    private static string AuthenticationName(AuthenticationAlgorithm algorithm) => algorithm switch
    {
        AuthenticationAlgorithm.HmacMd5 => "HMAC-MD5-96 [RFC2403]",
        AuthenticationAlgorithm.HmacSha => "HMAC-SHA-1-96 [RFC2404]",
        AuthenticationAlgorithm.HmacSha256 => "HMAC-SHA-256-128 [RFC4868]",
        AuthenticationAlgorithm.HmacSha384 => "HMAC-SHA-384-192 [RFC4868]",
        AuthenticationAlgorithm.HmacSha512 => "HMAC-SHA-512-256 [RFC4868]",
        AuthenticationAlgorithm.DesMac => "ANY 64 bit authentication [no checking]",
        _ => "ANY 96 bit authentication [no checking]",
    };

    private static string Key(ReadOnlySpan<byte> octets)
        => octets.IsEmpty ? "" : $"0x{Convert.ToHexStringLower(octets)}";
}
