using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Engine;

/// <summary>Which of the pairs of one child is sent on; all of them are received on (RFC 2408 §4.3, D-137).</summary>
public enum PairStanding
{
    /// <summary>Sent on.</summary>
    Current,

    /// <summary>A newer pair took its place.</summary>
    Replaced,

    /// <summary>Both sides made a pair at once, and the other one stays (D-140).</summary>
    Surplus,
}

/// <summary>Two IPsec SAs, one each way, made by one Quick Mode (RFC 2409 §5.5), with all that an IPsec stack needs.</summary>
/// <param name="Spi">The inbound SPI, chosen here.</param>
/// <param name="PeerSpi">The outbound SPI, chosen by the peer.</param>
/// <param name="Inbound">KEYMAT of the inbound SA: the cipher's key, then the authentication key.</param>
/// <param name="Outbound">KEYMAT of the outbound SA.</param>
/// <param name="Role">Which side of the Quick Mode this endpoint played.</param>
/// <param name="SmallestNonce">The smaller of the two nonces, for collisions (D-140).</param>
public sealed record IpsecPair(
    uint Spi, uint PeerSpi, string Connection, string Child, EspSuite Suite, Secret Inbound, Secret Outbound,
    Selector Own, Selector Peer, IPEndPoint Local, IPEndPoint Remote, Role Role, ExchangeName Exchange, Octets SmallestNonce,
    IdentificationPayload PeerIdentity)
{
    /// <summary>When it came up.</summary>
    public Instant Installed { get; init; }

    /// <summary>When it ends: it is never used from then on.</summary>
    public Instant Expires { get; init; }

    /// <summary>Whether it is sent on, or only received on until it is deleted.</summary>
    public PairStanding Standing { get; init; }

    /// <summary>A Quick Mode that replaces it is open here.</summary>
    public bool Rekeying { get; init; }
}
