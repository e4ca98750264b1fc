using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Signatures;

/// <summary>
/// DSS by RFC 2409 §5.1: over the 20 octets of HASH made with HMAC-SHA-1, taken as the digest itself (D-100 (a)); r
/// followed by s, 20 octets each. k comes from RFC 6979.
/// </summary>
internal sealed class DssSignature() : SignatureMethod("DSS signatures", HashFunction.Sha1)
{
    private const string Clause = "2409-5.1-04";

    public override bool Takes(PublicKey key) => key is DsaPublicKey;

    public override byte[] Sign(PrivateKey key, ReadOnlySpan<byte> HASH)
        => key is DsaPrivateKey dsa
            ? RsPair.Encode(dsa.Sign(Digest(HASH, HashFunction.Sha1)), DsaPublicKey.OrderLength)
            : throw CannotSign(key);

    public override CryptoFault? Verify(PublicKey key, ReadOnlySpan<byte> HASH, ReadOnlySpan<byte> SIG)
    {
        var digest = Digest(HASH, HashFunction.Sha1);
        if (key is not DsaPublicKey dsa)
        {
            return new CryptoFault.WrongKey(Name, key.Name);
        }

        return RsPair.Check(SIG, DsaPublicKey.OrderLength, dsa.Domain.Q, Clause, (r, s) => dsa.Verifies(digest, r, s));
    }
}
