using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>A DSS private key, 0 &lt; x &lt; q, over checked domain parameters. It does not print itself.</summary>
public sealed class DsaPrivateKey : PrivateKey
{
    private readonly BigInteger x;

    private DsaPrivateKey(DsaPublicKey publicKey, BigInteger x)
        : base(publicKey) => (PublicKey, this.x) = (publicKey, x);

    /// <inheritdoc/>
    public override DsaPublicKey PublicKey { get; }

    internal static bool TryCreate(BigInteger p, BigInteger q, BigInteger g, BigInteger x,
    [NotNullWhen(true)] out DsaPrivateKey? key, [NotNullWhen(false)] out CryptoFault? fault)
    {
        key = null;
        fault = DsaPublicKey.CheckDomain(p, q, g);
        if (fault is null && (x.SignValue <= 0 || x.CompareTo(q) >= 0))
        {
            fault = new CryptoFault.KeyInvalid("x is not between 0 and q");
        }

        if (fault is null && DsaPublicKey.TryCreate(p, q, g, g.ModPow(x, p), out var publicKey, out fault))
        {
            key = new DsaPrivateKey(publicKey, x);
        }

        return key is not null;
    }

    /// <summary>
    /// r and s over a digest of SHA-1, with the k of RFC 6979 §3.2: the same digest always gets the same signature.
    /// </summary>
    internal (BigInteger R, BigInteger S) Sign(byte[] digest)
    {
        var signer = new DsaSigner(new HMacDsaKCalculator(new Sha1Digest()));
        signer.Init(true, new DsaPrivateKeyParameters(x, PublicKey.Domain));
        var both = signer.GenerateSignature(digest);
        return (both[0], both[1]);
    }

    /// <inheritdoc/>
    private protected override byte[] Pkcs8() => Info(
        writer =>
        {
            writer.WriteObjectIdentifier(Oids.Dsa);
            using (writer.PushSequence())
            {
                writer.WriteNumber(PublicKey.Domain.P);
                writer.WriteNumber(PublicKey.Domain.Q);
                writer.WriteNumber(PublicKey.Domain.G);
            }
        },
        Der.Write(writer => writer.WriteNumber(x)));
}
