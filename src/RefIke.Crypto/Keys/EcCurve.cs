using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;

namespace RefIke.Crypto.Keys;

/// <summary>One of the three curves of RFC 4754 §4, each bound to its hash.</summary>
public sealed class EcCurve
{
    private EcCurve(string name, string oid, int length, HashFunction hash, string library, Func<IDigest> digest)
    {
        (Name, Oid, Length, Hash, Digest) = (name, oid, length, hash, digest);
        Domain = new ECDomainParameters(CustomNamedCurves.GetByName(library));
    }

    /// <summary>The 256-bit random curve with SHA-256.</summary>
    public static EcCurve P256 { get; } = new(
        "P-256", Oids.P256, 32, HashFunction.Sha256, "secp256r1", () => new Sha256Digest());

    /// <summary>The 384-bit random curve with SHA-384.</summary>
    public static EcCurve P384 { get; } = new(
        "P-384", Oids.P384, 48, HashFunction.Sha384, "secp384r1", () => new Sha384Digest());

    /// <summary>The 521-bit random curve with SHA-512.</summary>
    public static EcCurve P521 { get; } = new(
        "P-521", Oids.P521, 66, HashFunction.Sha512, "secp521r1", () => new Sha512Digest());

    /// <summary>All three.</summary>
    public static IReadOnlyList<EcCurve> All { get; } = [P256, P384, P521];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Octets of a coordinate, of r and of s (RFC 4754 §7).</summary>
    public int Length { get; }

    /// <summary>The hash that RFC 4754 §4 binds to the curve.</summary>
    public HashFunction Hash { get; }

    internal string Oid { get; }

    internal ECDomainParameters Domain { get; }

    internal Func<IDigest> Digest { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>
    /// The curve that the parameters of a key name. Explicit parameters are refused: they can describe a curve of a
    /// forger's.
    /// </summary>
    internal static EcCurve? Named(ReadOnlyMemory<byte>? parameters)
    {
        var oid = parameters is { } encoded ? Der.Read(encoded, reader => reader.ReadObjectIdentifier()) : null;
        return All.FirstOrDefault(curve => curve.Oid == oid);
    }
}
