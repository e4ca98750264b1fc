using System.Net;
using System.Net.Sockets;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase2;

/// <summary>
/// The traffic that a client identity of Quick Mode stands for: a range of addresses, protocol and port (RFC 2407
/// §4.6.2; D-92). Two identities that name the same traffic in different types are the same selector (D-91).
/// </summary>
public sealed record Selector(UInt128 First, UInt128 Last, bool IsV6, byte ProtocolId, ushort Port)
{
    /// <summary>Reads an ID payload; null for types that name no addresses, and for masks that are not contiguous (D-91).</summary>
    [Clause("2407-4.6.2.2-01")]
    public static Selector? Of(IdentificationPayload id) => id.IdType switch
    {
        IdentificationType.Ipv4Address or IdentificationType.Ipv6Address => Range(id, Number(id.Data), Number(id.Data)),
        IdentificationType.Ipv4Subnet or IdentificationType.Ipv6Subnet => Subnet(id),
        IdentificationType.Ipv4Range or IdentificationType.Ipv6Range => Range(id, Number(Half(id, 0)), Number(Half(id, 1))),
        _ => null,
    };

    /// <summary>The ID payload for an address, or for a subnet written <c>10.0.0.0/8</c>; a single host becomes an address.</summary>
    [Clause("2408-3.8-01")]
    [Clause("2407-4.6.2-01")]
    public static IdentificationPayload ToPayload(IPAddress address, int prefix)
    {
        var octets = address.GetAddressBytes();
        var v6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        if (prefix == octets.Length * 8)
        {
            return new(v6 ? IdentificationType.Ipv6Address : IdentificationType.Ipv4Address, 0, 0, octets);
        }

        var both = new byte[octets.Length * 2];
        for (var bit = 0; bit < octets.Length * 8; bit++)
        {
            var mask = (byte)(bit < prefix ? 0x80 >> (bit % 8) : 0);
            both[octets.Length + (bit / 8)] |= mask;
            both[bit / 8] |= (byte)(octets[bit / 8] & mask);
        }

        return new(v6 ? IdentificationType.Ipv6Subnet : IdentificationType.Ipv4Subnet, 0, 0, both);
    }

    /// <summary>The host identity of an address: what Quick Mode implies where no identities are sent (RFC 2409 §5.5).</summary>
    public static Selector Host(IPAddress address)
        => Of(ToPayload(address, address.GetAddressBytes().Length * 8))!;

    /// <summary>The first address.</summary>
    public IPAddress FirstAddress => Address(First);

    /// <summary>The last address.</summary>
    public IPAddress LastAddress => Address(Last);

    /// <summary>The bits of its prefix where the range is a subnet; null where it is none.</summary>
    public int? PrefixLength
    {
        get
        {
            var hosts = Last - First;
            var isSubnet = (hosts & unchecked(hosts + 1)) == 0 && (First & hosts) == 0;
            return isSubnet ? (IsV6 ? 128 : 32) - (int)UInt128.PopCount(hosts) : null;
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var first = Text(First);
        var text = First == Last ? first : $"{first}-{Text(Last)}";
        return ProtocolId == 0 && Port == 0 ? text : $"{text}[{ProtocolId}/{Port}]";
    }

    private string Text(UInt128 value) => Address(value).ToString();

    private IPAddress Address(UInt128 value)
    {
        var octets = new byte[IsV6 ? 16 : 4];
        for (var i = octets.Length - 1; i >= 0; i--)
        {
            octets[i] = (byte)(value & 0xff);
            value >>= 8;
        }

        return new IPAddress(octets);
    }

    private static Selector? Subnet(IdentificationPayload id)
    {
        UInt128 address = Number(Half(id, 0)), mask = Number(Half(id, 1));
        var all = id.Data.Length == 8 ? uint.MaxValue : UInt128.MaxValue;
        var hosts = all & ~mask;
        return (hosts & unchecked(hosts + 1)) != 0 ? null : Range(id, address & mask, (address & mask) | hosts);
    }

    private static Selector? Range(IdentificationPayload id, UInt128 first, UInt128 last)
        => first > last ? null : new(first, last, (byte)id.IdType is 5 or 6 or 8, id.ProtocolId, id.Port);

    private static Octets Half(IdentificationPayload id, int which) => id.Data.Slice(which * id.Data.Length / 2, id.Data.Length / 2);

    private static UInt128 Number(Octets octets)
    {
        UInt128 value = 0;
        foreach (var b in octets.Span)
        {
            value = (value << 8) | b;
        }

        return value;
    }
}
