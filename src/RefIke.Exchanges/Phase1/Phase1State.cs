using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Profiles;
using RefIke.Exchanges.Profiles.NatTraversal;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>What is awaited in a phase 1 exchange.</summary>
public enum Phase1Step
{
    /// <summary>Nothing was sent or received yet.</summary>
    Idle,

    /// <summary>The initiator awaits the responder's choice (message 2).</summary>
    AwaitSaR,

    /// <summary>The responder awaits KE and Ni (message 3).</summary>
    AwaitKeI,

    /// <summary>The initiator awaits KE and Nr (message 4).</summary>
    AwaitKeR,

    /// <summary>The responder awaits IDii and HASH_I, in Aggressive Mode HASH_I.</summary>
    AwaitHashI,

    /// <summary>The initiator awaits IDir and HASH_R, in Aggressive Mode the whole of message 2.</summary>
    AwaitHashR,

    /// <summary>The responder awaits IDii and SIG_I, in Aggressive Mode SIG_I.</summary>
    AwaitSigI,

    /// <summary>The initiator awaits IDir and SIG_R, in Aggressive Mode the whole of message 2.</summary>
    AwaitSigR,

    /// <summary>The peer is authenticated.</summary>
    Established,

    /// <summary>Ended without an SA.</summary>
    Failed,
}

/// <summary>What local policy says for one phase 1 exchange.</summary>
/// <param name="Mode">Main or Aggressive Mode.</param>
/// <param name="Suites">Offered, or acceptable, in order of preference; all with the same authentication method.</param>
/// <param name="PreSharedKey">The key shared with the peer's address (RFC 2409 §5.4).</param>
/// <param name="OwnIdentity">IDii or IDir to send.</param>
/// <param name="PeerIdentity">What the peer's ID payload must be.</param>
public sealed record Phase1Terms(
    ExchangeType Mode, ImmutableArray<Phase1Suite> Suites, Secret? PreSharedKey, IdentificationPayload OwnIdentity, IdentificationPayload PeerIdentity)
{
    /// <summary>Keys and whom to trust, for methods with public keys.</summary>
    public PublicKeyTerms? PublicKeys { get; init; }

    /// <summary>What is spoken besides RFC 2409.</summary>
    public ProfileSet Profiles { get; init; } = ProfileSet.None;

    /// <summary>
    /// The groups that a transform may name: private ones agreed with the peer earlier (RFC 2409 §5.6).
    /// </summary>
    public KnownGroups Groups { get; init; } = KnownGroups.Registered;

    /// <summary>Whether the initiator of Aggressive Mode sends message 3 in clear, as the RFC draws it (RFC 2409 §5, D-15).</summary>
    public bool ClearThirdMessage { get; init; }

    /// <summary>The authentication method of all suites: so the exchange's table is known before its first message.</summary>
    public AuthenticationMethod Method => Suites[0].Method;

    /// <summary>
    /// What an initiator offers. In Aggressive Mode only suites of one group, as KE is in the same message; with public key encryption
    /// of one hash, and with its revised mode of one cipher too, as they are used before the answer comes (RFC 2409 §5, D-77).
    /// </summary>
    public ImmutableArray<Phase1Suite> Offered => Mode == ExchangeType.Aggressive ? [.. Suites.Where(s => IsFixedLike(s, Suites[0]))] : Suites;

    [Clause("2409-5-22")]
    private static bool IsFixedLike(Phase1Suite suite, Phase1Suite first) => suite.Group == first.Group && XauthMethods.Alone(suite.Method) switch
    {
        AuthenticationMethod.RsaEncryption => suite.Hash == first.Hash,
        AuthenticationMethod.RevisedRsaEncryption => suite.Hash == first.Hash && suite.Cipher == first.Cipher,
        _ => true,
    };
}

/// <summary>The keys of an ISAKMP SA (RFC 2409 §5, App. B).</summary>
public sealed record Phase1Keys(Secret SKEYID, Secret SKEYID_d, Secret SKEYID_a, Secret SKEYID_e, Secret Ka);

/// <summary>Everything an endpoint knows of one phase 1 exchange: an immutable value, the state of its machine.</summary>
public sealed record Phase1State
{
    /// <summary>The machine's state.</summary>
    public Phase1Step Step { get; init; }

    /// <summary>Main or Aggressive Mode: it does not change (RFC 2409 §5).</summary>
    public required ExchangeType Mode { get; init; }

    /// <summary>How the peers authenticate each other.</summary>
    public required AuthenticationMethod Method { get; init; }

    /// <summary>Which side this endpoint plays.</summary>
    public required Role Role { get; init; }

    /// <summary>The initiator's cookie.</summary>
    public required Cookie CKY_I { get; init; }

    /// <summary>The responder's cookie; none at the initiator before message 2.</summary>
    public Cookie CKY_R { get; init; }

