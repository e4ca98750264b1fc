using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>
/// Opens the messages of one ISAKMP SA in the order in which they were sent, with the keys that an endpoint told: the running IV
/// of phase 1, and one of its own for each message id (RFC 2409 App. B).
/// </summary>
internal sealed class Observed
{
    private readonly Dictionary<uint, Octets> ivs = [];
    private Phase1State? keys;
    private Octets lastPhase1Block;

    /// <summary>The keys, from the step in which they were derived.</summary>
    public void Learn(Phase1State phase1) => (keys, lastPhase1Block) = (phase1, FirstIv(phase1));

    /// <summary>Phase 1's first IV (RFC 2409 App. B).</summary>
    public static Octets FirstIv(Phase1State p)
        => KeySchedule.Rfc2409.Phase1Iv(p.Suite!.Hash, p.g_xi.Span, p.g_xr.Span, p.Suite.Cipher.BlockLength);

    /// <summary>The payloads of a message; null where it cannot be opened.</summary>
    public (Header Header, ImmutableArray<Payload> Payloads)? Open(Octets datagram)
    {
        if (!Header.TryRead(datagram.Span, out var header, out _))
        {
            return null;
        }

        if (!header.IsEncrypted)
        {
            return MessageReader.TryRead(datagram.Memory, out var message, out _) ? (header, message!.Payloads) : null;
        }

        if (keys is not { Suite: { } suite, Keys: { } secrets })
        {
            return null;
        }

        var iv = header.MessageId == 0 ? lastPhase1Block
            : ivs.TryGetValue(header.MessageId, out var running) ? running
            : KeySchedule.Rfc2409.Phase2Iv(suite.Hash, lastPhase1Block.Span, header.MessageId, suite.Cipher.BlockLength);
        if (Protection.Open(datagram, header, suite.Cipher, secrets.Ka, iv, out var opened) is not null)
        {
            return null;
        }

        if (header.MessageId == 0)
        {
            lastPhase1Block = opened!.LastBlock;
        }
        else
        {
            ivs[header.MessageId] = opened!.LastBlock;
        }

        return (header, opened.Payloads);
    }
}
