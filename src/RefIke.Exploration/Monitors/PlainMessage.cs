using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>An encrypted message, decrypted by .NET and read by a plain walk over payload headers (RFC 2408 §3.1, §3.2).</summary>
/// <param name="Payloads">Types and bodies, in order.</param>
/// <param name="AfterFirst">All that follows the first payload, without the padding.</param>
/// <param name="LastBlock">The next message's IV (RFC 2409 App. B).</param>
internal sealed record PlainMessage(ImmutableArray<(PayloadType Type, byte[] Body)> Payloads, byte[] AfterFirst, byte[] LastBlock)
{
    private const int HeaderLength = 28;
    private const int GenericHeader = 4;

    /// <summary>The body of the only payload of a type; null where there is none or more than one.</summary>
    public byte[]? this[PayloadType type] => Payloads.Where(p => p.Type == type).ToArray() is [var one] ? one.Body : null;

    /// <summary>Whether .NET has the cipher.</summary>
    public static bool Decrypts(CipherFamily cipher) => Algorithm(cipher) is not null;

    /// <summary>Whether the encryption bit of a datagram is set.</summary>
    public static bool IsEncrypted(Octets datagram) => (datagram.Span[19] & 1) != 0;

    /// <summary>The message of a datagram; null where what comes out is no chain of payloads.</summary>
    public static PlainMessage? Open(CipherFamily cipher, byte[] key, byte[] iv, Octets datagram)
    {
        var ciphertext = datagram.Span[HeaderLength..];
        if (ciphertext.IsEmpty || ciphertext.Length % iv.Length != 0)
        {
            return null;
        }

        using var algorithm = Algorithm(cipher)!();
        algorithm.Key = key;
        var clear = algorithm.DecryptCbc(ciphertext, iv, PaddingMode.None);
        var payloads = ImmutableArray.CreateBuilder<(PayloadType, byte[])>();
        var (type, at, afterFirst) = (datagram.Span[16], 0, 0);
        while (type != 0)
        {
            if (at + GenericHeader > clear.Length || clear[at + 1] != 0)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(clear.AsSpan(at + 2));
            if (length < GenericHeader || at + length > clear.Length)
            {
                return null;
            }

            payloads.Add(((PayloadType)type, clear[(at + GenericHeader)..(at + length)]));
            (type, at) = (clear[at], at + length);
            afterFirst = payloads.Count == 1 ? at : afterFirst;
        }

        return new(payloads.ToImmutable(), clear[afterFirst..at], ciphertext[^iv.Length..].ToArray());
    }

    private static Func<SymmetricAlgorithm>? Algorithm(CipherFamily cipher)
        => cipher == CipherFamily.Aes ? Aes.Create
            : cipher == CipherFamily.TripleDes ? TripleDES.Create
            : cipher == CipherFamily.Des ? DES.Create : null;
}
