using System.Diagnostics.CodeAnalysis;

namespace RefIke.Crypto.PublicKeyEncryption;

/// <summary>
/// Encrypts the bodies of the payloads that follow the nonce, one after the other, with Ke_i or Ke_r (RFC 2409 §5.3).
/// The first has an IV of zeros, each later one the last ciphertext block before it (M-79). A value: what comes after a
/// body is handed back, not kept.
/// </summary>
public sealed class PayloadCipher
{
    private readonly Cipher cipher;
    private readonly Secret Ke;
    private readonly byte[] iv;

    /// <summary>Before the first payload after the nonce.</summary>
    public PayloadCipher(Cipher cipher, Secret Ke)
        : this(cipher, Ke, new byte[cipher.BlockLength])
    {
    }

    private PayloadCipher(Cipher cipher, Secret Ke, byte[] iv) => (this.cipher, this.Ke, this.iv) = (cipher, Ke, iv);

    /// <summary>
    /// &lt;KE_b&gt;Ke_i and the like. There is always padding: zeros, and in the last octet how many of them there are.
    /// </summary>
    /// <param name="body">A payload's body, without its generic header.</param>
    /// <param name="next">For the payload that follows.</param>
    public byte[] Encrypt(ReadOnlySpan<byte> body, out PayloadCipher next)
    {
        var zeros = cipher.BlockLength - 1 - (body.Length % cipher.BlockLength);
        var ciphertext = cipher.Encrypt(Ke, iv, [.. body, .. new byte[zeros], (byte)zeros]);
        next = After(ciphertext);
        return ciphertext;
    }

    /// <summary>
    /// The body of a received payload. Only the count in the last octet is checked, for the ciphertext is not
    /// authenticated before HASH_I (D-113, A-34): a fault here must be answered like a HASH that does not verify (<see
    /// cref="RsaEncryption.Decrypt"/>).
    /// </summary>
    /// <param name="ciphertext">The payload's body as received.</param>
    /// <param name="body">The body without its padding.</param>
    /// <param name="next">For the payload that follows; null where there is a fault.</param>
    /// <param name="fault">Not whole blocks, or more padding than a block has room for.</param>
    public bool TryDecrypt(ReadOnlySpan<byte> ciphertext, [NotNullWhen(true)] out byte[]? body,
    [NotNullWhen(true)] out PayloadCipher? next, [NotNullWhen(false)] out CryptoFault? fault)
    {
        (body, next) = (null, null);
        if (ciphertext.IsEmpty || ciphertext.Length % cipher.BlockLength != 0)
        {
            fault = new CryptoFault.NotWholeBlocks(ciphertext.Length, cipher.BlockLength);
            return false;
        }

        var plaintext = cipher.Decrypt(Ke, iv, ciphertext);
        var zeros = plaintext[^1];
        fault = zeros < cipher.BlockLength ? null : new CryptoFault.PayloadPadding(zeros);
        if (fault is null)
        {
            (body, next) = (plaintext[..^(zeros + 1)], After(ciphertext));
        }

        return fault is null;
    }

    private PayloadCipher After(ReadOnlySpan<byte> ciphertext)
        => new(cipher, Ke, ciphertext[^cipher.BlockLength..].ToArray());
}
