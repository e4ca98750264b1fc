using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>
/// What protects one pair of SAs: one protocol, or several that are negotiated as a unit (RFC 2408 §4.2), such as AH
/// and ESP with IPCOMP inside. Each protocol is there at most once; all have one group, and AH and ESP one mode
/// (D-116).
/// </summary>
/// <param name="Protocols">In the order in which they are offered.</param>
public sealed record ProtectionSuite(ImmutableArray<ProtocolSuite> Protocols)
{
    /// <summary>The protocol by whose SPI the pair is known: ESP, else AH, else IPCOMP.</summary>
    public ProtocolSuite Main => Of(Protocol.Esp) ?? Of(Protocol.Ah) ?? Protocols[0];

    /// <summary>The group of the Quick Mode's own Diffie-Hellman, or null without PFS.</summary>
    public Group? PfsGroup => Main.PfsGroup;

    /// <summary>The shortest life of its protocols, in seconds.</summary>
    public ulong LifeSeconds => Protocols.Min(p => p.LifeSeconds);

    /// <summary>Names of all protocols' suites.</summary>
    public string Name => string.Join(" + ", Protocols.Select(p => p.Name));

    /// <summary>A single protocol's suite as a unit of one.</summary>
    public static implicit operator ProtectionSuite(ProtocolSuite suite) => FromProtocolSuite(suite);

    /// <summary>A single protocol's suite as a unit of one.</summary>
    public static ProtectionSuite FromProtocolSuite(ProtocolSuite suite) => new([suite]);

    /// <summary>The suite of one protocol, or null.</summary>
    public ProtocolSuite? Of(Protocol protocol) => Protocols.FirstOrDefault(p => p.Protocol == protocol);

    /// <summary>This suite as an ISAKMP SA encapsulates it (RFC 3947 §5.1). Only ESP goes in UDP.</summary>
    [Clause("3947-5.1-01")]
    public ProtectionSuite In(Func<EncapsulationMode, EncapsulationMode> encapsulate)
        => new([.. Protocols.Select(p => p is EspSuite ? p with { Mode = encapsulate(p.Mode) } : p)]);

    /// <summary>This suite with another group for PFS, a private one (RFC 2409 §5.6).</summary>
    public ProtectionSuite WithPfs(Group group) => new([.. Protocols.Select(p => p with { PfsGroup = group })]);

    /// <inheritdoc/>
    public bool Equals(ProtectionSuite? other) => other is not null && Protocols.SequenceEqual(other.Protocols);

    /// <inheritdoc/>
    public override int GetHashCode() => Protocols.Aggregate(0, HashCode.Combine);
}
