using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>A state or an effect altered on its way out of a step.</summary>
internal static class StepMutants
{
    public static IEnumerable<Mutant> All =>
    [
        Before("M-110", "New Group Mode before the ISAKMP SA is up", "2409-4-03", (state, now, input)
            => input is Input.DatagramArrived d && d.Datagram.Length > Header.Size && d.Datagram.Span[18] == (byte)ExchangeType.NewGroupMode
                ? state with { Isakmp = WithIds(state, e => Believed(e, now)) } : state),
        Effects("M-118", "the last message is not sent again for a copy of the request", "2408-5.1-06",
            (input, effect) => input is Input.DatagramArrived && effect is Effect.Send { IsResend: true } ? [] : [effect]),
        Effects("M-121", "a retransmission has other octets than the first sending", "2408-5.1-06",
            (_, effect) => effect is Effect.Send { IsResend: true } send ? [send with { Datagram = Other(send.Datagram) }] : [effect]),
        States("M-122", "a copy of message 1 opens a second exchange", "2408-5.1-06", (_, after) => after with
        {
            FirstMessages = ImmutableDictionary<(Cookie, IPEndPoint), ulong>.Empty,
        }),
        States("M-128", "the first message of a finished Quick Mode starts a new one", "2408-3.1-10", (_, after) => after with
        {
            QuickModes = after.QuickModes.RemoveRange(after.QuickModes.Where(q => Finished(after, q.Key)).Select(q => q.Key)),
            Isakmp = WithIds(after, e => e with { MessageIds = [] }),
        }),
        States("M-133", "message ids from a counter that restarts", "2408-3.1-10", (_, after) => after with
        {
            Isakmp = WithIds(after, e => e with { MadeIds = 0, MessageIds = [] }),
        }),
        States("M-143", "a pair is used after its hard expiry", "2407-4.5-03", (_, after) => after with
        {
            Timers = after.Timers.RemoveRange(after.Timers.Keys.Where(t => t.Kind is TimerKind.PairExpires or TimerKind.PairRekeys)),
        }),
        States("M-146", "outbound traffic stays on the old pair after a rekey", "2408-4.3-02", (before, after) => after with
        {
            Pairs = after.Pairs.Count > 1
                ? after.Pairs.ToImmutableSortedDictionary(p => p.Key, p => p.Value with { Standing = before.Pairs.ContainsKey(p.Key) ? PairStanding.Current : PairStanding.Replaced })
                : after.Pairs,
        }),
        States("M-150", "the end of the ISAKMP SA removes its IPsec SAs", "2409-8-01",
            (before, after) => after.Isakmp.Count < before.Isakmp.Count && after.Isakmp.IsEmpty
                ? after with { Pairs = ImmutableSortedDictionary<uint, IpsecPair>.Empty } : after),
        States("M-910", "a renewed ISAKMP SA is never deleted", "2408-4.3-02", (_, after) => after with
        {
            Timers = after.Timers.RemoveRange(after.Timers.Keys.Where(t => t.Kind == TimerKind.IsakmpRetires)),
        }),
        Effects("M-155", "every datagram that is refused is answered", "2408-5.2-01",
            (input, effect) => effect is Effect.Rejected && input is Input.DatagramArrived d
                ? [effect, new Effect.Send(d.Local, d.Remote, Other(d.Datagram), false)] : [effect]),
    ];

    private static bool Finished(EndpointState state, (ulong Own, uint M_ID) quickMode)
        => state.Timers.ContainsKey(new TimerId(TimerKind.Forget, new Cookie(quickMode.Own), quickMode.M_ID));

    private static ImmutableSortedDictionary<ulong, IsakmpEntry> WithIds(EndpointState state, Func<IsakmpEntry, IsakmpEntry> change)
        => state.Isakmp.ToImmutableSortedDictionary(e => e.Key, e => change(e.Value));

    private static IsakmpEntry Believed(IsakmpEntry entry, Instant now) => entry.Phase1.Keys is null
        ? entry
        : entry with { Established = entry.Established ?? now, Phase1 = entry.Phase1 with { Step = Phase1Step.Established } };

    private static Octets Other(Octets datagram)
    {
        var octets = datagram.ToArray();
        octets[^1] ^= 0x80;
        return octets;
    }
}
