using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Scenarios;

/// <summary>Which endpoint.</summary>
public enum Side
{
    /// <summary>The first; a seeded fault is in it.</summary>
    A,

    /// <summary>The second; C, where there is one, knows it alone.</summary>
    B,

    /// <summary>A third party, which has a valid key of its own with B.</summary>
    C,
}

/// <summary>One act of a scenario.</summary>
public abstract record Act
{
    /// <summary>Orders, one right after the other.</summary>
    public sealed record Do(params ImmutableArray<Order> Orders) : Act;

    /// <summary>Network and clock do what they may, until nothing is left to do before <paramref name="Until"/>.</summary>
    /// <param name="Calm">Whether the network does no harm: to bring a scenario to its start.</param>
    /// <param name="Overheard">Whether what flies in a calm act is kept by whoever replays or attacks later; else he comes after it.</param>
    public sealed record Let(Instant Until, bool Calm = false, bool Overheard = false) : Act;

    /// <summary>What must hold now.</summary>
    public sealed record Demand(string Property, Func<Ends, string?> Fault) : Act;

    /// <summary>From now on there must be a pair that both ends hold, at every moment (L-05 as a safety property).</summary>
    public sealed record NoGap : Act;

    /// <summary>An endpoint loses all that it holds and begins anew, with other random octets; what it sent still flies.</summary>
    public sealed record Crash(Side Who) : Act;

    /// <summary>The NAT in front of A forgets its mapping and makes another: what goes to the former one vanishes.</summary>
    public sealed record Rebind : Act;

    /// <summary>The clock jumps ahead, and no timer fires on the way: all that fell due is late .</summary>
    public sealed record Leap(Instant To) : Act;
}

/// <summary>All endpoints at one moment.</summary>
/// <param name="All">A, B, and C where there is one.</param>
/// <param name="Pasts">What properties remember of each.</param>
/// <param name="Flying">Datagrams in flight.</param>
public sealed record Ends(ImmutableArray<EndpointState> All, ImmutableArray<Ghost> Pasts, int Flying, Instant Now)
{
    /// <summary>The first.</summary>
    public EndpointState A => All[0];

    /// <summary>The second.</summary>
    public EndpointState B => All[1];

    /// <summary>One of them.</summary>
    public EndpointState Of(Side side) => All[(int)side];
}
