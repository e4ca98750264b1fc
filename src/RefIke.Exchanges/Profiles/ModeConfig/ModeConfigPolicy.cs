using System.Collections.Immutable;
using System.Net;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.ModeConfig;

/// <summary>What a connection does about Mode Config (draft-dukes-ike-mode-cfg-02): who asks, or who sets unasked (D-186).</summary>
/// <param name="Pushed">Whether the configuration is pushed by SET; else it is pulled by REQUEST.</param>
public abstract record ModeConfigPolicy(bool Pushed)
{
    /// <summary>This side gives addresses.</summary>
    public sealed record EdgeDevice(IAddressPool Pool, bool Pushed = false) : ModeConfigPolicy(Pushed);

    /// <summary>This side gets one.</summary>
    public sealed record IpsecHost(bool Pushed = false) : ModeConfigPolicy(Pushed)
    {
        /// <summary>What is asked for; nothing else is taken from an answer or a SET .</summary>
        public ImmutableArray<ConfigurationAttribute> Wanted { get; init; } =
        [
            ConfigurationAttribute.Ip4Address, ConfigurationAttribute.Ip4Netmask, ConfigurationAttribute.Ip4Dns,
            ConfigurationAttribute.Ip4Nbns, ConfigurationAttribute.Ip4Subnet, ConfigurationAttribute.AddressExpiry,
        ];
    }
}

/// <summary>For whom an address is wanted.</summary>
/// <param name="Peer">Who the peer is by phase 1.</param>
/// <param name="User">Who it is by XAUTH; empty where that is not spoken.</param>
/// <param name="Wish">The address that it would like (§2: a suggestion).</param>
/// <param name="Taken">Addresses that others have.</param>
public sealed record AddressRequest(IdentificationPayload Peer, Octets User, IPAddress? Wish, ImmutableHashSet<IPAddress> Taken);

/// <summary>Who gives addresses: a function of the request, with no memory of its own.</summary>
public interface IAddressPool
{
    /// <summary>An address that is not taken, and what goes with it; null where there is none.</summary>
    AssignedConfiguration? Assign(AddressRequest request);
}

/// <summary>A range of addresses: a peer gets the one that it wishes, if it is free, else the first that is.</summary>
/// <param name="First">The first address.</param>
/// <param name="Count">How many there are, 1 to 65536.</param>
/// <param name="Rest">What every peer is told besides its address.</param>
public sealed record AddressRange(IPAddress First, int Count, AssignedConfiguration Rest) : IAddressPool
{
    /// <inheritdoc/>
    public AssignedConfiguration? Assign(AddressRequest request)
    {
        for (var n = 0; n < Count; n++)
        {
            if (At(n) is var wished && wished.Equals(request.Wish) && !request.Taken.Contains(wished))
            {
                return Rest with { Address = wished };
            }
        }

        for (var n = 0; n < Count; n++)
        {
            if (At(n) is var free && !request.Taken.Contains(free))
            {
                return Rest with { Address = free };
            }
        }

        return null;
    }

    private IPAddress At(int n)
    {
        var octets = First.GetAddressBytes();
        for (var i = octets.Length - 1; i >= 0 && n > 0; i--)
        {
            n += octets[i];
            octets[i] = (byte)(n & 0xff);
            n >>= 8;
        }

        return new IPAddress(octets);
    }
}
