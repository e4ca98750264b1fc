using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Signatures;

/// <summary>
/// ECDSA by RFC 4754: over HASH made with the HMAC of the curve's hash, taken as the digest itself (D-101 (a)); r
/// followed by s, each as long as the field. k comes from RFC 6979.
/// </summary>
internal sealed class EcdsaSignature(EcCurve curve)
    : SignatureMethod($"ECDSA with {curve.Name} and {curve.Hash}", curve.Hash)
{
    private const string Clause = "4754-7";

    public override bool Takes(PublicKey key) => key is EcPublicKey ec && ec.Curve == curve;

    public override byte[] Sign(PrivateKey key, ReadOnlySpan<byte> HASH)
        => key is EcPrivateKey ec && Takes(ec.PublicKey)
        ? RsPair.Encode(ec.Sign(Digest(HASH, curve.Hash)), curve.Length)
        : throw CannotSign(key);

    public override CryptoFault? Verify(PublicKey key, ReadOnlySpan<byte> HASH, ReadOnlySpan<byte> SIG)
    {
        var digest = Digest(HASH, curve.Hash);
        if (key is not EcPublicKey ec || !Takes(key))
        {
            return new CryptoFault.WrongKey(Name, key.Name);
        }

        return RsPair.Check(SIG, curve.Length, curve.Domain.N, Clause, (r, s) => ec.Verifies(digest, r, s));
    }
}
