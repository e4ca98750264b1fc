using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.Xauth;

/// <summary>What XAUTH's type RADIUS-CHAP sends instead of a password (draft-beaulieu-ike-xauth-02 App. A, RFC 1994 §4.1).</summary>
public static class Chap
{
    /// <summary>The identifier octet, then MD5(identifier | password | challenge): 17 octets.</summary>
    [Clause("xauth-6.3-01")]
    public static byte[] Response(byte identifier, Secret password, Octets challenge)
        => [identifier, .. HashFunction.Md5.Compute([identifier, .. password.Reveal(), .. challenge.Span])];
}
