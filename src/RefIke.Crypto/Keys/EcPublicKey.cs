using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace RefIke.Crypto.Keys;

/// <summary>
/// An ECDSA public key: a point, not infinity, of one of RFC 4754's curves. Their order is prime, so that is all to
/// check.
/// </summary>
public sealed class EcPublicKey : PublicKey
{
    private readonly ECPublicKeyParameters parameters;

    private EcPublicKey(EcCurve curve, ECPoint point)
        : base($"ECDSA {curve.Name}", Encode(curve, point))
        => (Curve, parameters) = (curve, new ECPublicKeyParameters(point, curve.Domain));

    /// <summary>The curve.</summary>
    public EcCurve Curve { get; }

    /// <summary>
    /// Whether r and s are this key's signature over a digest (RFC 4754 §8); both lie between 1 and the order.
    /// </summary>
    internal bool Verifies(byte[] digest, BigInteger r, BigInteger s)
    {
        var signer = new ECDsaSigner();
        signer.Init(false, parameters);
        return signer.VerifySignature(digest, r, s);
    }

    /// <summary>The curve must be named; the point stands in full or compressed (RFC 5480 §2.2).</summary>
    internal static bool TryRead(ReadOnlyMemory<byte>? named, byte[] point,
    [NotNullWhen(true)] out EcPublicKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        key = null;
        if (EcCurve.Named(named) is not { } curve)
        {
            fault = new CryptoFault.KeyUnsupported("an elliptic curve other than the named P-256, P-384 and P-521");
            return false;
        }

        if (Decode(curve, point) is not { } decoded)
        {
            fault = new CryptoFault.KeyInvalid($"no point of {curve.Name}");
            return false;
        }

        (key, fault) = (new EcPublicKey(curve, decoded), null);
        return true;
    }

    internal static EcPublicKey Of(EcCurve curve, BigInteger d) => new(curve, curve.Domain.G.Multiply(d).Normalize());

    private static ECPoint? Decode(EcCurve curve, byte[] point)
    {
        var whole = point.Length == 1 + (2 * curve.Length) && point[0] == 4;
        var compressed = point.Length == 1 + curve.Length && point[0] is 2 or 3;
        if (!whole && !compressed)
        {
            return null;
        }

        try
        {
            var decoded = curve.Domain.Curve.DecodePoint(point);
            return decoded.IsInfinity || !decoded.IsValid() ? null : decoded.Normalize();
        }
        catch (ArgumentException)
        {
            // How the library says that the octets are no point of the curve.
            return null;
        }
    }

    private static byte[] Encode(EcCurve curve, ECPoint point) => Info(
        writer =>
        {
            writer.WriteObjectIdentifier(Oids.EllipticCurve);
            writer.WriteObjectIdentifier(curve.Oid);
        },
        point.GetEncoded(false));
}
