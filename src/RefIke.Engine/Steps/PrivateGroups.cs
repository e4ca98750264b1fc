using System.Collections.Immutable;
using System.Net;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// What private groups are used for once New Group Mode has agreed on them: PFS in Quick Mode under the same ISAKMP SA,
/// and a phase 1 with the same peer while that SA lives (RFC 2409 §5.6, D-197, S-33). An exchange that has begun keeps
/// its group.
/// </summary>
internal static class PrivateGroups
{
    /// <summary>
    /// What a phase 1 with a peer may name: the groups of the connection's live ISAKMP SAs with the same host. A number
    /// that two of them mean differently names none, as more than one peer may be behind an address.
    /// </summary>
    [Clause("2409-5.6-05")]
    public static KnownGroups Of(Work work, string connection, IPAddress remote)
    {
        var agreed = work.State.Isakmp.Values
            .Where(e => e.Phase1.Step == Phase1Step.Established && e.Connection == connection
                && e.Remote.Address.Equals(remote))
            .SelectMany(e => e.Phase1.PrivateGroups)
            .GroupBy(g => g.Key, g => g.Value)
            .Where(same => same.Select(g => g.Parameters).Distinct().Count() == 1);
        return new(agreed.ToImmutableSortedDictionary(g => g.Key, g => g.First()));
    }

    /// <summary>
    /// Phase 1's suites: in the connection's private group first where it is known, then as they are.
    /// </summary>
    [Clause("2409-5.6-06")]
    public static ImmutableArray<Phase1Suite> Suites(Connection connection, Role role, KnownGroups known)
    {
        var suites = connection.SuitesAs(role);
        return connection.PrivateGroup is { } number && known.Find((ulong)number) is { } group
            ? [.. suites.Select(s => s with { Group = group }).Distinct(), .. suites]
            : suites;
    }

    /// <summary>
    /// A child with its suites in its private group; null where that is not agreed under the ISAKMP SA. One that has
    /// none stays.
    /// </summary>
    [Clause("2409-5.6-06")]
    public static ChildPolicy? Fit(ChildPolicy child, Phase1State phase1)
    {
        if (child.PrivatePfsGroup is not { } number)
        {
            return child;
        }

        if (phase1.PrivateGroups.GetValueOrDefault(number) is not { Group: var group })
        {
            return null;
        }

        return child with
        {
            Suites = [.. child.Suites.Select(s => s.WithPfs(group))],
            Further = [.. child.Further.Select(sa => ImmutableArray.CreateRange(sa, s => s.WithPfs(group)))],
        };
    }

    /// <summary>
    /// A child whose group is not agreed yet: where it is one of ours it is offered, and the child waits for what comes
    /// of that.
    /// </summary>
    public static void Await(Work work, IsakmpEntry parent, ChildPolicy child, uint? replaces)
    {
        var number = child.PrivatePfsGroup!.Value;
        var own = work.Connection(parent.Connection)!.OwnGroups.FirstOrDefault(g => g.Number == number);
        if (own is null)
        {
            var why = $"group {number} is not agreed, and child {child.Name} wants it";
            work.Reject(parent.Phase1.Name, new Rejection.GroupRefused(why));
            Rekeying.Failed(work, replaces);
            return;
        }

        if (NewGroups.Open(work, parent) is null && !NewGroups.Offer(work, parent, own.Number, own.Parameters))
        {
            Rekeying.Failed(work, replaces);
            return;
        }

        work.Put(work.State.Isakmp[parent.Own.Value].Wanting(child.Name, replaces));
    }

    /// <summary>
    /// A New Group Mode of ours has ended: children that wait are brought up, or fail where the group was refused.
    /// </summary>
    /// <param name="refused">The number that the peer does not take, or null.</param>
    public static void Resume(Work work, ulong own, int? refused)
    {
        if (!work.State.Isakmp.TryGetValue(own, out var parent) || !parent.IsOpen)
        {
            return;
        }

        work.Put(parent with { Wanted = [] });
        foreach (var (child, replaces) in parent.Wanted)
        {
            if (refused is not null
                && work.Connection(parent.Connection)!.Children.First(c => c.Name == child).PrivatePfsGroup == refused)
            {
                Rekeying.Failed(work, replaces);
            }
            else
            {
                QuickModes.Initiate(work, work.State.Isakmp[own], child, replaces);
            }
        }
    }

    /// <summary>The ISAKMP SA has gone: nothing waits under it any more.</summary>
    public static void ParentGone(Work work, IsakmpEntry parent)
    {
        if (!work.State.Isakmp.TryGetValue(parent.Own.Value, out var entry) || !entry.IsOpen)
        {
            return;
        }

        work.Put(entry with { Wanted = [] });
        foreach (var (_, replaces) in entry.Wanted)
        {
            Rekeying.Failed(work, replaces);
        }
    }
}
