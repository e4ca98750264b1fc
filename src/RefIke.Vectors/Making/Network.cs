using System.Net;
using RefIke.Exchanges;

namespace RefIke.Vectors.Making;

/// <summary>
/// What lies between the sides: it loses nothing; a NAT before one of them gives it another address and, to an
/// initiator, other ports (RFC 3947 §3).
/// </summary>
internal sealed class Network(Inputs inputs)
{
    private const int Shift = 20_000;

    private readonly IPAddress? inside = inputs.Nat is { } nat ? IPAddress.Parse(inputs.Of(nat.Behind).Address) : null;
    private readonly IPAddress? outside = inputs.Nat is { } nat ? IPAddress.Parse(nat.Outside) : null;
    private readonly int shift = inputs.Nat?.Behind == Role.Initiator ? Shift : 0;

    /// <summary>Where a side is seen from outside.</summary>
    public IPEndPoint Outside(IPEndPoint place)
        => place.Address.Equals(inside) ? new IPEndPoint(outside!, place.Port + shift) : place;

    /// <summary>Where what is sent to a place arrives.</summary>
    public IPEndPoint Inside(IPEndPoint place)
        => place.Address.Equals(outside) ? new IPEndPoint(inside!, place.Port - shift) : place;
}
