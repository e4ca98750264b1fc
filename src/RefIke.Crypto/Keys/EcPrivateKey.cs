using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>
/// An ECDSA private key, 0 &lt; d &lt; the order, on one of RFC 4754's curves. It does not print itself.
/// </summary>
public sealed class EcPrivateKey : PrivateKey
{
    private readonly BigInteger d;

    private EcPrivateKey(EcPublicKey publicKey, BigInteger d)
        : base(publicKey) => (PublicKey, this.d) = (publicKey, d);

    /// <inheritdoc/>
    public override EcPublicKey PublicKey { get; }

    /// <summary>A key of its number, big-endian.</summary>
    public static bool TryCreate(
        EcCurve curve, ReadOnlySpan<byte> d, [NotNullWhen(true)] out EcPrivateKey? key,
        [NotNullWhen(false)] out CryptoFault? fault)
    {
        var number = new BigInteger(1, d.ToArray());
        fault = number.SignValue > 0 && number.CompareTo(curve.Domain.N) < 0
            ? null
            : new CryptoFault.KeyInvalid($"d is not between 0 and the order of {curve.Name}");
        key = fault is null ? new EcPrivateKey(EcPublicKey.Of(curve, number), number) : null;
        return key is not null;
    }

    internal static bool TryCreate(ReadOnlyMemory<byte>? named, byte[] d,
    [NotNullWhen(true)] out EcPrivateKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        if (EcCurve.Named(named) is { } curve)
        {
            return TryCreate(curve, d, out key, out fault);
        }

        (key, fault) = (null,
            new CryptoFault.KeyUnsupported("an elliptic curve other than the named P-256, P-384 and P-521"));
        return false;
    }

    /// <summary>
    /// r and s over a digest of the curve's hash, with the k of RFC 6979 §3.2: the same digest gets the same signature.
    /// </summary>
    internal (BigInteger R, BigInteger S) Sign(byte[] digest)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(PublicKey.Curve.Digest()));
        signer.Init(true, new ECPrivateKeyParameters(d, PublicKey.Curve.Domain));
        var both = signer.GenerateSignature(digest);
        return (both[0], both[1]);
    }

    /// <inheritdoc/>
    private protected override byte[] Pkcs8() => Info(
        writer =>
        {
            writer.WriteObjectIdentifier(Oids.EllipticCurve);
            writer.WriteObjectIdentifier(PublicKey.Curve.Oid);
        },
        Der.Write(writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                writer.WriteOctetString(Der.Octets(d, PublicKey.Curve.Length));
            }
        }));
}
