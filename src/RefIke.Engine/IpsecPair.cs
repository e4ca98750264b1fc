using System.Collections.Immutable;
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

/// <summary>
/// Two IPsec SAs (RFC 2409 §3.4), one each way, made by one Quick Mode (RFC 2409 §5.5), with all that an IPsec stack needs; where
/// several protocols were negotiated as a unit, two of each, which live and end together.
/// </summary>
/// <param name="Spi">The inbound SPI, chosen here: of ESP, else of AH. It is the pair's name.</param>
/// <param name="PeerSpi">The outbound SPI, chosen by the peer.</param>
/// <param name="Suite">The suite of the protocol whose SPI names the pair.</param>
/// <param name="Inbound">KEYMAT of the inbound SA of that protocol: the cipher's key, then the authentication
/// key.</param>
/// <param name="Outbound">KEYMAT of the outbound SA.</param>
/// <param name="Role">Which side of the Quick Mode this endpoint played.</param>
/// <param name="SmallestNonce">The smaller of the two nonces, for collisions (D-140).</param>
public sealed record IpsecPair(
    uint Spi, uint PeerSpi, string Connection, string Child, ProtocolSuite Suite, Secret Inbound, Secret Outbound,
    Selector Own, Selector Peer, IPEndPoint Local, IPEndPoint Remote, Role Role, ExchangeName Exchange, Octets SmallestNonce,
    IdentificationPayload PeerIdentity)
{
    /// <summary>
    /// The SAs of every protocol, that of <see cref="Spi"/> among them, in the order of the proposals.
    /// </summary>
    public ImmutableArray<AgreedSa> Bundle { get; init; } = [];

    /// <summary>Which SA payload of the Quick Mode made it, from 0 (RFC 2409 §5.5).</summary>
    public int Sa { get; init; }

    /// <summary>The shortest life of its protocols, in seconds.</summary>
    public ulong LifeSeconds => Bundle.Select(s => s.Suite.LifeSeconds).Append(Suite.LifeSeconds).Min();

    /// <summary>
    /// The fewest kilobytes of 1000 octets that one of its protocols may carry; null where none is bounded.
    /// </summary>
    public ulong? LifeKilobytes => Bundle.Select(s => s.Suite.LifeKilobytes).Append(Suite.LifeKilobytes).Min();

    /// <summary>
    /// The peer's address before any NAT, as it says itself: in transport mode checksums are mended by it (RFC 3947
    /// §5.2).
    /// </summary>
    public IPAddress? PeerOriginalAddress { get; init; }

    /// <summary>When it came up.</summary>
    public Instant Installed { get; init; }

    /// <summary>When it ends: it is never used from then on.</summary>
    public Instant Expires { get; init; }

    /// <summary>Whether it is sent on, or only received on until it is deleted.</summary>
    public PairStanding Standing { get; init; }

    /// <summary>A Quick Mode that replaces it is open here.</summary>
    public bool Rekeying { get; init; }

    /// <summary>When the last Quick Mode that replaces it was begun here.</summary>
    public Instant RekeyBegan { get; init; }
}
