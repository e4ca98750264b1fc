using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase2;

/// <summary>What is awaited in a Quick Mode exchange (RFC 2409 §5.5).</summary>
public enum QuickModeStep
{
    /// <summary>Nothing was sent or received yet.</summary>
    Idle,

    /// <summary>The initiator awaits the answer with HASH(2).</summary>
    AwaitHash2,

    /// <summary>The responder awaits HASH(3).</summary>
    AwaitHash3,

    /// <summary>
    /// The initiator has sent HASH(3) and awaits CONNECTED, as the responder asked for (RFC 2408 §3.1).
    /// </summary>
    AwaitConnected,

    /// <summary>A pair of IPsec SAs is agreed.</summary>
    Established,

    /// <summary>Ended without one.</summary>
    Failed,
}

/// <summary>What local policy says of one child: the suites and the traffic.</summary>
/// <param name="Name">The child's name in the configuration.</param>
/// <param name="Suites">What is offered or acceptable, in order of preference.</param>
/// <param name="Own">Our side's client identity; null for the host itself, not sent.</param>
/// <param name="Peer">The peer's side.</param>
public sealed record QuickModeTerms(
    string Name, ImmutableArray<ProtectionSuite> Suites, IdentificationPayload? Own, IdentificationPayload? Peer)
{
    /// <summary>Suites of further SA payloads, each of which makes a pair of its own (RFC 2409 §5.5).</summary>
    public ImmutableArray<ImmutableArray<ProtectionSuite>> Further { get; init; } = [];

    /// <summary>Whether we set the Commit bit as responder, and send CONNECTED (RFC 2408 §3.1).</summary>
    public bool CommitBit { get; init; }

    /// <summary>
    /// What we say as responder of replay detection (RFC 2407 §4.6.3.2); null to say nothing, as is usual (D-128).
    /// </summary>
    public bool? ReplayDetection { get; init; }

    /// <summary>The suites of every SA payload, in order.</summary>
    internal ImmutableArray<ImmutableArray<ProtectionSuite>> Sas => [Suites, .. Further];
}

/// <summary>Two SAs of one protocol, one each way.</summary>
/// <param name="OwnSpi">Where the peer sends to; of IPCOMP the CPI.</param>
/// <param name="PeerSpi">Where we send to.</param>
/// <param name="Inbound">KEYMAT for what the peer sends to <paramref name="OwnSpi"/>; empty for IPCOMP.</param>
/// <param name="Outbound">KEYMAT for what we send to <paramref name="PeerSpi"/>.</param>
public sealed record AgreedSa(ProtocolSuite Suite, uint OwnSpi, uint PeerSpi, Secret Inbound, Secret Outbound);

/// <summary>The pair that one SA payload of a Quick Mode agreed on, with the SAs of every protocol.</summary>
/// <param name="Sas">In the order of the proposals.</param>
public sealed record AgreedPair(ImmutableArray<AgreedSa> Sas)
{
    /// <summary>The SAs by whose SPIs the pair is known: of ESP, else of AH, else of IPCOMP.</summary>
    public AgreedSa Main
        => Sas.FirstOrDefault(s => s.Suite is EspSuite) ?? Sas.FirstOrDefault(s => s.Suite is AhSuite) ?? Sas[0];

    /// <summary>The peer's SPI by which the pair is known.</summary>
    public uint PeerSpi => Main.PeerSpi;
}

/// <summary>Everything an endpoint knows of one Quick Mode: an immutable value, the state of its machine.</summary>
public sealed record QuickModeState
{
    /// <summary>The machine's state.</summary>
    public QuickModeStep Step { get; init; }

    /// <summary>Which side of this Quick Mode the endpoint plays; phase 1 may have been the other way round.</summary>
    public required Role Role { get; init; }

    /// <summary>Cookies of the ISAKMP SA, and the message id.</summary>
    public required ExchangeName Name { get; init; }

    /// <summary>The ISAKMP SA that protects the exchange.</summary>
    public required Phase1State Phase1 { get; init; }

    /// <summary>What may be agreed: one child for the initiator, all of the connection's for the responder.</summary>
    public required ImmutableArray<QuickModeTerms> Terms { get; init; }

    /// <summary>The running IV of this message id (RFC 2409 App. B).</summary>
    public required Octets Iv { get; init; }

    /// <summary>The SPIs chosen here for inbound traffic, for each SA payload that there may be.</summary>
    public required ImmutableArray<OwnSpis> Own { get; init; }

    /// <summary>The SPI for the first SA payload.</summary>
    public uint OwnSpi => Own[0].Spi;

    /// <summary>The child agreed on.</summary>
    public string Child { get; init; } = "";

    /// <summary>The private value of the Quick Mode's own Diffie-Hellman; erased once g(qm)^xy is known.</summary>
    public Secret? X { get; init; }

    /// <summary>The initiator's nonce body.</summary>
    public Octets Ni_b { get; init; }

    /// <summary>The responder's nonce body.</summary>
    public Octets Nr_b { get; init; }

    /// <summary>Our side's traffic and the peer's, once agreed.</summary>
    public (Selector Own, Selector Peer)? Traffic { get; init; }

    /// <summary>
    /// The agreed pairs, one for each SA payload: at the responder prepared with message 2, valid with HASH(3).
    /// </summary>
    public ImmutableArray<AgreedPair> Agreed { get; init; } = [];

    /// <summary>Whether the responder has set the Commit bit in message 2.</summary>
    public bool Commits { get; init; }

    /// <summary>What the engine adds to our first message, after all else.</summary>
    public ImmutableArray<Payload> Extra { get; init; } = [];

    /// <summary>The notifies of the peer's message 1 or 2, which HASH(1) or HASH(2) covers.</summary>
    public ImmutableArray<NotificationPayload> Heard { get; init; } = [];

    /// <summary>The first agreed pair, or null.</summary>
    public AgreedPair? Pair => Agreed is [var first, ..] ? first : null;

    /// <summary>
    /// The peer's address before any NAT, as it says itself; in transport mode under a NAT alone (RFC 3947 §5.2).
    /// </summary>
    public IPAddress? PeerOriginalAddress { get; init; }

    /// <summary>A fresh Quick Mode; its first IV comes from the last block of phase 1 and the message id.</summary>
    [Clause("2409-B-07")]
    [Clause("2409-4-04")]
    public static QuickModeState Fresh(Role role, Phase1State phase1, uint M_ID, ImmutableArray<QuickModeTerms> terms,
        ImmutableArray<OwnSpis> own, KeySchedule formulas)
        => new()
        {
            Role = role,
            Name = new ExchangeName(phase1.CKY_I, phase1.CKY_R, M_ID),
            Phase1 = phase1,
            Terms = terms,
            Own = own,
            Iv = formulas.Phase2Iv(phase1.Suite!.Hash, phase1.Iv.Span, M_ID, phase1.Suite.Cipher.BlockLength),
        };
}
