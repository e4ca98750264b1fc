using System.Formats.Asn1;
using System.Numerics;
using RefIke.Crypto.Keys;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>Keys of bare numbers, by way of the encodings in which keys come.</summary>
internal static class KeyForms
{
    /// <summary>p, q, g, x in OpenSSL's form.</summary>
    public static DsaPrivateKey DsaPrivate(BigInteger p, BigInteger q, BigInteger g, BigInteger x)
    {
        var der = Write(w =>
        {
            using var sequence = w.PushSequence();
            foreach (var number in (BigInteger[])[0, p, q, g, BigInteger.ModPow(g, x, p), x])
            {
                w.WriteInteger(number);
            }
        });
        Assert.True(PrivateKey.TryRead(der, out var key, out var fault), fault?.Reason);
        return Assert.IsType<DsaPrivateKey>(key);
    }

    /// <summary>p, q, g, y as SubjectPublicKeyInfo.</summary>
    public static bool TryReadDsa(BigInteger p, BigInteger q, BigInteger g, BigInteger y, out PublicKey? key)
        => PublicKey.TryRead(Write(w =>
    {
        using var info = w.PushSequence();
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier("1.2.840.10040.4.1");
            using var domain = w.PushSequence();
            foreach (var number in (BigInteger[])[p, q, g])
            {
                w.WriteInteger(number);
            }
        }

        w.WriteBitString(Write(inner => inner.WriteInteger(y)));
    }), out key, out _);

    /// <summary>DER.</summary>
    public static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
