using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Worlds;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>Copies, timers, rekeys and bounds: what becomes of exchanges and SAs with time.</summary>
internal static class LifeMutants
{
    public static IEnumerable<Mutant> All => [.. Copies, .. Rekeys, .. Bounds];

    private static IEnumerable<Mutant> Copies =>
    [
        Inputs("M-125", "a Quick Mode message with a message id that is known is a copy, whatever it says", "2408-5.1-06", (state, input)
            => Answered(state, input) is { } known ? ((Input.DatagramArrived)input) with { Datagram = known } : input),
        Steps("M-127", "the responder sends message 2 again by a timer of its own", "2408-5.1-03", (before, now, _, after, effects)
            => (after with
            {
                Timers = after.Timers.SetItems(after.Isakmp.Values
                    .Where(e => e.Phase1.Role == Role.Responder && e.Established is null && !before.Isakmp.ContainsKey(e.Own.Value))
                    .Select(e => KeyValuePair.Create(new TimerId(TimerKind.Resend, e.Own, 0), now.After(1000)))),
            }, effects)),
        States("M-924", "a finished Quick Mode is forgotten at once", "2408-3.1-08", (_, after) => after with
        {
            QuickModes = after.QuickModes.RemoveRange(after.QuickModes.Where(q => q.Value.State.Step == QuickModeStep.Established).Select(q => q.Key)),
        }),
        Before("M-102", "Quick Mode before phase 1 has ended", "2409-4-02", (state, now, input)
            => input is Input.DatagramArrived d && d.Datagram.Length > Header.Size && d.Datagram.Span[18] == (byte)ExchangeType.QuickMode
                ? state with
                {
                    Isakmp = state.Isakmp.SetItems(state.Isakmp.Where(e => e.Value is { Established: null, Phase1.Keys: not null })
                        .Select(e => KeyValuePair.Create(e.Key, e.Value with
                        {
                            Established = now,
                            Phase1 = e.Value.Phase1 with { Step = Phase1Step.Established, PeerIdentity = e.Value.Phase1.Terms!.PeerIdentity },
                        }))),
                } : state),
    ];

    private static IEnumerable<Mutant> Rekeys =>
    [
        Steps("M-147", "of two pairs that were made at once each end keeps its own", "2408-4.3-03", (before, now, _, after, effects)
            => after.Pairs.Values.FirstOrDefault(p => p.Standing == PairStanding.Surplus && Standing(before, p) != PairStanding.Surplus) is { } surplus
                && after.Pairs.Values.FirstOrDefault(p => p.Standing == PairStanding.Current) is { } current && surplus.Role == Role.Initiator
                ? (after with
                {
                    Pairs = after.Pairs.SetItem(surplus.Spi, surplus with { Standing = PairStanding.Current })
                        .SetItem(current.Spi, current with { Standing = PairStanding.Surplus }),
                    Timers = after.Timers.Remove(new TimerId(TimerKind.PairRetires, default, surplus.Spi))
                        .SetItem(new TimerId(TimerKind.PairRetires, default, current.Spi), now.After(1000)),
                }, effects)
                : (after, effects)),
        Steps("M-151", "open Quick Modes go over to the new ISAKMP SA", "2409-5.5-04", (_, _, _, after, effects)
            => effects.OfType<Effect.IsakmpEstablished>().FirstOrDefault() is { Own: var own } && after.Isakmp.TryGetValue(own.Value, out var fresh)
                ? (after with
                {
                    QuickModes = after.QuickModes.ToImmutableSortedDictionary(q => q.Key, q => q.Value.State.Step is QuickModeStep.AwaitHash2
                        or QuickModeStep.AwaitHash3 ? q.Value with { State = q.Value.State with { Phase1 = fresh.Phase1 } } : q.Value),
                }, effects)
                : (after, effects)),
        Setup("M-925", "both ends rekey at the same time of a life", "2408-4.3-02",
            setup => setup with { Timing = setup.Timing with { ResponderRekeysAt = setup.Timing.InitiatorRekeysAt } }),
        States("M-926", "an ISAKMP SA is never renewed", "2408-4.3-01", (_, after) => after with
        {
            Timers = after.Timers.RemoveRange(after.Timers.Keys.Where(t => t.Kind == TimerKind.IsakmpRenews)),
        }),
        States("M-927", "a pair that was replaced is not received on any more", "2408-4.3-03", (_, after) => after with
        {
            Pairs = after.Pairs.RemoveRange(after.Pairs.Where(p => p.Value.Standing == PairStanding.Replaced).Select(p => p.Key)),
        }),
        Setup("M-928", "a rekey begins when a tenth of the life has passed", "2407-4.5-03",
            setup => setup with { Timing = setup.Timing with { InitiatorRekeysAt = 10, ResponderRekeysAt = 10 } }),
    ];

    private static IEnumerable<Mutant> Bounds =>
    [
        Setup("M-152", "the Quick Modes under one ISAKMP SA are not bounded", "2409-10-01",
            setup => setup with { Limits = setup.Limits with { OpenQuickModes = int.MaxValue, MessageIds = int.MaxValue } }),
        Setup("M-929", "the public values that one exchange may have refused are not bounded", "2408-1.7.1-01",
            setup => setup with { Limits = setup.Limits with { RefusedKeys = int.MaxValue } }),
        Setup("M-930", "a responder waits for the initiator for a day", "2408-1.7.1-01",
            setup => setup with { Timing = setup.Timing with { HalfOpen = 86_400_000 } }),
        Setup("M-932", "the responder of Quick Mode sets the Commit bit and never says CONNECTED", "2408-3.1-07", setup => setup with
        {
            Wiring = setup.Wiring with { Sends = setup.Wiring.Sends.SetItem("QuickMode.Responder.Connected", (_, _) => { }) },
        }),
        Policy("M-933", "an ISAKMP SA serves more than one Quick Mode where identities want PFS", "2409-10-02", connection => connection with
        {
            Children = [.. connection.Children.Select(c => c with { IdentityPfs = false })],
        }),
    ];

    private static PairStanding? Standing(EndpointState state, IpsecPair pair) => state.Pairs.GetValueOrDefault(pair.Spi)?.Standing;

    /// <summary>What an open or remembered Quick Mode has received last, where another message of it comes.</summary>
    private static Octets? Answered(EndpointState state, Input input)
        => input is Input.DatagramArrived d && Header.TryRead(d.Datagram.Span, out var header, out _)
            && header.ExchangeType == ExchangeType.QuickMode && Letter.Entry(state, header) is { } entry
            ? state.QuickModes.GetValueOrDefault((entry.Own.Value, header.MessageId))?.Resending.LastReceived : null;
}
