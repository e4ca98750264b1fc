using System.Security.Cryptography;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Signatures;

/// <summary>
/// RSA by RFC 2409 §5.1: HASH itself, without the OID of its hash, in a type 1 block of PKCS #1 (D-99 (a)).
/// Verification makes the block that must come out and compares all of it, so that no octet of the padding is left to a
/// forger (M-91, B-04, B-58, B-81).
/// </summary>
internal sealed class RsaSignature() : SignatureMethod("RSA signatures", null)
{
    private const string Clause = "2409-5.1-03";

    public override bool Takes(PublicKey key) => key is RsaPublicKey;

    public override byte[] Sign(PrivateKey key, ReadOnlySpan<byte> HASH)
        => key is RsaPrivateKey rsa ? rsa.Power(SignatureBlock.Of(HASH, rsa.PublicKey.Length)) : throw CannotSign(key);

    public override CryptoFault? Verify(PublicKey key, ReadOnlySpan<byte> HASH, ReadOnlySpan<byte> SIG)
    {
        if (key is not RsaPublicKey rsa)
        {
            return new CryptoFault.WrongKey(Name, key.Name);
        }

        if (SIG.Length != rsa.Length)
        {
            return new CryptoFault.SignatureLength(Clause, SIG.Length, rsa.Length);
        }

        if (rsa.Power(SIG) is not { } block)
        {
            return new CryptoFault.SignatureRange(Clause, "the signature");
        }

        return CryptographicOperations.FixedTimeEquals(block, SignatureBlock.Of(HASH, rsa.Length))
            ? null
            : Diagnose(block, HASH);
    }

    /// <summary>Only names a fault that is already found; nothing is accepted here.</summary>
    private static CryptoFault Diagnose(byte[] block, ReadOnlySpan<byte> HASH)
        => SignatureBlock.Open(block) is not { } content ? new CryptoFault.SignaturePadding()
            : DigestInfo.IsOver(content, HASH) ? new CryptoFault.SignatureWithDigestInfo()
            : new CryptoFault.SignatureMismatch(Clause);
}
