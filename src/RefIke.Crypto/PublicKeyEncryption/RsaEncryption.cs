using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.PublicKeyEncryption;

/// <summary>
/// The bodies of nonce and identity encrypted to a public key (RFC 2409 §5.2; the nonce alone in §5.3): PKCS #1 v1.5,
/// one block. Each method is virtual, so that one can be replaced where an endpoint is set up.
/// </summary>
public class RsaEncryption
{
    /// <summary>
    /// Octets of a block that are not the body: 00 02, at least eight of padding, 00 (RFC 8017 §7.2.1).
    /// </summary>
    private const int Overhead = 11;

    private const int SeedLength = 32;

    /// <summary>As the RFC has it.</summary>
    public static RsaEncryption Rfc2409 { get; } = new();

    /// <summary>
    /// Octets of the longest body that a key encrypts. RFC 2409 has no rule for splitting a longer one (D-112).
    /// </summary>
    public static int LongestBody(RsaPublicKey key) => key.Length - Overhead;

    /// <summary>
    /// &lt;Ni_b&gt;PubKey_r and the like: the ciphertext is as long as the modulus, the payload as long as that and its
    /// header.
    /// </summary>
    /// <param name="key">The peer's.</param>
    /// <param name="body">The payload's body, without its generic header.</param>
    /// <param name="randomness">Gives so many random octets, asked once; the padding is drawn from them.</param>
    /// <param name="ciphertext">The encrypted body.</param>
    /// <param name="fault">A body too long for one block: nothing may be sent.</param>
    public virtual bool TryEncrypt(RsaPublicKey key, ReadOnlySpan<byte> body, Func<int, byte[]> randomness,
    [NotNullWhen(true)] out byte[]? ciphertext, [NotNullWhen(false)] out CryptoFault? fault)
    {
        if (body.Length > LongestBody(key))
        {
            (ciphertext, fault) = (null, new CryptoFault.BodyTooLong(body.Length, LongestBody(key)));
            return false;
        }

        var block = new byte[key.Length];
        block[1] = 2;
        var padding = new OctetStream(randomness(SeedLength), "RefIke: padding of an encrypted body"u8);
        for (var at = 2; at < block.Length - body.Length - 1; at++)
        {
            do
            {
                block[at] = padding.Next();
            }
            while (block[at] == 0);
        }

        body.CopyTo(block.AsSpan(block.Length - body.Length));
        (ciphertext, fault) = (key.Power(block), null);
        return ciphertext is not null;
    }

    /// <summary>
    /// The body that was encrypted, or, where the octets are no ciphertext of ours, octets that stand in for it: there
    /// is no fault to tell a forger that a padding was bad (A-31, D-114, M-94).
    /// </summary>
    /// <remarks>
    /// What stands in is drawn from the key and the ciphertext alone: the same forged ciphertext always opens to the
    /// same octets, as a good one does, and its length lies evenly within the bounds. The exchange goes on with them
    /// and fails where HASH_I or HASH_R does not verify. Whatever else fails on the way there – an identity that does
    /// not parse or is unknown, a payload that Ke does not open – must look to the peer exactly like that. The choice
    /// itself is made without a branch; BouncyCastle's numbers around it make no claim of constant time.
    /// </remarks>
    /// <param name="key">Ours.</param>
    /// <param name="ciphertext">The payload's body as received.</param>
    /// <param name="shortest">
    /// Octets of the shortest body that the payload may have: 8 for a nonce, 4 for an identity.
    /// </param>
    /// <param name="longest">
    /// Octets of the longest: 256 for a nonce (RFC 2409 §5); what the key can hold is never exceeded.
    /// </param>
    public virtual Secret Decrypt(RsaPrivateKey key, ReadOnlySpan<byte> ciphertext, int shortest, int longest)
    {
        longest = Math.Min(longest, LongestBody(key.PublicKey));
        ArgumentOutOfRangeException.ThrowIfLessThan(shortest, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shortest, longest);
        var standIn = StandIn(key, ciphertext, shortest, longest);
        if (ciphertext.Length != key.PublicKey.Length
            || !IsBelow(ciphertext, Der.Octets(key.PublicKey.Modulus, ciphertext.Length)))
        {
            // Everybody can see that this is no ciphertext of the key; it goes the same way all the same.
            return Secret.Of(standIn);
        }

        var block = key.Power(ciphertext);
        var bodyLength = BodyLength(block, shortest, longest, out var good);
        var length = (good & bodyLength) | (~good & standIn.Length);
        var result = new byte[length];
        for (var at = 0; at < length; at++)
        {
            var real = block[block.Length - length + at];
            var drawn = standIn[at % standIn.Length];
            result[at] = (byte)((good & real) | (~good & drawn));
        }

        CryptographicOperations.ZeroMemory(block);
        return Secret.Of(result);
    }

    /// <summary>
    /// HASH(1): the negotiated hash of the DER certificate whose key the initiator encrypts with (RFC 2409 §5.2,
    /// D-111).
    /// </summary>
    public virtual byte[] HASH_1(HashFunction hash, ReadOnlySpan<byte> certificate) => hash.Compute(certificate);

    private static bool IsBelow(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceCompareTo(b) < 0;

    private static byte[] StandIn(RsaPrivateKey key, ReadOnlySpan<byte> ciphertext, int shortest, int longest)
    {
        var stream = new OctetStream(key.Derived.Reveal(), [.. "RefIke: implicit rejection"u8, .. ciphertext]);
        var draw = (stream.Next() << 16) | (stream.Next() << 8) | stream.Next();
        return stream.Take(shortest + (draw % (longest - shortest + 1)));
    }

    /// <summary>
    /// The body's length, and all ones where the block is 00 02, eight or more octets that are not 0, 00, a body within
    /// the bounds.
    /// </summary>
    private static int BodyLength(byte[] block, int shortest, int longest, out int good)
    {
        var zeroAt = 0;
        for (var at = 2; at < block.Length; at++)
        {
            var first = IsZero(block[at]) & IsZero(zeroAt);
            zeroAt |= first & at;
        }

        var length = block.Length - 1 - zeroAt;
        good = IsZero(block[0]) & IsZero(block[1] ^ 2) & ~IsZero(zeroAt) & IsNotNegative(zeroAt - (Overhead - 1))
            & IsNotNegative(length - shortest) & IsNotNegative(longest - length);
        return length;
    }

    /// <summary>All ones for 0, else 0.</summary>
    private static int IsZero(int value) => ~((value | unchecked(-value)) >> 31);

    /// <summary>All ones for 0 and more, else 0.</summary>
    private static int IsNotNegative(int value) => ~(value >> 31);
}
