using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>
/// An AH transform with its authentication algorithm and the octets of KEYMAT that they take (RFC 2407 §4.4.3, §4.5).
/// </summary>
public sealed record AhAlgorithm(string Name, AhTransform Transform, AuthenticationAlgorithm Algorithm, int KeyOctets);

/// <summary>
/// The AH algorithms spoken. Transform id and Authentication Algorithm must both be there and name a pair that RFC 2407
/// §4.4.3, RFC 4868 or RFC 3566 define; any other pair is undefined and never chosen (D-118). AH_MD5 with KPDK is
/// defined, by RFC 1826 and RFC 1828, but its key has no defined length, so it is not here.
/// </summary>
public static class AhAlgorithms
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<AhAlgorithm> All { get; } =
    [
        new("md5", AhTransform.Md5, AuthenticationAlgorithm.HmacMd5, 16),
        new("sha1", AhTransform.Sha, AuthenticationAlgorithm.HmacSha, 20),
        new("desmac", AhTransform.Des, AuthenticationAlgorithm.DesMac, 8),
        new("sha256", AhTransform.Sha256, AuthenticationAlgorithm.HmacSha256, 32),
        new("sha384", AhTransform.Sha384, AuthenticationAlgorithm.HmacSha384, 48),
        new("sha512", AhTransform.Sha512, AuthenticationAlgorithm.HmacSha512, 64),
        new("aesxcbc", AhTransform.AesXcbcMac, AuthenticationAlgorithm.AesXcbcMac, 16),
    ];

    /// <summary>
    /// The algorithm that a transform id and an Authentication Algorithm attribute stand for, or why there is none.
    /// </summary>
    public static AhAlgorithm? Find(byte transform, ulong? authentication, out string why)
    {
        var found = All.FirstOrDefault(a => (byte)a.Transform == transform && (ushort)a.Algorithm == authentication);
        why = found is not null ? ""
            : authentication is null ? "AH without an authentication algorithm (RFC 2407 §4.4.3)"
            : (transform, authentication) is ((byte)AhTransform.Md5, (ushort)AuthenticationAlgorithm.Kpdk)
                ? "KPDK is not spoken: no RFC says how much KEYMAT it takes"
            : $"AH transform {transform} with authentication {authentication} is not defined (RFC 2407 §4.4.3)";
        return found;
    }
}
