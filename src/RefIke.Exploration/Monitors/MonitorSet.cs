using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>The safety properties of <c>spec/properties.md</c>, each judged after every step of either endpoint.</summary>
public sealed class MonitorSet(World world)
{
    private readonly HashSet<string> keymats = [];
    private readonly Dictionary<(string, ExchangeName), Phase1State> authenticated = [];
    private readonly Dictionary<(string, uint), IpsecPair> pairs = [];
    private readonly HashSet<(string, Octets)> sent = [];
    private readonly HashSet<(string, ExchangeName)> quickModes = [];
    private readonly Dictionary<(string, bool, Octets), int> resends = [];
    private readonly HashSet<(string, ExchangeName)> begunWith = [];
    private readonly HashSet<(string, Octets)> nonces = [];
    private bool noGap;

    /// <summary>The ids of the properties watched here.</summary>
    public static ImmutableArray<string> Properties { get; } =
        ["S-02", "S-04", "S-05", "S-06", "S-07", "S-08", "S-10", "S-11", "S-12", "S-16", "S-18", "S-21"];

    /// <summary>Called after every step.</summary>
    public void After(Peer peer, EndpointState before, Input input, ImmutableArray<Effect> effects, bool altered)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Effect.IsakmpEstablished e:
                    SameKeys(peer, e.Phase1);
                    break;
                case Effect.PairEstablished e:
                    PairAgrees(peer, e.Pair);
                    break;
                case Effect.Send e:
                    Resent(peer, input, e);
                    break;
                case Effect.Traced { Entry: { State: "Idle", Event: not ("ClearBody" or "SendClear") } } e when e.Exchange.M_ID != 0:
                    Demand(begunWith.Add((peer.Name, e.Exchange)), "S-08", $"message id {e.Exchange.M_ID:x8} was taken for two exchanges");
                    break;
                default:
                    break;
            }
        }

        Unauthenticated(peer, before, input, effects, altered);
        NotAnswered(input, effects);
        AnswerBudget(input, effects);
        LivePairs(peer);
        OneForEachFirstMessage(peer);
        ParentGone(peer, before, effects);
        Gap();
    }

    /// <summary>From now on there must be a pair that both ends hold, at every moment (L-05 as a safety property).</summary>
    public void DemandNoGap() => noGap = true;

    private static void Demand(bool holds, string property, string what)
    {
        if (!holds)
        {
            throw new PropertyViolatedException(property, what);
        }
    }

    /// <summary>S-02: both ends of an authenticated phase 1 hold the same keys and the same last block.</summary>
    private void SameKeys(Peer peer, Phase1State phase1)
    {
        authenticated[(peer.Name, phase1.Name)] = phase1;
        var other = peer == world.A ? "B" : "A";
        if (authenticated.TryGetValue((other, phase1.Name), out var theirs))
        {
            Demand(theirs.Keys == phase1.Keys && theirs.Iv == phase1.Iv, "S-02", "the two ends of an ISAKMP SA hold other keys");
        }
    }

    /// <summary>S-04, S-05, S-06: a finished Quick Mode agrees with the peer's, and no KEYMAT is met twice.</summary>
    private void PairAgrees(Peer peer, IpsecPair pair)
    {
        Demand(quickModes.Add((peer.Name, pair.Exchange)), "S-08", "one Quick Mode made two pairs");
        Demand(pair.Spi != pair.PeerSpi && !pair.Inbound.Equals(pair.Outbound), "S-06", "both directions have one key");
        Demand(keymats.Add($"{peer.Name} {Convert.ToHexString(pair.Inbound.Reveal())}"), "S-06", "KEYMAT was met before");
        Demand(nonces.Add((peer.Name, pair.SmallestNonce)), "S-06", "a nonce was met before");
        pairs[(peer.Name, pair.Spi)] = pair;
        var other = peer == world.A ? world.B : world.A;
        if (pair.Role == Role.Responder)
        {
            Demand(pairs.TryGetValue((other.Name, pair.PeerSpi), out var theirs), "S-05", "the responder's pair is up before its peer's");
            Demand(theirs!.Inbound.Equals(pair.Outbound) && theirs.Outbound.Equals(pair.Inbound) && theirs.Suite == pair.Suite
                && theirs.Own == pair.Peer && theirs.Peer == pair.Own, "S-04", "the two ends of a pair differ");
        }
    }

    /// <summary>S-10, S-11: what is marked as sent again was sent before, octet for octet, and not without end.</summary>
    private void Resent(Peer peer, Input input, Effect.Send send)
    {
        if (!send.IsResend)
        {
            sent.Add((peer.Name, send.Datagram));
            return;
        }

        Demand(sent.Contains((peer.Name, send.Datagram)), "S-10", "a resend has other octets than the first sending");
        var byTimer = input is Input.TimerFired;
        var count = resends[(peer.Name, byTimer, send.Datagram)] = resends.GetValueOrDefault((peer.Name, byTimer, send.Datagram)) + 1;
        Demand(count <= World.Retries, "S-11", $"one message was sent again {count} times {(byTimer ? "by the timer" : "for copies")}");
    }

    /// <summary>S-07, S-08: a clear or replayed datagram moves nothing settled.</summary>
    private static void Unauthenticated(Peer peer, EndpointState before, Input input, ImmutableArray<Effect> effects, bool altered)
    {
        if (input is not Input.DatagramArrived d || !Header.TryRead(d.Datagram.Span, out var header, out _))
        {
            return;
        }

        var moved = !ReferenceEquals(before.Pairs, peer.State.Pairs) || effects.Any(e => e is Effect.IsakmpDeleted);
        Demand(header.IsEncrypted || !moved, "S-07", "a clear datagram changed an established SA");
        Demand(!altered || !header.IsEncrypted || Settled(before).SequenceEqual(Settled(peer.State)), "S-07", "an altered datagram moved an ISAKMP SA");
        Demand(!altered || !moved, "S-07", "an altered datagram changed an established SA");
        var seen = before.Isakmp.Values.Any(e => e.MessageIds.Contains(header.MessageId)
            && !before.QuickModes.ContainsKey((e.Own.Value, header.MessageId)));
        Demand(!seen || !moved, "S-08", "a message id that was seen before changed an SA");
    }

    private static IEnumerable<(ulong, Octets, int)> Settled(EndpointState state)
        => state.Isakmp.Values.Where(e => e.Established is not null).Select(e => (e.Own.Value, e.Phase1.Iv, e.MessageIds.Count));

    /// <summary>S-12: an Informational is never answered, but by at most one Delete of the other half.</summary>
    private static void NotAnswered(Input input, ImmutableArray<Effect> effects)
    {
        if (input is Input.DatagramArrived d && Header.TryRead(d.Datagram.Span, out var header, out _)
            && header.ExchangeType == ExchangeType.Informational)
        {
            var answers = effects.OfType<Effect.Send>().Count();
            Demand(answers == 0 || (answers == 1 && effects.Any(e => e is Effect.PairDeleted)), "S-12", "an Informational was answered");
        }
    }

    /// <summary>S-11: one datagram causes at most one phase 1 answer, and at most three messages in all.</summary>
    private static void AnswerBudget(Input input, ImmutableArray<Effect> effects)
    {
        if (input is Input.DatagramArrived)
        {
            var refused = effects.Any(e => e is Effect.Rejected
            {
                Why: not (Rejection.Duplicate or Rejection.Early or Rejection.NothingAcceptable
                    or Rejection.GroupRefused or Rejection.WrongExchangeType),
            });
            var answers = effects.Count(e => e is Effect.Send);
            Demand(!refused || answers == 0, "S-11", "a refused datagram was answered");
            Demand(answers <= 3, "S-11", $"one datagram caused {answers}");
        }
    }

    /// <summary>S-08: a message 1 opens one exchange, however often it comes.</summary>
    private static void OneForEachFirstMessage(Peer peer)
    {
        var firsts = peer.State.Isakmp.Values.Where(e => e.Phase1.Role == Role.Responder).Select(e => e.Phase1.CKY_I).ToArray();
        Demand(firsts.Distinct().Count() == firsts.Length, "S-08", "one message 1 opened two exchanges");
    }

    /// <summary>S-21: the end of an ISAKMP SA spares the pairs made under it.</summary>
    private static void ParentGone(Peer peer, EndpointState before, ImmutableArray<Effect> effects)
    {
        var lost = before.Pairs.Keys.Except(peer.State.Pairs.Keys).ToHashSet();
        lost.ExceptWith(effects.OfType<Effect.PairDeleted>().Select(e => e.Pair.Spi));
        Demand(lost.Count == 0, "S-21", "a pair has gone though nothing deleted it");
    }

    /// <summary>L-05: some pair is up at both ends.</summary>
    private void Gap()
        => Demand(!noGap || world.A.State.Pairs.Values.Any(p => world.B.State.Pairs.TryGetValue(p.PeerSpi, out var q) && q.PeerSpi == p.Spi),
            "L-05", "there is no pair that both ends hold");

    /// <summary>S-16, S-18: no pair outlives its life, and pairs do not pile up.</summary>
    private void LivePairs(Peer peer)
    {
        Demand(peer.State.Pairs.Values.All(p => world.Now <= p.Expires), "S-16", "a pair is alive after its life");
        Demand(peer.State.Pairs.Count <= 4, "S-18", $"{peer.State.Pairs.Count} pairs for one child");
    }
}
