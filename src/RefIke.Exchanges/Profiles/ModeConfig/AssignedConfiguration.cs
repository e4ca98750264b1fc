using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.ModeConfig;

/// <summary>What a host is told of the network behind an edge device (draft-dukes-ike-mode-cfg-02 §3.4, §5.1).</summary>
/// <param name="Address">INTERNAL_IP4_ADDRESS or INTERNAL_IP6_ADDRESS; null where none was given.</param>
public sealed record AssignedConfiguration(IPAddress? Address)
{
    private const int MostServers = 16;

    /// <summary>INTERNAL_IP4_NETMASK.</summary>
    public IPAddress? Netmask { get; init; }

    /// <summary>INTERNAL_IP4_DNS and INTERNAL_IP6_DNS.</summary>
    public ImmutableArray<IPAddress> Dns { get; init; } = [];

    /// <summary>INTERNAL_IP4_NBNS and INTERNAL_IP6_NBNS.</summary>
    public ImmutableArray<IPAddress> Nbns { get; init; } = [];

    /// <summary>INTERNAL_IP4_SUBNET: the networks behind the edge device, each an address and a mask of 4 octets.</summary>
    public ImmutableArray<(IPAddress Network, IPAddress Mask)> Subnets { get; init; } = [];

    /// <summary>INTERNAL_ADDRESS_EXPIRY, in seconds.</summary>
    public uint? ExpirySeconds { get; init; }

    /// <summary>The address as a client identity of Quick Mode; null where there is none.</summary>
    public IdentificationPayload? Traffic => Address is null ? null : Selector.ToPayload(Address, Address.GetAddressBytes().Length * 8);

    /// <summary>As attributes: no empty values, the address first.</summary>
    [Clause("modecfg-3.4-01")]
    public ImmutableArray<DataAttribute> ToAttributes()
    {
        var list = ImmutableArray.CreateBuilder<DataAttribute>();
        Add(ConfigurationAttribute.Ip4Address, ConfigurationAttribute.Ip6Address, Address);
        Add(ConfigurationAttribute.Ip4Netmask, null, Netmask);
        foreach (var server in Dns)
        {
            Add(ConfigurationAttribute.Ip4Dns, ConfigurationAttribute.Ip6Dns, server);
        }

        foreach (var server in Nbns)
        {
            Add(ConfigurationAttribute.Ip4Nbns, ConfigurationAttribute.Ip6Nbns, server);
        }

        foreach (var (network, mask) in Subnets)
        {
            list.Add(DataAttribute.Variable((ushort)ConfigurationAttribute.Ip4Subnet,
                (byte[])[.. network.GetAddressBytes(), .. mask.GetAddressBytes()]));
        }

        if (ExpirySeconds is { } seconds)
        {
            list.Add(DataAttribute.Variable((ushort)ConfigurationAttribute.AddressExpiry, new byte[]
            {
                (byte)(seconds >> 24), (byte)((seconds >> 16) & 0xff), (byte)((seconds >> 8) & 0xff), (byte)(seconds & 0xff),
            }));
        }

        return list.ToImmutable();

        void Add(ConfigurationAttribute v4, ConfigurationAttribute? v6, IPAddress? address)
        {
            var type = address?.AddressFamily == AddressFamily.InterNetwork ? v4 : v6;
            if (address is not null && type is { } t)
            {
                list.Add(DataAttribute.Variable((ushort)t, address.GetAddressBytes()));
            }
        }
    }

    /// <summary>
    /// Reads attributes; those of other types, or of another length than their type has, are passed over (§3.4, D-187, A-29, B-80, B-86).
    /// </summary>
    [Clause("modecfg-3.4-02")]
    public static AssignedConfiguration Read(ImmutableArray<DataAttribute> list)
    {
        var found = new AssignedConfiguration((IPAddress?)null);
        foreach (var attribute in list)
        {
            var (value, type) = (attribute.Value, (ConfigurationAttribute)attribute.Type);
            found = (type, value.Length) switch
            {
                (ConfigurationAttribute.Ip4Address, 4) or (ConfigurationAttribute.Ip6Address, 16) => found with { Address = found.Address ?? Ip(value) },
                (ConfigurationAttribute.Ip6Address, 17) => found with { Address = found.Address ?? Ip(value.Slice(0, 16)) },
                (ConfigurationAttribute.Ip4Netmask, 4) => found with { Netmask = Ip(value) },
                (ConfigurationAttribute.Ip4Dns, 4) or (ConfigurationAttribute.Ip6Dns, 16) when found.Dns.Length < MostServers
                    => found with { Dns = found.Dns.Add(Ip(value)) },
                (ConfigurationAttribute.Ip4Nbns, 4) or (ConfigurationAttribute.Ip6Nbns, 16) when found.Nbns.Length < MostServers
                    => found with { Nbns = found.Nbns.Add(Ip(value)) },
                (ConfigurationAttribute.Ip4Subnet, 8) when found.Subnets.Length < MostServers
                    => found with { Subnets = found.Subnets.Add((Ip(value.Slice(0, 4)), Ip(value.Slice(4, 4)))) },
                (ConfigurationAttribute.AddressExpiry, 4) when attribute.TryGetNumber(out var seconds) => found with { ExpirySeconds = (uint)seconds },
                _ => found,
            };
        }

        return found with { Address = found.Address is { } a && (a.Equals(IPAddress.Any) || a.Equals(IPAddress.IPv6Any)) ? null : found.Address };

        static IPAddress Ip(Octets value) => new(value.Span);
    }

    /// <inheritdoc/>
    public bool Equals(AssignedConfiguration? other)
        => other is not null && ToAttributes().SequenceEqual(other.ToAttributes());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Netmask, Dns.Length, Nbns.Length, Subnets.Length, ExpirySeconds);
}
