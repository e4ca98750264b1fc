using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Properties.Engine;
using RefIke.Wire;

namespace RefIke.Properties.Specification;

/// <summary>
/// Somebody who has the keys and breaks the rules: opens a protected message, changes it, and protects it again.
/// </summary>
internal static class Insider
{
    private static readonly KeySchedule Formulas = KeySchedule.Rfc2409;

    /// <summary>A clear message with other payloads.</summary>
    public static Octets Clear(Octets datagram, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
        => MessageReader.TryRead(datagram.Memory, out var message, out _)
            ? MessageWriter.Write(message!.Header, [.. change(message.Payloads)])
            : throw new InvalidOperationException("not a clear message");

    /// <summary>Message 5 with other payloads, under the keys of the side that sent it.</summary>
    public static Octets Message5(
        Side sender, Octets datagram, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
    {
        var p = sender.State.Isakmp.Values.Single().Phase1;
        var iv = Formulas.Phase1Iv(p.Suite!.Hash, p.g_xi.Span, p.g_xr.Span, p.Suite.Cipher.BlockLength);
        return Changed(p, datagram, iv, change);
    }

    /// <summary>Message 6 with other payloads.</summary>
    /// <param name="initiator">Who awaits it.</param>
    public static Octets Message6(
        Side initiator, Octets datagram, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
        => initiator.State.Isakmp.Values.Single().Phase1 is var p ? Changed(p, datagram, p.Iv, change) : datagram;

    /// <summary>The first message of a phase 2 exchange with other payloads, HASH(1) as it was.</summary>
    public static Octets FirstOfPhase2(
        Side holder, Octets datagram, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
        => Changed(Sa(holder), datagram, FirstIv(Sa(holder), HeaderOf(datagram).MessageId), change);

    /// <summary>The first message of a phase 2 exchange with what follows HASH(1) changed, and HASH(1) right again.</summary>
    public static Octets Rehashed(
        Side holder, Octets datagram, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
        => FirstOfPhase2(holder, datagram, payloads =>
        {
            var p = Sa(holder);
            ImmutableArray<Payload> rest = [.. change(payloads[1..])];
            var hash = Formulas.HASH_1(
                p.Suite!.Prf, p.Keys!.SKEYID_a, HeaderOf(datagram).MessageId, MessageWriter.WritePayloads(rest));
            return [new HashPayload(hash), .. rest];
        });

    /// <summary>The first message of a phase 2 exchange, opened.</summary>
    public static ImmutableArray<Payload> Open(Side holder, Octets datagram)
    {
        var (p, header) = (Sa(holder), HeaderOf(datagram));
        var iv = FirstIv(p, header.MessageId);
        return Protection.Open(datagram, header, p.Suite!.Cipher, p.Keys!.Ka, iv, out var opened) is null
            ? opened!.Payloads
            : throw new InvalidOperationException("does not open");
    }

    /// <summary>Message 2 of Quick Mode with what follows HASH(2) changed, and HASH(2) right again.</summary>
    /// <param name="initiator">Who awaits it.</param>
    public static Octets Answer(
        Side initiator, Octets datagram, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
    {
        var s = initiator.State.QuickModes[(Sa(initiator).CKY_I.Value, HeaderOf(datagram).MessageId)].State;
        return Changed(s.Phase1, datagram, s.Iv, payloads =>
        {
            ImmutableArray<Payload> rest = [.. change(payloads[1..])];
            var hash = Formulas.HASH_2(s.Phase1.Suite!.Prf, s.Phase1.Keys!.SKEYID_a, s.Name.M_ID, s.Ni_b.Span,
                MessageWriter.WritePayloads(rest));
            return [new HashPayload(hash), .. rest];
        });
    }

    /// <summary>Message 3 of Quick Mode with other payloads behind HASH(3), which does not cover them.</summary>
    /// <param name="responder">Who awaits it.</param>
    public static Octets Message3(Side responder, Octets datagram, params ImmutableArray<Payload> behind)
    {
        var s = responder.State.QuickModes.Values.Single(q => q.State.Name.M_ID == HeaderOf(datagram).MessageId).State;
        return Changed(s.Phase1, datagram, s.Iv, payloads => [.. payloads, .. behind]);
    }

    /// <summary>An Informational under the newest ISAKMP SA of a side, its HASH(1) right or not.</summary>
    public static Octets Informational(Side holder, uint id, bool rightHash, params ImmutableArray<Payload> body)
    {
        var p = Sa(holder);
        var hash = Formulas.HASH_1(p.Suite!.Prf, p.Keys!.SKEYID_a, id, MessageWriter.WritePayloads(body));
        hash[0] ^= (byte)(rightHash ? 0 : 1);
        var header = new Header(p.CKY_I, p.CKY_R, 0, 0x10, ExchangeType.Informational, HeaderFlags.None, id, 0);
        return Protection.Seal(
            header, [new HashPayload(hash), .. body], p.Suite.Cipher, p.Keys.Ka, FirstIv(p, id)).Datagram;
    }

    public static Header HeaderOf(Octets datagram)
        => Header.TryRead(datagram.Span, out var header, out _)
            ? header : throw new InvalidOperationException("no header");

    /// <summary>A datagram with single octets changed.</summary>
    public static Octets Patched(Octets datagram, params (int At, byte Value)[] changes)
    {
        var octets = datagram.ToArray();
        foreach (var (at, value) in changes)
        {
            octets[at] = value;
        }

        return octets;
    }

    private static Phase1State Sa(Side holder)
        => holder.State.Isakmp.Values.Last(e => e.Established is not null).Phase1;

    private static Octets FirstIv(Phase1State phase1, uint id)
        => Formulas.Phase2Iv(phase1.Suite!.Hash, phase1.Iv.Span, id, phase1.Suite.Cipher.BlockLength);

    private static Octets Changed(
        Phase1State p, Octets datagram, Octets iv, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change)
    {
        var header = HeaderOf(datagram);
        if (Protection.Open(datagram, header, p.Suite!.Cipher, p.Keys!.Ka, iv, out var opened) is { } rejection)
        {
            throw new InvalidOperationException(rejection.Reason);
        }

        return Protection.Seal(header, [.. change(opened!.Payloads)], p.Suite.Cipher, p.Keys.Ka, iv).Datagram;
    }
}
