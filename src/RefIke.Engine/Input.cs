using System.Net;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Engine;

/// <summary>What can happen to an endpoint: a datagram, a timer of its own, an order of its owner.</summary>
public abstract record Input
{
    /// <summary>A datagram came. The non-ESP marker of port 4500 has been taken off (RFC 3948 §2.2).</summary>
    public sealed record DatagramArrived(IPEndPoint Local, IPEndPoint Remote, Octets Datagram) : Input;

    /// <summary>A timer that the state lists has fired; one that it does not list is ignored.</summary>
    public sealed record TimerFired(TimerId Timer) : Input;

    /// <summary>The owner wants this child up; phase 1 is made first where there is none.</summary>
    public sealed record Connect(string Connection, string Child) : Input;

    /// <summary>The owner wants a new pair in place of the one with this inbound SPI.</summary>
    public sealed record Rekey(uint Spi) : Input;

    /// <summary>The owner wants a new ISAKMP SA in place of this one; its pairs live on.</summary>
    public sealed record Renew(Cookie OwnCookie) : Input;

    /// <summary>The owner has seen good traffic on this inbound SPI: the peer is alive (RFC 3706 §5.4).</summary>
    public sealed record TrafficSeen(uint Spi) : Input;

    /// <summary>The owner wants the peer to take this group under this number, from 32768 up (RFC 2409 §5.6).</summary>
    public sealed record NewGroup(Cookie OwnCookie, ushort Number, GroupParameters Parameters) : Input;

    /// <summary>The owner wants the pair with this inbound SPI gone, and the peer told.</summary>
    public sealed record DeletePair(uint Spi) : Input;

    /// <summary>
    /// So many octets have gone over the pair with this inbound SPI since it came up, in the direction that has more.
    /// Who installs an SA with a life in kilobytes says so from time to time.
    /// </summary>
    public sealed record Carried(uint Spi, ulong Octets) : Input;

    /// <summary>The owner wants the ISAKMP SA gone, and the peer told; IPsec SAs stay (RFC 2409 §8, D-142).</summary>
    public sealed record DeleteIsakmp(Cookie OwnCookie) : Input;
}
