using System.Collections.Immutable;
using System.Net;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>The owner wants a child up: under an ISAKMP SA that is there, or after a phase 1 that is begun now.</summary>
internal static class Initiation
{
    public static void Connect(Work work, string connectionName, string child, uint? replaces)
    {
        if (work.Connection(connectionName) is not { } connection
            || connection.Children.FirstOrDefault(c => c.Name == child) is not { } policy)
        {
            work.Reject(default, new Rejection.NoPolicy($"no child {child} of a connection {connectionName}"));
            return;
        }

        if (work.ServingSa(connectionName, policy, replaces) is { } sa)
        {
            QuickModes.Initiate(work, sa, child, replaces);
            return;
        }

        if (Peers.IsForAny(connection))
        {
            work.Reject(default, new Rejection.NoPolicy($"connection {connectionName} has no address to begin with"));
            Rekeying.Failed(work, replaces);
            return;
        }

        if ((Begun(work, connectionName) ?? RemoteAccesses.Pending(work, connectionName)) is { } begun && CanJoin(connection, policy, begun))
        {
            work.Put(begun.Wanting(child, replaces));
            return;
        }

        Begin(work, connection, [(child, replaces)], null);
    }

    /// <summary>
    /// Where to begin: an SA that has moved for a NAT is renewed from and to where it is (RFC 3947 §4, D-180).
    /// </summary>
    [Clause("3947-4-06")]
    [Clause("3947-4-04")]
    private static (IPEndPoint Local, IPEndPoint Remote) Place(Work work, Connection connection, Cookie? renews)
        => renews is { } old && work.State.Isakmp.TryGetValue(old.Value, out var entry)
            && entry.Local.Equals(work.Setup.NatLocal)
            ? (entry.Local, entry.Remote)
            : (work.Setup.Local, connection.Remote);

    /// <summary>A phase 1 of ours that is under way with a connection's peer, or null.</summary>
    public static IsakmpEntry? Begun(Work work, string connection)
        => work.State.Isakmp.Values.FirstOrDefault(
            e => e.Connection == connection && e.Established is null && e.Phase1.Role == Role.Initiator);

    /// <summary>
    /// A phase 1 is not shared with another child where either wants PFS of identities (RFC 2409 §8).
    /// </summary>
    private static bool CanJoin(Connection connection, ChildPolicy child, IsakmpEntry begun)
        => begun.Wanted.All(w => w.Child == child.Name
            || !(child.IdentityPfs || connection.Children.First(c => c.Name == w.Child).IdentityPfs));

    /// <summary>Begins a phase 1, each with a cookie of its own (D-212).</summary>
    /// <param name="wanted">The children to bring up under it, each with the pair that it replaces.</param>
    /// <param name="renews">The ISAKMP SA whose place it takes.</param>
    [Clause("2408-4.3-01")]
    public static void Begin(
        Work work, Connection connection, ImmutableArray<(string Child, uint? Replaces)> wanted, Cookie? renews)
    {
        var attempt = new ExchangeName(default, default, work.State.Begun);
        work.State = work.State with { Begun = work.State.Begun + 1 };
        var (local, remote) = Place(work, connection, renews);
        var own = Cookies.Make(work.Setup, "CKY-I", attempt, local, remote);
        var groups = PrivateGroups.Of(work, connection.Name, remote.Address);
        var terms = Phase1Exchanges.TermsOf(connection, Role.Initiator, groups);
        var fresh = Phase1State.Initiating(own, local, remote, terms);
        var turn = work.Endpoint.Phase1.Of(fresh).Happen(fresh, Phase1Event.Initiate, work.UnixSeconds);
        work.Trace(turn.After.Name, turn.Taken);
        var entry = new IsakmpEntry(own, connection.Name, turn.After, local, remote)
        {
            Wanted = wanted,
            Renews = renews,
            FirstContact = connection.InitialContact && InitialContact.IsFirst(work, connection.Name, own),
        };
        if (turn.Sent is not { } sent)
        {
            work.Reject(turn.After.Name, turn.Rejection);
            Phase1Exchanges.Fail(work, entry, turn.Rejection?.Reason ?? "it cannot begin");
            return;
        }

        work.Put(entry with { Resending = new Resending(sent, null, 0, 0) });
        work.Start(new TimerId(TimerKind.Resend, own, 0), work.Timing.Gap(work.Timing, 0));
        work.Send(local, remote, sent, false);
    }
}
