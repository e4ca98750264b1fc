using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>All that goes in: what both sides were told, and the octets that they drew.</summary>
/// <param name="Method">How they authenticate each other, before XAUTH gives it another number.</param>
internal sealed record Inputs(
    ExchangeType Mode, AuthenticationMethod Method, Octets? PreSharedKey, ulong Phase1LifeSeconds,
    ulong Phase2LifeSeconds, bool NatTraversal, Side Initiator, Side Responder, ImmutableArray<Order> Orders)
{
    /// <summary>The NAT between them.</summary>
    public NatInputs? Nat { get; init; }

    /// <summary>Octets of a datagram, where longer messages are cut.</summary>
    public int? FragmentSize { get; init; }

    /// <summary>Aggressive Mode's third message goes in clear.</summary>
    public bool? ClearThirdMessage { get; init; }

    /// <summary>The time of day at the start, in seconds since 1970, where certificates are judged.</summary>
    public long? UnixSeconds { get; init; }

    /// <summary>XAUTH, and with it hybrid authentication.</summary>
    public XauthInputs? Xauth { get; init; }

    /// <summary>Mode Config.</summary>
    public ModeConfigInputs? ModeConfig { get; init; }

    /// <summary>RFC 3706 is spoken.</summary>
    public bool? DeadPeerDetection { get; init; }

    /// <summary>INITIAL-CONTACT is said in the first Quick Mode.</summary>
    public bool? InitialContact { get; init; }

    /// <summary>Groups of the peer's are taken in New Group Mode.</summary>
    public bool? NewGroups { get; init; }

    public Side Of(Role role) => role == Role.Initiator ? Initiator : Responder;

    public Side Other(Role role) => role == Role.Initiator ? Responder : Initiator;
}

/// <summary>One side's configuration and its random octets.</summary>
internal sealed record Side(
    string Address, Octets Identity, ImmutableArray<string> Suites, ImmutableArray<Child> Children,
    ImmutableArray<Draw> Random)
{
    /// <summary>Its keys and whom it trusts, for the methods with public keys.</summary>
    public KeyInputs? Keys { get; init; }

    /// <summary>Milliseconds of silence after which it asks whether the peer is alive.</summary>
    public long? DeadPeerInterval { get; init; }
}

/// <summary>Keys and certificates as DER: PKCS #8, SubjectPublicKeyInfo, X.509.</summary>
internal sealed record KeyInputs
{
    /// <summary>The side's own private key.</summary>
    public Octets? PrivateKey { get; init; }

    /// <summary>The peer's public key, where it is known and needs no certificate.</summary>
    public Octets? PeerKey { get; init; }

    /// <summary>The certificate of the private key, then those above it.</summary>
    public ImmutableArray<Octets>? Certificates { get; init; }

    /// <summary>Trust anchors.</summary>
    public ImmutableArray<Octets>? Trust { get; init; }

    /// <summary>Certificates of the peer that are held.</summary>
    public ImmutableArray<Octets>? Held { get; init; }

    /// <summary>When CERT payloads are sent.</summary>
    public CertificateSending? Sending { get; init; }

    /// <summary>HASH(1) names the certificate that is encrypted to (RFC 2409 §5.2).</summary>
    public bool? NamesPeerCertificate { get; init; }
}

/// <summary>
/// Traffic to protect; own and peer are ID payload bodies, absent where the hosts themselves are meant.
/// </summary>
internal sealed record Child(string Name, Octets? Own, Octets? Peer, ImmutableArray<string> Suites)
{
    /// <summary>Tunnel mode where it is absent.</summary>
    public EncapsulationMode? Mode { get; init; }

    /// <summary>Another life than that of all children.</summary>
    public ulong? LifeSeconds { get; init; }

    /// <summary>A life in kilobytes beside it.</summary>
    public ulong? LifeKilobytes { get; init; }

    /// <summary>Sequence numbers of 64 bits.</summary>
    public bool? ExtendedSequenceNumbers { get; init; }

    /// <summary>Suites of further SA payloads.</summary>
    public ImmutableArray<ImmutableArray<string>>? Further { get; init; }

    /// <summary>As responder it sets the Commit bit.</summary>
    public bool? CommitBit { get; init; }

    /// <summary>What it says as responder of replay detection.</summary>
    public bool? ReplayDetection { get; init; }

    /// <summary>PFS of identities: the ISAKMP SA is deleted after the Quick Mode.</summary>
    public bool? IdentityPfs { get; init; }

    /// <summary>The host's side of the traffic is the address that Mode Config gives.</summary>
    public bool? Assigned { get; init; }
}

/// <summary>
/// Random octets that a side asked for: what for, in which exchange (CKY-I/CKY-R/M-ID), and what it got.
/// </summary>
internal sealed record Draw(string Purpose, string Exchange, Octets Octets);

/// <summary>A NAT: who is behind it, and its address outside. An initiator's ports are 20000 higher there.</summary>
internal sealed record NatInputs(Role Behind, string Outside);

/// <summary>Who the user is; the other side is the edge device, which asks.</summary>
internal sealed record XauthInputs(Role Host, XauthType Type, bool Hybrid, Octets User, Octets Password);

/// <summary>Who gets an address, and what the other side gives.</summary>
/// <param name="Pushed">The edge device sets it unasked.</param>
internal sealed record ModeConfigInputs(
    Role Host, bool Pushed, string Address, string Netmask, ImmutableArray<string> Dns, uint ExpirySeconds);

/// <summary>What an owner told its endpoint, and when: after how many datagrams, at which millisecond.</summary>
internal sealed record Order(
    int AfterMessage, long At, Role By, OrderKind Kind, string? Child = null,
    [property: JsonConverter(typeof(HexNumber))] uint? Spi = null)
{
    /// <summary>The group to offer.</summary>
    public GroupInputs? Group { get; init; }
}

/// <summary>
/// A group's number and parameters (RFC 2409 §5.6), each a number in octets: for MODP prime, generator x and its order
/// if it is known; for curves prime or polynomial, a, b, the generator x and y, its order.
/// </summary>
internal sealed record GroupInputs(
    ushort Number, GroupType Type, Octets Prime, Octets? A, Octets? B, Octets X, Octets? Y, Octets? Order);

internal enum OrderKind
{
    /// <summary>Bring this child up.</summary>
    Connect,

    /// <summary>Replace the pair with this inbound SPI.</summary>
    Rekey,

    /// <summary>End the pair with this inbound SPI and tell the peer.</summary>
    DeletePair,

    /// <summary>End the ISAKMP SA and tell the peer.</summary>
    DeleteIsakmp,

    /// <summary>Offer a group in New Group Mode.</summary>
    NewGroup,
}
