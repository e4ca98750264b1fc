using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Vectors.Replay;

/// <summary>
/// Every datagram through RefIke's reader, writer and encryption: what is read and written again is the same. RefIke
/// pads with zeros up to a whole block (D-20); where a peer padded more, the datagrams are the same up to that block.
/// </summary>
internal static class DatagramCheck
{
    public static void Run(VectorFile v, FaultList faults)
    {
        foreach (var m in v.Messages.Where(m => m.IsWhole))
        {
            One(v, m, faults);
        }
    }

    /// <summary>What an encrypted message holds, by RefIke's encryption and reader.</summary>
    public static Opened Open(VectorFile v, Datagram m)
    {
        var (header, cipher) = (HeaderOf(m.Whole), v.Phase1.Phase1().Cipher);
        return Protection.Open(m.Whole, header, cipher, Secret.Of(v.Phase1.Ka.Span), m.Iv!.Value, out var opened)
            is { } rejection
            ? throw new ReplayException($"message {m.Number}: {rejection.Reason}")
            : opened!;
    }

    public static Header HeaderOf(Octets datagram) => Header.TryRead(datagram.Span, out var header, out var malformed)
        ? header
        : throw new ReplayException(malformed!.Reason);

    private static void One(VectorFile v, Datagram m, FaultList faults)
    {
        var what = $"message {m.Number}";
        var header = HeaderOf(m.Whole);
        faults.Holds(header.MessageId == m.M_ID && header.ExchangeType == m.Exchange, $"{what} has another header");
        if (m.Clear is not { } clear)
        {
            faults.Holds(MessageReader.TryRead(m.Whole.Memory, EncryptedIn(v, m), out var message, out var malformed),
                $"{what}: {malformed?.Reason}");
            if (message is not null)
            {
                faults.Equal(what, m.Whole, (Octets?)MessageWriter.Write(message.Header, message.Payloads));
            }

            return;
        }

        var opened = Open(v, m);
        var (cipher, Ka) = (v.Phase1.Phase1().Cipher, Secret.Of(v.Phase1.Ka.Span));
        faults.Equal($"{what} in clear", clear, opened.Clear);
        faults.Equal($"{what}'s last block", m.NextIv, opened.LastBlock);
        faults.Equal($"{what} in clear, written again", clear, (Octets?)MessageWriter.WritePayloads(opened.Payloads));
        byte[] padded = [.. clear.Span, .. m.Padding!.Value.Span];
        faults.Equal($"{what}'s ciphertext", m.Whole.Slice(Header.Size, padded.Length),
            (Octets?)cipher.Encrypt(Ka, m.Iv!.Value.Span, padded));
        var (sealedAgain, nextIv) = Protection.Seal(header, opened.Payloads, cipher, Ka, m.Iv.Value);
        if (m.Padding.Value.Length < cipher.BlockLength)
        {
            faults.Equal($"{what}, sealed again", m.Whole, sealedAgain);
            faults.Equal($"{what}'s next IV", m.NextIv, nextIv);
        }
        else
        {
            faults.Equal($"{what}, sealed again", Body(m.Whole, sealedAgain.Length), Body(sealedAgain, sealedAgain.Length));
        }
    }

    private static Octets Body(Octets datagram, int length) => datagram.Slice(Header.Size, length - Header.Size);

    /// <summary>The payloads with encrypted bodies in a clear message of phase 1 (RFC 2409 §5.2, §5.3).</summary>
    private static PayloadType[] EncryptedIn(VectorFile v, Datagram m)
        => !m.Payloads.Split(' ').Contains("NONCE") ? [] : XauthMethods.Alone(v.Phase1.Method) switch
        {
            AuthenticationMethod.RsaEncryption => [PayloadType.Identification, PayloadType.Nonce],
            AuthenticationMethod.RevisedRsaEncryption =>
            [
                PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification, PayloadType.Certificate,
            ],
            _ => [],
        };
}
