using System.Net;
using RefIke.Engine;

namespace RefIke.Cli.Matrix;

/// <summary>
/// What lies between the two endpoints: everything arrives, in order; a NAT before one of them gives it another address
/// and other ports (RFC 3947 §3).
/// </summary>
/// <param name="nat">Who is behind one: <c>initiator</c>, <c>responder</c>, or nobody.</param>
/// <param name="initiator">The initiator's own address.</param>
/// <param name="responder">The responder's own address.</param>
internal sealed class NattedNetwork(string nat, IPAddress initiator, IPAddress responder)
{
    private const int Shift = 20_000;

    /// <summary>Where an endpoint is seen from outside.</summary>
    public IPEndPoint Outside(IPEndPoint place) => (nat, place.Address) switch
    {
        ("initiator", var a) when a.Equals(initiator) => new(Mapped(a), place.Port + Shift),
        // A responder can be reached only where its NAT hands its ports on unchanged.
        ("responder", var a) when a.Equals(responder) => new(Mapped(a), place.Port),
        _ => place,
    };

    /// <summary>The datagram as it arrives.</summary>
    public Input.DatagramArrived Carry(Effect.Send sent)
        => new(Inside(sent.Remote), Outside(sent.Local), sent.Datagram);

    /// <summary>Whether a datagram to this place is for the initiator.</summary>
    public bool IsForInitiator(IPEndPoint place) => Inside(place).Address.Equals(initiator);

    private IPEndPoint Inside(IPEndPoint place)
    {
        if (nat == "initiator" && place.Address.Equals(Mapped(initiator)))
        {
            return new(initiator, place.Port - Shift);
        }

        return nat == "responder" && place.Address.Equals(Mapped(responder)) ? new(responder, place.Port) : place;
    }

    private static IPAddress Mapped(IPAddress inside)
    {
        var octets = inside.GetAddressBytes();
        octets[^1] += 100;
        return new IPAddress(octets);
    }
}
