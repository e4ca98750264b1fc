using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exploration.Worlds;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>Notifies and Deletes that are made, believed or obeyed wrongly.</summary>
internal static class InformationalMutants
{
    public static IEnumerable<Mutant> All => [.. Deletes, .. Notifies, .. Contacts];

    private static IEnumerable<Mutant> Deletes =>
    [
        Taken("M-19", "the protocol of a Delete is not looked at", "2408-3.15-01", (letter, _) => letter.Exchange == ExchangeType.Informational
            ? letter.With<DeletePayload>(d => d.Spis.All(s => s.Length == 4) ? d with { Protocol = Protocol.Esp } : d) : letter),
        Taken("M-112", "what stands behind a Delete of the SA that carries it is obeyed", "2408-5.15-03", (letter, _)
            => letter.Exchange == ExchangeType.Informational
                ? letter.With(all => all.OrderBy(p => p is HashPayload ? 0 : p is DeletePayload { Protocol: Protocol.Isakmp } ? 2 : 1)) : letter),
        Arriving("M-113", "a Delete or a notify in clear is obeyed", "2408-5.15-01", (d, state)
            => Letter.Open(d, [state], null) is { Under: null, Exchange: ExchangeType.Informational } letter
                && Letter.Entry(state, letter.Header) is { Established: not null } entry && letter.Header.MessageId != 0
                && letter.Payloads.All(p => p is DeletePayload or NotificationPayload { NotifyType: NotifyType.InitialContact })
                ? Letter.Informational(entry.Phase1, letter.Header.MessageId, letter.Payloads).Write() : d),
        Sent("M-148", "a Delete names the SPI of its receiver", "2408-3.15-02", (letter, state)
            => letter.Exchange == ExchangeType.Informational ? letter.With<DeletePayload>(d => d.Protocol == Protocol.Isakmp ? d : d with
            {
                Spis = [.. d.Spis.Select(s => (Octets)s.ToArray().Reverse().ToArray())],
            }) : letter),
        Taken("M-149", "a Delete of an ISAKMP SA is for the one that carries it", "2408-3.15-02", (letter, _)
            => letter is { Exchange: ExchangeType.Informational, Under.Phase1: var carrier } ? letter.With<DeletePayload>(
                d => d.Protocol == Protocol.Isakmp ? d with { SpiSize = 16, Spis = [carrier.Spi] } : d) : letter),
        States("M-130", "an ISAKMP SA that was deleted still takes messages", "2408-5.15-03", (before, after) => after with
        {
            Isakmp = after.Isakmp.AddRange(before.Isakmp.Where(e => e.Value.Established is not null && !after.Isakmp.ContainsKey(e.Key))),
        }),
    ];

