using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Exploration.Scenarios;

/// <summary>Which of the two endpoints.</summary>
public enum Side
{
    /// <summary>The first; a seeded fault is in it.</summary>
    A,

    /// <summary>The second.</summary>
    B,
}

/// <summary>An owner's order to one endpoint, which may depend on what it holds.</summary>
/// <param name="Of">The order; null where there is nothing left to order.</param>
public sealed record Order(Side To, string Words, Func<EndpointState, Input?> Of)
{
    /// <summary>Bring the child up.</summary>
    public static Order Up(Side to) => new(to, "Connect", _ => new Input.Connect("t", "c"));

    /// <summary>Rekey the pair that is used.</summary>
    public static Order Rekey(Side to) => new(to, "Rekey", s => s.Sending("t", "c") is { } pair ? new Input.Rekey(pair.Spi) : null);

    /// <summary>Delete the pair that is used.</summary>
    public static Order DeletePair(Side to) => new(to, "DeletePair", s => s.Sending("t", "c") is { } pair ? new Input.DeletePair(pair.Spi) : null);

    /// <summary>Renew the ISAKMP SA that is oldest by name.</summary>
    public static Order Renew(Side to) => new(to, "Renew", s => s.Isakmp.IsEmpty ? null : new Input.Renew(s.Isakmp.Values.First().Own));

    /// <summary>Delete it.</summary>
    public static Order DeleteIsakmp(Side to)
        => new(to, "DeleteIsakmp", s => s.Isakmp.IsEmpty ? null : new Input.DeleteIsakmp(s.Isakmp.Values.First().Own));
}

/// <summary>One act of a scenario.</summary>
public abstract record Act
{
    /// <summary>Orders, one right after the other.</summary>
    public sealed record Do(params ImmutableArray<Order> Orders) : Act;

    /// <summary>Network and clock do what they may, until nothing is left to do before <paramref name="Until"/>.</summary>
    /// <param name="Calm">Whether the network does no harm: to bring a scenario to its start.</param>
    public sealed record Let(Instant Until, bool Calm = false) : Act;

    /// <summary>What must hold now.</summary>
    public sealed record Demand(string Property, Func<Ends, string?> Fault) : Act;

    /// <summary>From now on there must be a pair that both ends hold, at every moment (L-05 as a safety property).</summary>
    public sealed record NoGap : Act;
}

/// <summary>Both endpoints at one moment.</summary>
/// <param name="Flying">Datagrams in flight.</param>
public sealed record Ends(EndpointState A, EndpointState B, int Flying, Instant Now)
{
    /// <summary>One of them.</summary>
    public EndpointState Of(Side side) => side == Side.A ? A : B;
}
