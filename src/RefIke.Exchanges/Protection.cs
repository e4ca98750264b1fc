using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges;

/// <summary>HDR*: payloads encrypted under Ka in CBC, the IV carried from message to message (RFC 2409 §3.1, §5, App. B).</summary>
public static class Protection
{
    /// <summary>Encrypts a message; the next IV is its last ciphertext block. Padding is zeros up to a whole block (D-20).</summary>
    [Clause("2409-B-06")]
    [Clause("2409-3.2-02")]
    [Clause("2409-B-04")]
    [Clause("2409-B-05")]
    [Clause("2409-B-09")]
    public static (Octets Datagram, Octets NextIv) Seal(Header header, ImmutableArray<Payload> payloads, Cipher cipher, Secret Ka, Octets iv)
    {
        var clear = MessageWriter.WritePayloads(payloads);
        var block = cipher.BlockLength;
        var padded = new byte[(clear.Length + block - 1) / block * block];
        clear.CopyTo(padded, 0);
        var ciphertext = cipher.Encrypt(Ka, iv.Span, padded);
        var datagram = MessageWriter.WriteEncrypted(
            header with { Flags = header.Flags | HeaderFlags.Encryption }, payloads[0].Type, ciphertext);
        return (datagram, ciphertext.AsSpan(ciphertext.Length - block).ToArray());
    }

    /// <summary>
    /// Decrypts a message. Rubbish is a rejection, and as the next IV is part of the result, a refused message cannot move the
    /// running IV (RFC 2409 §10, D-18). Padding may hold anything but is shorter than 256 octets (D-20, D-21).
    /// </summary>
    [Clause("2409-10-03")]
    public static Rejection? Open(Octets datagram, Header header, Cipher cipher, Secret Ka, Octets iv, out Opened? opened)
    {
        opened = null;
        var body = (int)header.Length - Header.Size;
        var block = cipher.BlockLength;
        if (body <= 0 || body % block != 0 || datagram.Length < header.Length)
        {
            return new Rejection.Undecodable($"{body} octets are no whole blocks of {block}");
        }

        var ciphertext = datagram.Slice(Header.Size, body);
        var clear = cipher.Decrypt(Ka, iv.Span, ciphertext.Span);
        if (!MessageReader.TryReadPayloads(header.NextPayload, clear, Header.Size, out var payloads, out var consumed, out var malformed))
        {
            return new Rejection.Undecodable($"{malformed!.Payload} {malformed.Field}: {malformed.Reason}");
        }

        if (clear.Length - consumed >= 256)
        {
            return new Rejection.Undecodable($"{clear.Length - consumed} octets of padding");
        }

        opened = new Opened(payloads, ((Octets)clear).Slice(0, consumed), ciphertext.Slice(body - block, block));
        return null;
    }
}

/// <summary>A message after decryption.</summary>
/// <param name="Payloads">In the order received.</param>
/// <param name="Clear">The payload chain as decrypted, without padding: what the HASH payloads of phase 2 cover.</param>
/// <param name="LastBlock">The last ciphertext block, the next IV.</param>
public sealed record Opened(ImmutableArray<Payload> Payloads, Octets Clear, Octets LastBlock)
{
    /// <summary>All that follows the HASH payload, which is the first: the octets that HASH(1) and HASH(2) cover (RFC 2409 §5.5).</summary>
    [Clause("2409-5.5-14")]
    public Octets AfterHash
    {
        get
        {
            var first = 4 + Payloads[0].Body.Length;
            return Clear.Slice(first, Clear.Length - first);
        }
    }
}