    private static IEnumerable<Mutant> Notifies =>
    [
        Sent("M-32", "an error notify has neither the SPI of the negotiation nor its protocol", "2408-3.14-02", (letter, _)
            => letter.With<NotificationPayload>(n => (ushort)n.NotifyType < 8192 ? n with { Protocol = Protocol.Isakmp, Spi = Octets.Empty } : n)),
        Steps("M-116", "an error notify is answered by another", "2409-9-01", (before, _, input, after, effects)
            => input is Input.DatagramArrived d && effects.OfType<Effect.Noted>().FirstOrDefault(n => n.Authenticated && (ushort)n.Type < 8192) is { } noted
                && Letter.Open(d.Datagram, [before], null) is { Under.Phase1: var p }
                ? (after, effects.Add(new Effect.Send(d.Local, d.Remote, Letter.Informational(p, noted.Exchange.M_ID ^ 0x5a5a, new NotificationPayload(
                    Doi.Ipsec, Protocol.Isakmp, Octets.Empty, NotifyType.InvalidPayloadType, Octets.Empty)).Write(), false)))
                : (after, effects)),
        Steps("M-117", "a notify has the message id of the exchange that caused it", "2409-5.7-02", (before, now, input, after, effects)
            => input is Input.DatagramArrived d && Header.TryRead(d.Datagram.Span, out var caused, out _) && caused.ExchangeType == ExchangeType.QuickMode
                ? Rewritten(before, input, after, effects, (letter, _) => letter is { Exchange: ExchangeType.Informational, Under: not null }
                    ? letter.As(caused.MessageId) : letter)
                : (after, effects)),
        Steps("M-136", "an Informational goes on from the IV of the Quick Mode that it is about", "2409-B-08", (before, _, input, after, effects)
            => before.QuickModes.Values.LastOrDefault() is { State.Iv: var iv }
                ? Rewritten(before, input, after, effects, (letter, _) => letter is { Exchange: ExchangeType.Informational, Under: { } under }
                    ? letter with { Under = under with { Iv = iv } } : letter)
                : (after, effects)),
        Steps("M-158", "what does not decrypt is answered by a notify", "2409-10-03", (before, _, input, after, effects)
            => input is Input.DatagramArrived d && effects.OfType<Effect.Rejected>().FirstOrDefault(r => r.Why is Rejection.Undecodable) is { } refused
                ? (after, effects.Add(new Effect.Send(d.Local, d.Remote, MessageWriter.Write(
                    Header.Of(refused.Exchange.CKY_I, refused.Exchange.CKY_R, ExchangeType.Informational, 0x5a5a), [new NotificationPayload(
                        Doi.Ipsec, Protocol.Isakmp, Octets.Empty, NotifyType.PayloadMalformed, Octets.Empty)]), false)))
                : (after, effects)),
        Steps("M-159", "a message whose cookies belong to no SA leaves one behind", "2408-5.2-01", (before, now, input, after, effects)
            => input is Input.DatagramArrived d && effects.Any(e => e is Effect.Rejected { Why: Rejection.UnknownSa })
                && before.Isakmp.Values.FirstOrDefault() is { } pattern && Header.TryRead(d.Datagram.Span, out var h, out _)
                && !after.Isakmp.ContainsKey(h.ResponderCookie.Value)
                ? (after with { Isakmp = after.Isakmp.Add(h.ResponderCookie.Value, pattern with { Own = h.ResponderCookie }) }, effects)
                : (after, effects)),
    ];

    private static IEnumerable<Mutant> Contacts =>
    [
        Steps("M-114", "INITIAL-CONTACT is obeyed in Aggressive Mode", "2407-4.6.3-02", (before, _, input, after, effects)
            => input is Input.DatagramArrived d && Letter.Open(d.Datagram, [before], null) is { Exchange: ExchangeType.Aggressive } letter
                && letter.Payloads.Any(p => p is NotificationPayload { NotifyType: NotifyType.InitialContact })
                && Letter.Entry(after, letter.Header) is { } entry
                ? (after with { Isakmp = after.Isakmp.SetItem(entry.Own.Value, entry with { ContactHinted = true }) }, effects)
                : (after, effects)),
        Steps("M-115", "INITIAL-CONTACT removes the SA that carried it too", "2407-4.6.3.3-02", (before, _, input, after, effects)
            => effects.OfType<Effect.Noted>().FirstOrDefault(n => n is { Authenticated: true, Type: NotifyType.InitialContact }) is { } noted
                && after.Isakmp.Values.FirstOrDefault(e => e.Phase1.CKY_I == noted.Exchange.CKY_I) is { } carrier
                ? (after with { Isakmp = after.Isakmp.Remove(carrier.Own.Value) }, effects.Add(new Effect.IsakmpDeleted(
                    carrier.Own, carrier.Phase1.CKY_I, carrier.Phase1.CKY_R, "the peer has no SA from before")))
                : (after, effects)),
        Sent("M-922", "INITIAL-CONTACT stands in the last message of Main Mode, where no HASH covers it", "2409-10-06", (letter, _)
            => letter is { Exchange: ExchangeType.MainMode, Under: { Phase1: { Role: Role.Initiator } p } }
                ? letter.With(all => all.Add(new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, p.Spi, NotifyType.InitialContact, Octets.Empty)))
                : letter),
        States("M-923", "INITIAL-CONTACT that no HASH covers is obeyed at once", "2409-10-06", (before, after)
            => after.Isakmp.Values.FirstOrDefault(e => e.ContactHinted) is { Established: { } since } hinted ? after with
            {
                Pairs = after.Pairs.RemoveRange(after.Pairs.Where(p => p.Value.Installed <= since
                    && p.Value.Exchange.CKY_I != hinted.Phase1.CKY_I).Select(p => p.Key)),
            } : after),
    ];
}
