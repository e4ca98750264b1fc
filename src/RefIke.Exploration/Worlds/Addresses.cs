using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration.Worlds;

/// <summary>
/// Who is where. A NAT in front of A shows its public address, and for each mapping other ports; what goes to a mapping that it has forgotten
/// reaches nobody.
/// </summary>
internal sealed class Addresses(ImmutableArray<EndpointSetup> setups, bool natted)
{
    /// <summary>Between the ports of one mapping and those of the next.</summary>
    public const int PortsApart = 1000;

    /// <summary>Whether an address is of NAT traversal: mapped or not, no other port is as high.</summary>
    public static bool IsNatTraversal(IPEndPoint address) => address.Port >= Cast.NatPort;

    /// <summary>How a datagram looks once it is on its way.</summary>
    public Effect.Send Outside(Effect.Send sent, int mapping)
        => natted && sent.Local.Address.Equals(setups[0].Local.Address)
            ? sent with { Local = new IPEndPoint(Cast.Public, sent.Local.Port + ((mapping + 1) * PortsApart)) } : sent;

    /// <summary>Whom a destination reaches, and at which address of its own; null where nobody is.</summary>
    public (Side Who, IPEndPoint At)? Whose(IPEndPoint destination, int mapping)
    {
        if (natted && destination.Address.Equals(Cast.Public))
        {
            var port = destination.Port - ((mapping + 1) * PortsApart);
            return port == setups[0].Local.Port || port == setups[0].NatLocal.Port ? (Side.A, new IPEndPoint(setups[0].Local.Address, port)) : null;
        }

        for (var n = natted ? 1 : 0; n < setups.Length; n++)
        {
            if (destination.Address.Equals(setups[n].Local.Address))
            {
                return ((Side)n, destination);
            }
        }

        return null;
    }

    /// <summary>Whose a datagram is that an endpoint sent; null where nobody of them did.</summary>
    public Side? Sender(Effect.Send outside)
        => natted && outside.Local.Address.Equals(Cast.Public) ? Side.A
            : Array.FindIndex([.. setups], s => s.Local.Address.Equals(outside.Local.Address)) is >= 0 and var n ? (Side)n : null;
}
