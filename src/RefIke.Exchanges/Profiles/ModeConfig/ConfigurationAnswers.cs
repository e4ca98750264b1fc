using System.Collections.Immutable;
using System.Net;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.ModeConfig;

/// <summary>The attributes of Mode Config's messages: asked for, answered, set and acknowledged (draft-dukes-ike-mode-cfg-02 §2, §3.4).</summary>
public static class ConfigurationAnswers
{
    /// <summary>Answered to INTERNAL requests for SUPPORTED_ATTRIBUTES.</summary>
    private static readonly ConfigurationAttribute[] Supported =
    [
        ConfigurationAttribute.Ip4Address, ConfigurationAttribute.Ip4Netmask, ConfigurationAttribute.Ip4Dns, ConfigurationAttribute.Ip4Nbns,
        ConfigurationAttribute.AddressExpiry, ConfigurationAttribute.ApplicationVersion, ConfigurationAttribute.Ip6Address,
        ConfigurationAttribute.Ip6Dns, ConfigurationAttribute.Ip6Nbns, ConfigurationAttribute.Ip4Subnet, ConfigurationAttribute.SupportedAttributes,
    ];

    /// <summary>The host's REQUEST: empty values.</summary>
    [Clause("modecfg-5.1-01")]
    public static ImmutableArray<DataAttribute> Request(ModeConfigPolicy.IpsecHost host)
        => [.. host.Wanted.Select(a => DataAttribute.Variable((ushort)a, Octets.Empty))];

    /// <summary>Whether a REQUEST wants an address.</summary>
    public static bool WantsAddress(ImmutableArray<DataAttribute> asked)
        => asked.Any(a => a.Type is (ushort)ConfigurationAttribute.Ip4Address or (ushort)ConfigurationAttribute.Ip6Address);

    /// <summary>The address that a REQUEST suggests (§2); null where there is none.</summary>
    public static IPAddress? Wish(ImmutableArray<DataAttribute> asked) => AssignedConfiguration.Read(asked).Address;

    /// <summary>The edge device's REPLY: what it assigned, as far as it was asked for, its version and what it supports (§3.4, D-187).</summary>
    [Clause("modecfg-2-01")]
    [Clause("modecfg-3.4-01")]
    public static ImmutableArray<DataAttribute> Reply(ImmutableArray<DataAttribute> asked, AssignedConfiguration? assigned)
    {
        var types = asked.Select(a => (ConfigurationAttribute)a.Type).ToHashSet();
        var reply = (assigned?.ToAttributes() ?? []).Where(a => types.Contains((ConfigurationAttribute)a.Type)).ToList();
        if (types.Contains(ConfigurationAttribute.ApplicationVersion))
        {
            reply.Add(DataAttribute.Variable((ushort)ConfigurationAttribute.ApplicationVersion, "RefIke"u8.ToArray()));
        }

        if (types.Contains(ConfigurationAttribute.SupportedAttributes))
        {
            reply.Add(DataAttribute.Variable((ushort)ConfigurationAttribute.SupportedAttributes,
                Supported.SelectMany(a => new[] { (byte)((ushort)a >> 8), (byte)((ushort)a & 0xff) }).ToArray()));
        }

        return [.. reply];
    }

    /// <summary>What the host takes of a REPLY or SET: the attributes that it wants, and no other .</summary>
    public static ImmutableArray<DataAttribute> Accepted(ModeConfigPolicy.IpsecHost host, ImmutableArray<DataAttribute> given)
        => [.. given.Where(a => a.Value.Length > 0 && host.Wanted.Contains((ConfigurationAttribute)a.Type))];

    /// <summary>The ACK of a SET: the accepted attributes without their values, each type once (§2).</summary>
    [Clause("modecfg-2-02")]
    public static ImmutableArray<DataAttribute> Ack(ImmutableArray<DataAttribute> accepted)
        => [.. accepted.Select(a => a.Type).Distinct().Select(t => DataAttribute.Variable(t, Octets.Empty))];
}
