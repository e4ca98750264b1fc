using System.Formats.Asn1;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// What is signed in a certificate or CRL, as received, and the signature on it (RFC 5280 §4.1.1, §5.1.1).
/// </summary>
internal sealed record SignedOctets(
    ReadOnlyMemory<byte> Octets, string Algorithm, ReadOnlyMemory<byte>? Parameters, byte[] Signature)
{
    /// <summary>
    /// Reads the algorithm and signature that follow the signed value, and demands that nothing else does.
    /// </summary>
    public static SignedOctets Read(ReadOnlyMemory<byte> signed, AsnReader rest)
    {
        var (algorithm, parameters) = Der.Algorithm(rest);
        var signature = Der.Bits(rest);
        rest.ThrowIfNotEmpty();
        return new SignedOctets(signed, algorithm, parameters, signature);
    }

    /// <summary>The signed value, algorithm and signature as one SEQUENCE.</summary>
    public static byte[] Sign(byte[] signed, SignatureScheme scheme, PrivateKey key) => Der.Write(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(signed);
            scheme.WriteAlgorithm(writer);
            writer.WriteBitString(scheme.Sign(key, signed));
        }
    });
}
