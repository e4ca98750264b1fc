using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>
/// The safety properties of <c>spec/properties.md</c> that speak of one endpoint: each is judged after every step of it, whoever
/// drives, Coyote or the exhaustive search.
/// </summary>
public static class OfOneEnd
{
    /// <summary>So many pairs one child may have, however rekeys collide.</summary>
    private const int MostPairs = 4;

    /// <summary>The ids of the properties judged here.</summary>
    public static ImmutableArray<string> Properties { get; } =
    [
        "S-03", "S-06", "S-07", "S-08", "S-09", "S-10", "S-11", "S-12", "S-13", "S-14", "S-15", "S-16", "S-17", "S-18", "S-19", "S-21", "S-22", "S-29", "S-30", "S-34", "S-35",
        "S-36", "S-37", "S-38", "S-39", .. OfProfiles.Properties,
    ];

    /// <summary>What is remembered after a step, and the first property that it breaks.</summary>
    /// <param name="setup">The endpoint's: its randomness and its keys.</param>
    /// <param name="tables">The rows that every transition must be one of.</param>
    public static (Ghost Ghost, Fault? Fault) After(Ghost ghost, EndpointSetup setup, Taken step, TraceAcceptance? tables)
    {
        var fault = OfPhase1.Echo(ghost, step);
        foreach (var effect in step.Effects)
        {
            (ghost, fault) = fault is null ? OfEnds.Ended(ghost, effect) : (ghost, fault);
            (ghost, fault) = fault is null && effect is Effect.Send offer ? OfPhase1.Downgrade(ghost, offer) : (ghost, fault);
            (ghost, fault) = effect switch
            {
                _ when fault is not null => (ghost, fault),
                Effect.IsakmpEstablished e => (ghost with { Authenticated = ghost.Authenticated.SetItem($"{e.Phase1.Name}", KeysOf(e.Phase1)) }, null),
                Effect.PairEstablished e => KeysAreNew(ghost, e.Pair),
                Effect.Send e => Resent(ghost, step.Input, e),
                Effect.Traced e => Stepped(ghost, e, tables),
                Effect.PairDeleted e when step.Input is Input.TimerFired { Timer.Kind: TimerKind.PairRetires } && SuccessorOf(step.After, e.Pair) is { } newer
                    => (ghost with { Retired = ghost.Retired.SetItem(e.Pair.Spi, $"{newer.Exchange}") }, null),
                _ => (ghost, null),
            };
        }

        return (ghost, fault ?? Forbidden.Of(step) ?? Unauthenticated(step) ?? NotAnswered(step) ?? AnswerBudget(step) ?? LivePairs(step)
            ?? OneForEachFirstMessage(step) ?? ParentGone(step) ?? Symmetric(step) ?? Erased(step) ?? OfProfiles.Judge(step) ?? KnownAnswers.Judge(setup, step)
            ?? OfPhase1.Choice(step) ?? OfPhase1.PublicValues(step) ?? OfEnds.Ownership(step) ?? OfEnds.Orphan(step) ?? OfEnds.HalfOpen(step) ?? Ivs.Of(step));
    }

    private static string KeysOf(Phase1State phase1)
    {
        var keys = phase1.Keys!;
        return Digest.Of([.. keys.SKEYID.Reveal(), .. keys.SKEYID_d.Reveal(), .. keys.SKEYID_a.Reveal(), .. keys.SKEYID_e.Reveal(),
            .. keys.Ka.Reveal(), .. phase1.Iv.Span]);
    }

    /// <summary>S-06: no KEYMAT and no nonce is met twice. S-08: one SA payload of a Quick Mode makes one pair.</summary>
    private static (Ghost, Fault?) KeysAreNew(Ghost ghost, IpsecPair pair)
    {
        var (exchange, keys, nonce) = ($"{pair.Exchange}.{pair.Sa}", Digest.Of(pair.Inbound.Reveal()), $"{pair.SmallestNonce}");
        var fault = ghost.Made.Contains(exchange) ? new Fault("S-08", "one SA payload of a Quick Mode made two pairs")
            : pair.Spi == pair.PeerSpi || pair.Inbound.Equals(pair.Outbound) ? new Fault("S-06", "both directions have one key")
            : ghost.Keys.Contains(keys) ? new Fault("S-06", "KEYMAT was met before")
            : pair.Sa == 0 && ghost.Nonces.Contains(nonce) ? new Fault("S-06", "a nonce was met before") : null;
        return (ghost with
        {
            Made = ghost.Made.Add(exchange),
            Keys = ghost.Keys.Add(keys),
            Nonces = ghost.Nonces.Add(nonce),
            Pairs = ghost.Pairs.SetItem(pair.Spi, PairFacts.Of(pair)),
        }, fault);
    }

