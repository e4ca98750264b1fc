using RefIke.Engine;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>How SAs and exchanges end: by whom, once, and that nothing of them is used afterwards.</summary>
internal static class OfEnds
{
    /// <summary>
    /// S-14: a datagram ends SAs of that peer alone under whose ISAKMP SA it came. S-17: INITIAL-CONTACT ends only what is older than the one that
    /// carries it.
    /// </summary>
    public static Fault? Ownership(Taken step)
    {
        if (step.Came is not ({ } _, { } header))
        {
            return null;
        }

        var pairs = step.Effects.OfType<Effect.PairDeleted>().Select(e => e.Pair).ToArray();
        var sas = step.Effects.OfType<Effect.IsakmpDeleted>().Select(e => step.Before.Isakmp.GetValueOrDefault(e.Own.Value)).OfType<IsakmpEntry>().ToArray();
        if (pairs.Length + sas.Length == 0)
        {
            return null;
        }

        if (step.SaOf(header) is not { Established: { } since } carrier)
        {
            return new Fault("S-14", "an SA has gone by a message that came under no ISAKMP SA");
        }

        var peer = (carrier.Connection, carrier.Phase1.PeerIdentity?.Body);
        if (pairs.Any(p => (p.Connection, p.PeerIdentity.Body) != peer) || sas.Any(e => (e.Connection, e.Phase1.PeerIdentity?.Body) != peer))
        {
            return new Fault("S-14", "a peer has ended an SA with another");
        }

        return step.Effects.Any(e => e is Effect.Noted { Type: NotifyType.InitialContact, Authenticated: true })
            && (pairs.Any(p => p.Installed >= since || p.Exchange.CKY_I == carrier.Phase1.CKY_I) || sas.Any(e => e.Established >= since || e.Own == carrier.Own))
            ? new Fault("S-17", "INITIAL-CONTACT took an SA that its sender has") : null;
    }

    /// <summary>S-15: under an ISAKMP SA that has ended nothing is sent. S-35: an exchange ends once.</summary>
    public static (Ghost Ghost, Fault? Fault) Ended(Ghost ghost, Effect effect)
    {
        switch (effect)
        {
            case Effect.Send send when Header.TryRead(send.Datagram.Span, out var header, out _) && header.IsEncrypted
                && ghost.Gone.Contains(Name(header.InitiatorCookie, header.ResponderCookie)):
                return (ghost, new Fault("S-15", "something was sent under an ISAKMP SA that has ended"));
            case Effect.IsakmpDeleted gone:
                return (ghost with { Gone = ghost.Gone.Add(Name(gone.CKY_I, gone.CKY_R)) }, null);
            case Effect.ExchangeFailed { Kind: "XAUTH" or "Mode Config" }:
                return (ghost, null);       // by the name of phase 1, which had ended well
            case Effect.ExchangeFailed { Exchange: var failed }:
                var twice = ghost.Failed.Contains($"{failed}") || ghost.Made.Contains($"{failed}") || ghost.Authenticated.ContainsKey($"{failed}");
                return failed.M_ID == 0 && !twice ? (ghost, null)
                    : (ghost with { Failed = ghost.Failed.Add($"{failed}") }, twice ? new Fault("S-35", "an exchange that had ended failed") : null);
            case Effect.PairEstablished { Pair: var pair } when ghost.Failed.Contains($"{pair.Exchange}"):
                return (ghost, new Fault("S-35", "a Quick Mode that had failed made a pair"));
            case Effect.IsakmpEstablished { Phase1: var phase1 } when ghost.Authenticated.ContainsKey($"{phase1.Name}"):
                return (ghost, new Fault("S-35", "one phase 1 exchange ended twice"));
            default:
                return (ghost, null);
        }
    }

    /// <summary>S-22: no exchange of phase 2 is open without the ISAKMP SA that it is under.</summary>
    public static Fault? Orphan(Taken step)
    {
        var state = step.After;
        var open = state.QuickModes.Where(q => q.Value.State.Step is not (QuickModeStep.Established or QuickModeStep.Failed)).Select(q => (q.Key.Own, q.Value.State.Name))
            .Concat(state.NewGroups.Where(g => g.Value.State.Step is not (NewGroupStep.Established or NewGroupStep.Failed)).Select(g => (g.Key.Own, g.Value.State.Name)))
            .Concat(state.Transactions.Where(t => t.Value.State.Step is TransactionStep.AwaitReply or TransactionStep.AwaitAck).Select(t => (t.Key.Own, t.Value.State.Name)));
        return open.Any(o => !state.Isakmp.TryGetValue(o.Own, out var sa) || sa.Established is null
                || (sa.Phase1.CKY_I, sa.Phase1.CKY_R) != (o.Name.CKY_I, o.Name.CKY_R))
            ? new Fault("S-22", "an exchange is open under an ISAKMP SA that is not there") : null;
    }

    /// <summary>S-19: half-open exchanges of a responder are no more than the limits say, in all and from one address.</summary>
    public static Fault? HalfOpen(Taken step)
    {
        if (step.Setup?.Limits is not { } limits)
        {
            return null;
        }

        var half = step.After.Isakmp.Values.Where(e => e.Established is null && e.Phase1.Role == Exchanges.Role.Responder).ToArray();
        return half.Length > limits.HalfOpen || half.GroupBy(e => e.Remote.Address).Any(g => g.Count() > limits.HalfOpenPerAddress)
            ? new Fault("S-19", $"{half.Length} half-open exchanges") : null;
    }

    private static string Name(Cookie i, Cookie r) => $"{i}/{r}";
}
