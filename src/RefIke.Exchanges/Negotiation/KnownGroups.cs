using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>
/// The groups that a Group Description may name: the registered ones, and from 32768 up those that were agreed on with
/// this peer (RFC 2409 §5.6, App. A). A number stands for nothing by itself: two peers may mean two groups by one.
/// </summary>
/// <param name="Agreed">The private ones, by number.</param>
public sealed record KnownGroups(ImmutableSortedDictionary<int, PrivateGroupAgreed> Agreed)
{
    /// <summary>The registered ones alone.</summary>
    public static KnownGroups Registered { get; } = new(ImmutableSortedDictionary<int, PrivateGroupAgreed>.Empty);

    /// <summary>The group of a number, or null.</summary>
    [Clause("2409-5.6-06")]
    public Group? Find(ulong number) => number > ushort.MaxValue ? null
        : GroupList.TryGet((int)number, out var registered) ? registered
        : Agreed.GetValueOrDefault((int)number)?.Group;

    /// <summary>
    /// The group that these parameters describe, or null. One that is not known is not judged: that would cost
    /// exponentiations before anybody is authenticated (D-199).
    /// </summary>
    [Clause("2409-4-08")]
    public Group? Find(GroupParameters parameters)
        => GroupList.All.Concat(Agreed.Values.Select(a => a.Group)).FirstOrDefault(parameters.Describe);
}
