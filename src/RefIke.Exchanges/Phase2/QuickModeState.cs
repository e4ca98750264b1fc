using System.Collections.Immutable;
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

    /// <summary>A pair of IPsec SAs is agreed.</summary>
    Established,

    /// <summary>Ended without one.</summary>
    Failed,
}

/// <summary>What local policy says of one child: the suites and the traffic.</summary>
/// <param name="Name">The child's name in the configuration.</param>
/// <param name="Own">Our side's client identity; null for the host itself, not sent.</param>
/// <param name="Peer">The peer's side.</param>
public sealed record QuickModeTerms(
    string Name, ImmutableArray<EspSuite> Suites, IdentificationPayload? Own, IdentificationPayload? Peer);

/// <summary>The pair of SAs that a Quick Mode agreed on.</summary>
/// <param name="Inbound">KEYMAT for what the peer sends to <paramref name="OwnSpi"/>.</param>
/// <param name="Outbound">KEYMAT for what we send to <paramref name="PeerSpi"/>.</param>
public sealed record AgreedPair(EspSuite Suite, uint OwnSpi, uint PeerSpi, Secret Inbound, Secret Outbound);

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

    /// <summary>The SPI chosen here for inbound traffic.</summary>
    public required uint OwnSpi { get; init; }

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

    /// <summary>The agreed SAs: at the responder prepared with message 2, valid with HASH(3).</summary>
    public AgreedPair? Pair { get; init; }

    /// <summary>A fresh Quick Mode; its first IV comes from the last block of phase 1 and the message id.</summary>
    [Clause("2409-B-07")]
    [Clause("2409-4-04")]
    public static QuickModeState Fresh(
        Role role, Phase1State phase1, uint M_ID, ImmutableArray<QuickModeTerms> terms, uint ownSpi, KeySchedule formulas)
        => new()
        {
            Role = role,
            Name = new ExchangeName(phase1.CKY_I, phase1.CKY_R, M_ID),
            Phase1 = phase1,
            Terms = terms,
            OwnSpi = ownSpi,
            Iv = formulas.Phase2Iv(phase1.Suite!.Hash, phase1.Iv.Span, M_ID, phase1.Suite.Cipher.BlockLength),
        };
}
