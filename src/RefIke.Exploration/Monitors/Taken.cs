using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>One step of one endpoint, as the monitors see it.</summary>
/// <param name="Altered">Whether the datagram that came was changed on its way.</param>
public sealed record Taken(
    Instant Now, EndpointState Before, Input Input, EndpointState After, ImmutableArray<Effect> Effects, bool Altered)
{
    /// <summary>How the endpoint was set up, but for a seeded fault: what policy and limits should be.</summary>
    public EndpointSetup? Setup { get; init; }

    /// <summary>Why the message that came must be refused; null for every other.</summary>
    public string? Breaks { get; init; }

    /// <summary>The datagram that came, with its header; null where none came, or none that has one.</summary>
    internal (Octets Datagram, Header Header)? Came { get; }
        = Input is Input.DatagramArrived d && Header.TryRead(d.Datagram.Span, out var header, out _) ? (d.Datagram, header) : null;

    /// <summary>The ISAKMP SA of a header's cookies, as it is after the step, or was before it.</summary>
    internal IsakmpEntry? SaOf(Header header) => Of(After, header) ?? Of(Before, header);

    /// <summary>The same in one state.</summary>
    internal static IsakmpEntry? Of(EndpointState state, Header header) => state.Isakmp.Values.FirstOrDefault(
        e => e.Phase1.CKY_I == header.InitiatorCookie && e.Phase1.CKY_R == header.ResponderCookie);
}

/// <summary>A property that does not hold, and what was seen.</summary>
public sealed record Fault(string Property, string What);
