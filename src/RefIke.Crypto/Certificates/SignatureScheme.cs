using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Math;
using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// A signature algorithm of certificates and CRLs, MD5 and SHA-1 included since RFC 4945 §5.3 demands them.
/// </summary>
internal sealed class SignatureScheme
{
    private static readonly SignatureScheme[] All =
    [
        new(Oids.Md5WithRsa, "RSA with MD5", HashFunction.Md5, Oids.Md5),
        new(Oids.Sha1WithRsa, "RSA with SHA-1", HashFunction.Sha1, Oids.Sha1),
        new(Oids.Sha256WithRsa, "RSA with SHA-256", HashFunction.Sha256, Oids.Sha256),
        new(Oids.Sha384WithRsa, "RSA with SHA-384", HashFunction.Sha384, Oids.Sha384),
        new(Oids.Sha512WithRsa, "RSA with SHA-512", HashFunction.Sha512, Oids.Sha512),
        new(Oids.Sha1WithDsa, "DSA with SHA-1", HashFunction.Sha1, null),
        new(Oids.Sha1WithEcdsa, "ECDSA with SHA-1", HashFunction.Sha1, null),
        new(Oids.Sha256WithEcdsa, "ECDSA with SHA-256", HashFunction.Sha256, null),
        new(Oids.Sha384WithEcdsa, "ECDSA with SHA-384", HashFunction.Sha384, null),
        new(Oids.Sha512WithEcdsa, "ECDSA with SHA-512", HashFunction.Sha512, null),
    ];

    private readonly string oid;
    private readonly HashFunction hash;
    private readonly string? digestInfoOid;

    private SignatureScheme(string oid, string name, HashFunction hash, string? digestInfoOid)
        => (this.oid, Name, this.hash, this.digestInfoOid) = (oid, name, hash, digestInfoOid);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether collisions of its hash can be made.</summary>
    public bool IsWeak => hash == HashFunction.Md5 || hash == HashFunction.Sha1;

    /// <summary>The scheme of an algorithm identifier, null for one that is not verified here.</summary>
    public static SignatureScheme? Find(string oid) => Array.Find(All, scheme => scheme.oid == oid);

    /// <summary>
    /// What a key signs certificates with: RSA with SHA-256, DSA with SHA-1, ECDSA with the hash of its curve.
    /// </summary>
    public static SignatureScheme For(PublicKey key) => Find(key switch
    {
        DsaPublicKey => Oids.Sha1WithDsa,
        EcPublicKey ec when ec.Curve == EcCurve.P256 => Oids.Sha256WithEcdsa,
        EcPublicKey ec when ec.Curve == EcCurve.P384 => Oids.Sha384WithEcdsa,
        EcPublicKey => Oids.Sha512WithEcdsa,
        _ => Oids.Sha256WithRsa,
    })!;

    /// <summary>
    /// Writes the AlgorithmIdentifier; RSA has NULL parameters, the others none (RFC 3279 §2.2, RFC 5758 §3).
    /// </summary>
    public void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (digestInfoOid is not null)
            {
                writer.WriteNull();
            }
        }
    }

    /// <summary>The signature over these octets, in the form that X.509 wants.</summary>
    public byte[] Sign(PrivateKey key, ReadOnlySpan<byte> octets)
    {
        var digest = hash.Compute(octets);
        return key switch
        {
            RsaPrivateKey rsa when digestInfoOid is not null
                => rsa.Power(SignatureBlock.Of(DigestInfo.Of(digestInfoOid, digest), rsa.PublicKey.Length)),
            DsaPrivateKey dsa when oid == Oids.Sha1WithDsa => Encode(dsa.Sign(digest)),
            EcPrivateKey ec when IsEcdsa => Encode(ec.Sign(digest)),
            _ => throw new ArgumentException($"{Name} does not sign with {key}", nameof(key)),
        };
    }

    /// <summary>
    /// Whether the signature is this key's. RSA is compared as a whole block, so that no forgery fits in (B-04).
    /// </summary>
    public bool Verifies(PublicKey key, SignedOctets signed)
    {
        var digest = hash.Compute(signed.Octets.Span);
        return key switch
        {
            RsaPublicKey rsa when digestInfoOid is not null
                => HasNullOrNo(signed.Parameters) && rsa.Power(signed.Signature) is { } block
                && CryptographicOperations.FixedTimeEquals(
                    block, SignatureBlock.Of(DigestInfo.Of(digestInfoOid, digest), rsa.Length)),
            DsaPublicKey dsa when oid == Oids.Sha1WithDsa
                => Decode(signed, dsa.Domain.Q) is [var r, var s] && dsa.Verifies(digest, r, s),
            EcPublicKey ec when IsEcdsa
                => Decode(signed, ec.Curve.Domain.N) is [var r, var s] && ec.Verifies(digest, r, s),
            _ => false,
        };
    }

    private bool IsEcdsa => digestInfoOid is null && oid != Oids.Sha1WithDsa;

    private static bool HasNullOrNo(ReadOnlyMemory<byte>? parameters)
        => parameters is not { } given || given.Span.SequenceEqual((byte[])[5, 0]);

    private static byte[] Encode((BigInteger R, BigInteger S) pair) => Der.Write(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteNumber(pair.R);
            writer.WriteNumber(pair.S);
        }
    });

    /// <summary>r and s, both between 0 and the order; null for anything else (RFC 3279 §2.2.2, §2.2.3).</summary>
    private static BigInteger[]? Decode(SignedOctets signed, BigInteger order)
    {
        var pair = Der.Read(signed.Signature, reader =>
        {
            var sequence = reader.ReadSequence();
            BigInteger[] both = [Der.Number(sequence), Der.Number(sequence)];
            sequence.ThrowIfNotEmpty();
            return both;
        });
        var isInRange = pair is not null
            && Array.TrueForAll(pair, number => number.SignValue > 0 && number.CompareTo(order) < 0);
        return isInRange ? pair : null;
    }
}
