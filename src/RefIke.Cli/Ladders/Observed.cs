using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>
/// Opens the messages of one ISAKMP SA in the order in which they were sent, with the keys that an endpoint told: the
/// running IV of phase 1, and one of its own for each message id (RFC 2409 App. B).
/// </summary>
internal sealed class Observed
{
    private readonly Dictionary<uint, (Octets Iv, string Formula)> ivs = [];
    private Phase1State? keys;
    private (Octets Iv, string Formula) phase1;

    /// <summary>The keys, from the step in which they were derived.</summary>
    public void Learn(Phase1State derived)
    {
        keys = derived;
        var (hash, block) = (derived.Suite!.Hash, derived.Suite.Cipher.BlockLength);
        phase1 = (KeySchedule.Rfc2409.Phase1Iv(hash, derived.g_xi.Span, derived.g_xr.Span, block),
            $"first {block} octets of hash(g^xi | g^xr)");
    }

    /// <summary>A message with its payloads; null where it cannot be opened.</summary>
    public OpenedMessage? Open(Octets datagram)
    {
        if (!Header.TryRead(datagram.Span, out var header, out _))
        {
            return null;
        }

        if (!header.IsEncrypted)
        {
            return MessageReader.TryRead(datagram.Memory, EncryptedBodies(), out var message, out _)
                ? new(header, message!.Payloads, null)
                : null;
        }

        if (keys is not { Suite: { } suite, Keys: { } secrets })
        {
            return null;
        }

        var iv = header.MessageId == 0 ? phase1
            : ivs.TryGetValue(header.MessageId, out var running) ? running
            : (KeySchedule.Rfc2409.Phase2Iv(suite.Hash, phase1.Iv.Span, header.MessageId, suite.Cipher.BlockLength),
                $"first {suite.Cipher.BlockLength} octets of hash(last phase 1 CBC block | M-ID)");
        if (Protection.Open(datagram, header, suite.Cipher, secrets.Ka, iv.Item1, out var opened) is not null)
        {
            return null;
        }

        var next = (opened!.LastBlock, "last CBC block of the message before");
        if (header.MessageId == 0)
        {
            phase1 = next;
        }
        else
        {
            ivs[header.MessageId] = next;
        }

        return new(header, opened.Payloads, iv);
    }

    /// <summary>What public key encryption sends with an encrypted body (RFC 2409 §5.2), its revised mode KE too (§5.3).</summary>
    private PayloadType[] EncryptedBodies() => keys?.Method switch
    {
        AuthenticationMethod.RsaEncryption => [PayloadType.Identification, PayloadType.Nonce],
        AuthenticationMethod.RevisedRsaEncryption =>
            [PayloadType.Identification, PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Certificate],
        _ => [],
    };
}

/// <summary>A message as everybody who knows the keys can read it.</summary>
/// <param name="Iv">The IV that it was encrypted with, and how that is made (RFC 2409 App. B); null in clear.</param>
internal sealed record OpenedMessage(
    Header Header, ImmutableArray<Payload> Payloads, (Octets Octets, string Formula)? Iv);