    /// <summary>S-13: what is done is a path through the tables. S-08: a message id serves for one exchange.</summary>
    private static (Ghost, Fault?) Stepped(Ghost ghost, Effect.Traced traced, TraceAcceptance? tables)
    {
        var (exchange, entry) = (traced.Exchange, traced.Entry);
        var instance = exchange.M_ID == 0 && entry.Role != "Responder" ? $"{exchange.CKY_I}" : $"{exchange}";     // no CKY-R at first
        var key = $"{instance} {entry.Exchange} {entry.Role}";
        var wrong = tables?.Fault(
            new TraceStep(instance, entry.Exchange, entry.Role, entry.State, entry.Event, entry.Guard, entry.Next, entry.Sends),
            ghost.Left.GetValueOrDefault(key));
        var begins = entry is { State: "Idle", Event: not ("ClearBody" or "SendClear") } && exchange.M_ID != 0;
        return (ghost with
        {
            Left = ghost.Left.SetItem(key, entry.Next),
            Begun = begins ? ghost.Begun.Add($"{exchange}") : ghost.Begun,
        },
        wrong is not null ? new Fault("S-13", wrong)
            : begins && ghost.Begun.Contains($"{exchange}") ? new Fault("S-08", $"message id {exchange.M_ID:x8} was taken for two exchanges") : null);
    }

    /// <summary>S-10, S-11: what is marked as sent again was sent before, octet for octet, and not without end.</summary>
    private static (Ghost, Fault?) Resent(Ghost ghost, Input input, Effect.Send send)
    {
        var digest = Digest.Of(send.Datagram.Span);
        if (!send.IsResend)
        {
            return (ghost with { Sent = ghost.Sent.Add(digest) }, null);
        }

        var byTimer = input is Input.TimerFired;
        var key = $"{digest}{(byTimer ? 'T' : 'C')}";
        var count = ghost.Resent.GetValueOrDefault(key) + 1;
        return (ghost with { Resent = ghost.Resent.SetItem(key, count) },
            !ghost.Sent.Contains(digest) ? new Fault("S-10", "a resend has other octets than the first sending")
            : count > Cast.Retries ? new Fault("S-11", $"one message was sent again {count} times {(byTimer ? "by the timer" : "for copies")}") : null);
    }

    /// <summary>S-07, S-08: a clear, altered or replayed datagram moves nothing settled.</summary>
    private static Fault? Unauthenticated(Taken step)
    {
        if (step.Came is not ({ } _, { } header))
        {
            return null;
        }

        var (before, after, altered) = (step.Before, step.After, step.Altered);
        var moved = !ReferenceEquals(before.Pairs, after.Pairs) || step.Effects.Any(e => e is Effect.IsakmpDeleted);
        var seen = before.Isakmp.Values.Any(e => e.MessageIds.Contains(header.MessageId)
            && !before.QuickModes.ContainsKey((e.Own.Value, header.MessageId)));
        return !header.IsEncrypted && header.NextPayload != PayloadType.Fragment && moved ? new Fault("S-07", "a clear datagram changed an established SA")
            : altered && header.IsEncrypted && !Settled(before).SequenceEqual(Settled(after)) ? new Fault("S-07", "an altered datagram moved an ISAKMP SA")
            : altered && moved ? new Fault("S-07", "an altered datagram changed an established SA")
            : seen && moved ? new Fault("S-08", "a message id that was seen before changed an SA") : null;
    }

    private static IEnumerable<(ulong, Octets, int)> Settled(EndpointState state)
        => state.Isakmp.Values.Where(e => e.Established is not null).Select(e => (e.Own.Value, e.Phase1.Iv, e.MessageIds.Count));

    /// <summary>S-12: an Informational is never answered, but by at most one Delete of the other half, or an ACK where it was a question.</summary>
    private static Fault? NotAnswered(Taken step)
        => step.Came is ({ } _, { } header)
            && header.ExchangeType == ExchangeType.Informational
            && step.Effects.Count(e => e is Effect.Send) is var answers and > 0
            && (answers > 1 || !(step.Effects.Any(e => e is Effect.PairDeleted) || WasAsked(step)))
            ? new Fault("S-12", "an Informational was answered") : null;

    /// <summary>Whether the peer's question was taken (RFC 3706 §5.3).</summary>
    private static bool WasAsked(Taken step) => step.After.Isakmp.Any(e => step.Before.Isakmp.TryGetValue(e.Key, out var before)
        && (before.Liveness?.PeerAsked, before.Liveness?.AnsweredAgain) != (e.Value.Liveness?.PeerAsked, e.Value.Liveness?.AnsweredAgain));