    /// <summary>Where this side sends from, as in message 1.</summary>
    public required IPEndPoint Local { get; init; }

    /// <summary>Where the peer is, as in message 1.</summary>
    public required IPEndPoint Remote { get; init; }

    /// <summary>Local policy for this exchange; null once the exchange has ended, so that no copy of the key stays (RFC 2409 §8).</summary>
    public required Phase1Terms? Terms { get; init; }

    /// <summary>The whole body of the initiator's SA payload, as sent or received (RFC 2409 §3.2).</summary>
    public Octets SAi_b { get; init; }

    /// <summary>The suite chosen.</summary>
    public Phase1Suite? Suite { get; init; }

    /// <summary>The private Diffie-Hellman value; erased once g^xy is known.</summary>
    public Secret? X { get; init; }

    /// <summary>The initiator's public value.</summary>
    public Octets g_xi { get; init; }

    /// <summary>The responder's public value.</summary>
    public Octets g_xr { get; init; }

    /// <summary>The initiator's nonce body.</summary>
    public Octets Ni_b { get; init; }

    /// <summary>The responder's nonce body.</summary>
    public Octets Nr_b { get; init; }

    /// <summary>Once g^xy is known.</summary>
    public Phase1Keys? Keys { get; init; }

    /// <summary>
    /// The running IV of phase 1; after the last message its last ciphertext block, from which phase 2 IVs come (App.
    /// B, D-14).
    /// </summary>
    public Octets Iv { get; init; }

    /// <summary>The initiator's ID payload, as sent or received; as long as nobody has vouched for it, no more than a claim.</summary>
    public IdentificationPayload? IDii { get; init; }

    /// <summary>The responder's ID payload, likewise.</summary>
    public IdentificationPayload? IDir { get; init; }

    /// <summary>The peer's CERT payloads, wherever they came (RFC 2408 §3.9): nobody vouches for them yet.</summary>
    public ImmutableArray<CertificatePayload> CertificatesReceived { get; init; } = [];

    /// <summary>The peer's CR payloads (RFC 2408 §3.10).</summary>
    public ImmutableArray<CertificateRequestPayload> CertificateRequests { get; init; } = [];

    /// <summary>The peer's ID payload, once authenticated.</summary>
    public IdentificationPayload? PeerIdentity { get; init; }

    /// <summary>
    /// The notifies in the peer's last HDR* message of Main Mode (RFC 2407 §4.6.3). No HASH covers them: they are no more
    /// than a hint (D-215, A-43).
    /// </summary>
    public ImmutableArray<NotificationPayload> Hinted { get; init; } = [];

    /// <summary>What is spoken besides RFC 2409, by local policy.</summary>
    public ProfileSet Profiles { get; init; } = ProfileSet.None;

    /// <summary>
    /// The vendor ids of the peer that are known here; nobody vouches for them before the peer is authenticated.
    /// </summary>
    public ImmutableArray<VendorId> PeerVendorIds { get; init; } = [];

    /// <summary>What NAT detection found, where that profile is on (RFC 3947).</summary>
    public NatFacts? Nat { get; init; }

    /// <summary>
    /// Groups that the two ends agreed on under this ISAKMP SA, by number (RFC 2409 §5.6); they end with it (D-197).
    /// </summary>
    public ImmutableSortedDictionary<int, PrivateGroupAgreed> PrivateGroups { get; init; } =
        ImmutableSortedDictionary<int, PrivateGroupAgreed>.Empty;

    /// <summary>The SPI of the ISAKMP SA in a Notify or Delete: CKY-I, then CKY-R, 16 octets (RFC 2408 §3.14, §3.15).</summary>
    public Octets Spi => (byte[])[.. CKY_I.ToArray(), .. CKY_R.ToArray()];

    /// <summary>The exchange's name for random octets.</summary>
    public ExchangeName Name => new(CKY_I, CKY_R, 0);

    /// <summary>A fresh exchange of the initiator.</summary>
    public static Phase1State Initiating(Cookie CKY_I, IPEndPoint local, IPEndPoint remote, Phase1Terms terms)
        => Fresh(Role.Initiator, CKY_I, default, local, remote, terms);

    /// <summary>A fresh exchange of the responder, for a message 1 that has just come.</summary>
    public static Phase1State Responding(Cookie CKY_I, Cookie CKY_R, IPEndPoint local, IPEndPoint remote, Phase1Terms terms)
        => Fresh(Role.Responder, CKY_I, CKY_R, local, remote, terms);

    private static Phase1State Fresh(
        Role role, Cookie CKY_I, Cookie CKY_R, IPEndPoint local, IPEndPoint remote, Phase1Terms terms)
        => new()
        {
            Mode = terms.Mode,
            Method = terms.Method,
            Role = role,
            CKY_I = CKY_I,
            CKY_R = CKY_R,
            Local = local,
            Remote = remote,
            Terms = terms,
            Profiles = terms.Profiles,
        };
}
