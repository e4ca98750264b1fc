using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Scenarios;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>
/// The safety properties of what is spoken besides the exchanges of RFC 2409 §5: of one endpoint, judged after every step of it, as
/// <see cref="OfOneEnd"/>.
/// </summary>
public static class OfProfiles
{
    /// <summary>Group Descriptions from here on mean what two peers agree on (RFC 2409 §5.6).</summary>
    internal const int FirstPrivateGroup = 32768;

    /// <summary>The ids of the properties judged here.</summary>
    public static ImmutableArray<string> Properties { get; } = ["S-24", "S-25", "S-26", "S-27", "S-28", "S-33"];

    /// <summary>The first property that a step breaks; null where none is.</summary>
    public static Fault? Judge(Taken step)
        => AddressMoves(step) ?? PeerLives(step) ?? FragmentsMix(step) ?? Gate(step) ?? Commit(step) ?? GroupOfItsOwn(step);

    /// <summary>
    /// S-24: where an end sends to changes in phase 1 by the port alone, and later only behind a NAT, to where a message came from that is
    /// protected and no copy.
    /// </summary>
    private static Fault? AddressMoves(Taken step)
    {
        foreach (var (own, after) in step.After.Isakmp)
        {
            if (!step.Before.Isakmp.TryGetValue(own, out var before) || before.Remote.Equals(after.Remote))
            {
                continue;
            }

            var byProof = step.Input is Input.DatagramArrived d && d.Remote.Equals(after.Remote) && IsFresh(step)
                && before.Phase1.Nat is { RemoteBehindNat: true, LocalBehindNat: false };
            if (before.Established is null ? !before.Remote.Address.Equals(after.Remote.Address) : !byProof)
            {
                return new Fault("S-24", $"the peer's address moved from {before.Remote} to {after.Remote} without proof");
            }
        }

        return null;
    }

    /// <summary>S-25: a peer is dead only after so many open questions, and alive only by traffic, or by what is protected and no copy.</summary>
    private static Fault? PeerLives(Taken step)
    {
        if (step.Effects.OfType<Effect.PeerDied>().Any(e => step.Input is not Input.TimerFired { Timer.Kind: TimerKind.PeerSilent }
            || step.Before.Isakmp[e.Own.Value].Liveness is not { Asked: not null, Tries: >= Cast.Questions }))
        {
            return new Fault("S-25", "a peer was taken for dead that was not asked, or not often enough");
        }

        var heard = step.After.Isakmp.Any(e => step.Before.Isakmp.TryGetValue(e.Key, out var before) && before.Liveness is { } known
            && e.Value.Liveness!.Heard != known.Heard);
        var proof = step.Input is Input.TrafficSeen || IsFresh(step);
        return heard && !proof ? new Fault("S-25", "a peer was taken for alive without proof") : null;
    }

    /// <summary>S-26: a message in part has its own parts alone, and none beyond its last; one that comes in touches no other.</summary>
    private static Fault? FragmentsMix(Taken step)
    {
        var touched = step.After.Fragments.Count(s => step.Before.Fragments.TryGetValue(s.Key, out var before) && before != s.Value);
        return touched > 1 ? new Fault("S-26", "one fragment touched two messages")
            : step.After.Fragments.Values.Any(s => s.Last is { } last && s.Parts.Keys.Any(n => n > last)) ? new Fault("S-26", "a part lies beyond the last")
            : step.After.Fragments.Values.GroupBy(s => s.Source).Any(g => g.Count() > 1) ? new Fault("S-26", "one exchange has two messages in part") : null;
    }

    /// <summary>S-27: where XAUTH or Mode Config is awaited no Quick Mode is open, and no pair comes up; the edge device gives no address before the user is let in.</summary>
    private static Fault? Gate(Taken step)
    {
        var closed = step.After.Isakmp.Where(e => e.Value.Access is not null && !e.Value.IsOpen).Select(e => e.Key).ToHashSet();
        return closed.Count > 0 && step.After.QuickModes.Keys.Any(k => closed.Contains(k.Own)) ? new Fault("S-27", "a Quick Mode is there before the gate is open")
            : step.Effects.OfType<Effect.Configured>().Any(e => e.ByUs && step.Before.Isakmp.GetValueOrDefault(e.Own.Value)?.Access is { Step: AccessStep.Xauth }
                && !step.Effects.Any(x => x is Effect.XauthEnded { Passed: true } passed && passed.Own == e.Own))
                ? new Fault("S-27", "an address was given to a user who was not let in") : null;
    }

    /// <summary>S-28: whoever waits for CONNECTED has its pair by a protected message that was not altered, or by the end of its wait.</summary>
    private static Fault? Commit(Taken step)
        => step.Effects.OfType<Effect.PairEstablished>().Any(e => step.Before.QuickModes.Values.Any(q => q.State.Name == e.Pair.Exchange
            && q.State.Step == QuickModeStep.AwaitConnected))
            && !(step.Input is Input.TimerFired { Timer.Kind: TimerKind.Resend }
                || step is { Altered: false, Came: (_, { IsEncrypted: true }) })
            ? new Fault("S-28", "a pair came up before CONNECTED and before the wait for it was over") : null;

    /// <summary>S-33: a private group serves a Quick Mode only as it was agreed under the ISAKMP SA that protects it.</summary>
    private static Fault? GroupOfItsOwn(Taken step)
        => step.Effects.OfType<Effect.PairEstablished>().Any(e => e.Pair.Suite.PfsGroup is { Number: >= FirstPrivateGroup } group
            && !step.Before.Isakmp.Values.Any(i => i.Phase1.Name == (e.Pair.Exchange with { M_ID = 0 })
                && i.Phase1.PrivateGroups.GetValueOrDefault(group.Number)?.Group == group))
            ? new Fault("S-33", "a private group was used that was not agreed under this ISAKMP SA") : null;

    /// <summary>Whether a datagram came that is protected, and neither a copy of the newest message of its exchange nor of an exchange that has ended.</summary>
    private static bool IsFresh(Taken step)
    {
        if (step.Came is not ({ } datagram, { } header) || (header.NextPayload != PayloadType.Fragment && !header.IsEncrypted))
        {
            return false;
        }

        var before = step.Before;
        if (Taken.Of(before, header) is not { } entry || !entry.MessageIds.Contains(header.MessageId))
        {
            return true;
        }

        var key = (entry.Own.Value, header.MessageId);
        var last = before.QuickModes.TryGetValue(key, out var quick) ? quick.Resending
            : before.Transactions.TryGetValue(key, out var transaction) ? transaction.Resending
            : before.NewGroups.TryGetValue(key, out var group) ? group.Resending : null;
        return last is not null && last.LastReceived != datagram;
    }
}
