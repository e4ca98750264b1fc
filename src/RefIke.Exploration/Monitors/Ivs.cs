using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>
/// S-09: every IV worked out again from what was sent and received. In phase 2 a first message has the hash over the last block of phase 1 and the message
/// id, a later one the last block of the message that it answers; the last block of phase 1 is that of its last encrypted message (RFC 2409 App. B).
/// </summary>
internal static class Ivs
{
    /// <summary>The first message that the step sent, and the last block that it kept, must be so.</summary>
    public static Fault? Of(Taken step)
    {
        foreach (var send in step.Effects.OfType<Effect.Send>().Where(s => !s.IsResend))
        {
            if (Header.TryRead(send.Datagram.Span, out var header, out _) && header.IsEncrypted && header.MessageId != 0
                && step.SaOf(header) is { Phase1: { Keys: { } keys, Suite: { } suite } phase1 } sa
                && !CanBeRead(send.Datagram, header, suite.Cipher, keys.Ka, Before(step, sa, header)
                    ?? KeySchedule.Rfc2409.Phase2Iv(suite.Hash, phase1.Iv.Span, header.MessageId, suite.Cipher.BlockLength)))
            {
                return new Fault("S-09", $"the IV of message id {header.MessageId:x8} is not that of RFC 2409 App. B");
            }
        }

        foreach (var phase1 in step.Effects.OfType<Effect.IsakmpEstablished>().Select(e => e.Phase1))
        {
            if (LastOfPhase1(step, phase1.CKY_I) is { } last && !LastBlock(last, phase1.Iv.Length).SequenceEqual(phase1.Iv.Span))
            {
                return new Fault("S-09", "what phase 1 leaves for the IVs to come is not its last block");
            }
        }

        return null;
    }

    /// <summary>The last block of the message that this one answers: the one that came, or the one that waited for phase 1 to end.</summary>
    private static Octets? Before(Taken step, IsakmpEntry sa, Header header)
    {
        Octets?[] heard = [step.Came?.Datagram, step.Before.Isakmp.GetValueOrDefault(sa.Own.Value)?.Held?.Datagram, Gathered(step, sa, header)];
        foreach (var octets in heard.OfType<Octets>())
        {
            if (Header.TryRead(octets.Span, out var other, out _) && other.MessageId == header.MessageId && other.IsEncrypted
                && other.NextPayload != PayloadType.Fragment)
            {
                return LastBlock(octets, sa.Phase1.Suite!.Cipher.BlockLength).ToArray();
            }
        }

        return null;
    }

    /// <summary>The message that was whole with the fragment that came, as its exchange keeps it.</summary>
    private static Octets? Gathered(Taken step, IsakmpEntry sa, Header header)
        => step.Came is not { Header.NextPayload: PayloadType.Fragment } ? null
            : step.After.QuickModes.GetValueOrDefault((sa.Own.Value, header.MessageId))?.Resending.LastReceived;

    private static Octets? LastOfPhase1(Taken step, Cookie initiator)
    {
        var sent = step.Effects.OfType<Effect.Send>().Where(s => !s.IsResend).Select(s => s.Datagram);
        Octets?[] all = [.. sent.Select(s => (Octets?)s), step.Came?.Datagram];
        return all.FirstOrDefault(m => m is { } octets && Header.TryRead(octets.Span, out var header, out _) && header.IsEncrypted
            && header.MessageId == 0 && header.InitiatorCookie == initiator);
    }

    private static ReadOnlySpan<byte> LastBlock(Octets datagram, int length) => datagram.Span[^length..];

    private static bool CanBeRead(Octets datagram, Header header, Cipher cipher, Secret key, Octets iv)
        => Protection.Open(datagram, header, cipher, key, iv, out var opened) is null && opened!.Payloads is [HashPayload, ..];
}