    /// <summary>
    /// S-11: a refused datagram is not answered, and one datagram causes at most three. What is refused after its HASH was verified comes
    /// from the peer, and is told by a notify.
    /// </summary>
    private static Fault? AnswerBudget(Taken step)
    {
        if (step.Came is not ({ } _, { } header))
        {
            return null;
        }

        var refused = step.Effects.Any(e => e is Effect.Rejected
        {
            Exchange: var exchange,
            Why: not (Rejection.Duplicate or Rejection.Early or Rejection.NothingAcceptable
                or Rejection.GroupRefused or Rejection.WrongExchangeType),
        } && exchange.M_ID == header.MessageId);       // and not of one that had waited
        var answers = step.Effects.Count(e => e is Effect.Send);
        return refused && answers > 0 && !IsToldThePeer(step, header) ? new Fault("S-11", "a refused datagram was answered")
            : answers > 3 ? new Fault("S-11", $"one datagram caused {answers}") : null;
    }

    private static bool IsToldThePeer(Taken step, Header header)
        => header is { IsEncrypted: true, MessageId: not 0 } && step.Effects.OfType<Effect.Send>().ToArray() is [{ } told]
            && Header.TryRead(told.Datagram.Span, out var answer, out _) && answer is { IsEncrypted: true, ExchangeType: ExchangeType.Informational }
            && !step.Effects.Any(e => e is Effect.Rejected { Why: Rejection.HashMismatch or Rejection.Undecodable });

    /// <summary>
    /// S-16, S-18: no pair outlives its life, for the timer that ends it is there, and late only where the clock is; and pairs do not pile up.
    /// </summary>
    private static Fault? LivePairs(Taken step)
        => step.After.Pairs.Values.Any(p => !(EndOf(step.After, p) <= p.Expires) || (step.Now > p.Expires && !step.Before.Pairs.ContainsKey(p.Spi)))
            ? new Fault("S-16", "a pair is alive after its life, or nothing will end it")
            : step.After.Pairs.Count > MostPairs && step.After.Pairs.Values.GroupBy(p => (p.Connection, p.Child, p.Sa)).Max(g => g.Count()) is > MostPairs and var pairs
                ? new Fault("S-18", $"{pairs} pairs for one child") : null;

    /// <summary>S-08: a message 1 opens one exchange for each address that it comes from, however often it comes (D-30).</summary>
    private static Fault? OneForEachFirstMessage(Taken step)
    {
        var firsts = step.After.Isakmp.Values.Where(e => e.Phase1.Role == Role.Responder).Select(e => (e.Phase1.CKY_I, e.Phase1.Remote)).ToArray();
        return firsts.Distinct().Count() == firsts.Length ? null : new Fault("S-08", "one message 1 opened two exchanges");
    }

    /// <summary>S-21: the end of an ISAKMP SA spares the pairs made under it.</summary>
    private static Fault? ParentGone(Taken step)
    {
        var lost = step.Before.Pairs.Keys.Except(step.After.Pairs.Keys).ToHashSet();
        lost.ExceptWith(step.Effects.OfType<Effect.PairDeleted>().Select(e => e.Pair.Spi));
        return lost.Count == 0 ? null : new Fault("S-21", "a pair has gone though nothing deleted it");
    }

    private static IpsecPair? SuccessorOf(EndpointState state, IpsecPair gone)
        => state.Pairs.Values.FirstOrDefault(p => p.Connection == gone.Connection && p.Child == gone.Child && p.Standing == PairStanding.Current);

    private static Instant? EndOf(EndpointState state, IpsecPair pair)
        => state.Timers.TryGetValue(new TimerId(TimerKind.PairExpires, default, pair.Spi), out var due) ? due : null;

    /// <summary>
    /// S-36: both directions of a pair come and go in one step. Whoever does what effects say has the pairs that the state has, each with
    /// two SPIs and keys for both ways.
    /// </summary>
    private static Fault? Symmetric(Taken step)
    {
        var told = step.Before.Pairs.Keys.ToHashSet();
        told.UnionWith(step.Effects.OfType<Effect.PairEstablished>().Select(e => e.Pair.Spi));
        told.ExceptWith(step.Effects.OfType<Effect.PairDeleted>().Select(e => e.Pair.Spi));
        return !told.SetEquals(step.After.Pairs.Keys) ? new Fault("S-36", "the pairs held are not those that were told")
            : step.After.Pairs.Values.Any(p => p.Bundle.IsEmpty || p.Bundle.Any(s => s.OwnSpi == 0 || s.PeerSpi == 0 || s.Inbound.Length != s.Outbound.Length))
                ? new Fault("S-36", "a pair has one direction alone") : null;
    }

    /// <summary>S-30: what an exchange needed is gone with it: private values, and keys of pairs.</summary>
    private static Fault? Erased(Taken step)
        => step.After.Isakmp.Values.Any(e => e.Phase1 is { Step: Phase1Step.Established } p && (p.X is not null || p.Terms is not null))
            ? new Fault("S-30", "an ISAKMP SA still has what its phase 1 needed")
            : step.After.QuickModes.Values.Any(q => q.State is { Step: QuickModeStep.Established or QuickModeStep.Failed } s && (s.X is not null || s.Agreed.Length > 0))
                ? new Fault("S-30", "a Quick Mode that has ended still has keys")
            : null;
}
