using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Profiles;
using RefIke.Exchanges.Profiles.DeadPeerDetection;
using RefIke.Exchanges.Profiles.Fragmentation;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.NatTraversal;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Engine;

/// <summary>A peer and how to speak to it.</summary>
/// <param name="Remote">
/// The peer's address; in Main Mode the pre-shared key is found by it (RFC 2409 §5.4). Port 500 unless the peer is elsewhere. The
/// address 0.0.0.0 or :: is any peer that can be told by its identity: in Aggressive Mode, or with public keys.
/// </param>
/// <param name="Suites">Phase 1 suites, offered or acceptable, in order of preference, all with one authentication method.</param>
/// <param name="NatTraversal">Whether RFC 3947 is spoken with this peer.</param>
public sealed record Connection(
    string Name, IPEndPoint Remote, Secret? PreSharedKey, IdentificationPayload OwnIdentity, IdentificationPayload PeerIdentity,
    ImmutableArray<Phase1Suite> Suites, ImmutableArray<ChildPolicy> Children, bool NatTraversal = false)
{
    /// <summary>The phase 1 mode that is begun and accepted. Aggressive Mode shows the identities to all, and costs a responder more.</summary>
    public ExchangeType Mode { get; init; } = ExchangeType.MainMode;

    /// <summary>Whether we send message 3 of Aggressive Mode in clear, for a peer that takes it no other way (RFC 2409 §5, D-15).</summary>
    public bool ClearThirdMessage { get; init; }

    /// <summary>Our keys and whom to trust, for the methods with public keys.</summary>
    public PublicKeyTerms? PublicKeys { get; init; }

    /// <summary>
    /// Whether INITIAL-CONTACT is said in the first Quick Mode where no SA with the peer is known before (D-145,
    /// D-146).
    /// </summary>
    public bool InitialContact { get; init; }

    /// <summary>How RFC 3947 is spoken, where it is.</summary>
    public NatTraversalPolicy Nat { get; init; } = new();

    /// <summary>How RFC 3706 is spoken; null where it is not.</summary>
    public DeadPeerPolicy? DeadPeer { get; init; }

    /// <summary>How long messages are cut and gathered; null where they are not.</summary>
    public FragmentationPolicy? Fragmentation { get; init; }

    /// <summary>What is spoken besides RFC 2409.</summary>
    public ProfileSet Profiles => new([.. SpokenProfiles()]);

    /// <summary>Which groups the peer may bring (RFC 2409 §5.6); null for none.</summary>
    public NewGroupTerms? NewGroups { get; init; }

    /// <summary>
    /// Groups of ours: offered to the peer when a child wants one for PFS and the ISAKMP SA has none by its number.
    /// Others are offered by the owner's order alone.
    /// </summary>
    public ImmutableArray<OwnGroup> OwnGroups { get; init; } = [];

    /// <summary>
    /// The number of a private group that phase 1 is offered and taken in before all else, where it was agreed on with
    /// the peer under an ISAKMP SA that still lives (RFC 2409 §5.6); null for none.
    /// </summary>
    public int? PrivateGroup { get; init; }

    /// <summary>The authentication method of all suites.</summary>
    public AuthenticationMethod Method => Suites[0].Method;

    /// <summary>
    /// XAUTH after phase 1, as the edge device or as the host; null where it is not spoken. The suites name the method
    /// without it.
    /// </summary>
    public XauthPolicy? Xauth { get; init; }

    /// <summary>Mode Config before Quick Mode, likewise.</summary>
    public ModeConfigPolicy? ModeConfig { get; init; }

    /// <summary>
    /// The method that goes into an offer or is looked for in one: with XAUTH or hybrid authentication the one that
    /// announces it.
    /// </summary>
    /// <param name="role">Which side of phase 1 this endpoint plays.</param>
    public AuthenticationMethod MethodAs(Role role)
        => Xauth is null ? Method : XauthMethods.Of(Method, Xauth, role)
            ?? throw new InvalidOperationException($"{Method} does not go with XAUTH");

    /// <summary>The suites with that method.</summary>
    public ImmutableArray<Phase1Suite> SuitesAs(Role role)
        => Xauth is null ? Suites : [.. Suites.Select(s => s with { Method = MethodAs(role) })];

    private IEnumerable<IProfile> SpokenProfiles()
    {
        if (NatTraversal)
        {
            yield return new NatTraversal(Nat.Drafts, Nat.Force);
        }

        if (DeadPeer is not null)
        {
            yield return new DeadPeerDetection();
        }

        if (Fragmentation is not null)
        {
            yield return new Fragmentation();
        }

        if (Xauth is not null)
        {
            yield return new XauthVendorId();
        }
    }
}

/// <summary>A Diffie-Hellman group of our own (RFC 2409 §5.6).</summary>
/// <param name="Number">The Group Description it is to have, from 32768 up.</param>
/// <param name="Parameters">What describes it.</param>
public sealed record OwnGroup(ushort Number, GroupParameters Parameters);

/// <summary>Traffic to protect and how.</summary>
/// <param name="Own">Our side's traffic; null for this host, not sent as identity (RFC 2409 §5.5).</param>
/// <param name="Peer">The peer's side.</param>
/// <param name="Suites">
/// Suites of one protocol or several, offered or acceptable, in tunnel or transport mode; all with the same PFS group
/// or none.
/// </param>
public sealed record ChildPolicy(
    string Name, IdentificationPayload? Own, IdentificationPayload? Peer, ImmutableArray<ProtectionSuite> Suites)
{
    /// <summary>
    /// Suites of further SA payloads in the same Quick Mode (RFC 2409 §5.5): each makes a pair of its own for the same
    /// traffic, with the same PFS group.
    /// </summary>
    public ImmutableArray<ImmutableArray<ProtectionSuite>> Further { get; init; } = [];

    /// <summary>Whether we set the Commit bit as responder: the initiator waits for our CONNECTED (D-161).</summary>
    public bool CommitBit { get; init; }

    /// <summary>What we say as responder of replay detection; null to say nothing (D-128).</summary>
    public bool? ReplayDetection { get; init; }

    /// <summary>
    /// PFS of keys and identities (RFC 2409 §8): the ISAKMP SA serves one Quick Mode of this child alone, and is
    /// deleted after it (D-109).
    /// </summary>
    public bool IdentityPfs { get; init; }

    /// <summary>
    /// The number of a private group for PFS in place of that of the suites (RFC 2409 §5.6): the child comes up under
    /// an ISAKMP SA alone in which it is agreed; null for the suites' own.
    /// </summary>
    public int? PrivatePfsGroup { get; init; }

    /// <summary>How many pairs one Quick Mode makes.</summary>
    public int Sas => 1 + Further.Length;

    /// <summary>Whether any suite has IPCOMP.</summary>
    internal bool Compresses => Further.Add(Suites).SelectMany(s => s).Any(s => s.Of(Protocol.Ipcomp) is not null);

    /// <summary>Our side's traffic is the address that Mode Config gives us; <see cref="Own"/> is not looked at.</summary>
    public bool OwnIsAssigned { get; init; }

    /// <summary>The peer's side is the address that Mode Config gives it; <see cref="Peer"/> is not looked at.</summary>
    public bool PeerIsAssigned { get; init; }
}

/// <summary>How long things wait. All in milliseconds but the counts.</summary>
public sealed record Timing
{
    /// <summary>Retransmissions of one message before giving up.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The first gap; each further one is twice as long (RFC 2408 §5.1: not fixed; D-08).</summary>
    public long FirstGap { get; init; } = 1000;

    /// <summary>The gap after the n-th sending, n from 0: a formula of its own, so that a policy may have another.</summary>
    public Func<Timing, int, long> Gap { get; init; } = static (t, n) => t.FirstGap << Math.Min(n, 16);

    /// <summary>How long a responder keeps a half-open exchange (RFC 2408 §2.5.3).</summary>
    public long HalfOpen { get; init; } = 30_000;

    /// <summary>How long each step of XAUTH and Mode Config may take before the ISAKMP SA is deleted (D-181, R-60).</summary>
    public long AccessStep { get; init; } = 30_000;

    /// <summary>How long a finished exchange is remembered, to answer late copies (D-12).</summary>
    public long Remember { get; init; } = 60_000;

    /// <summary>When the initiator of an SA rekeys or renews it, in hundredths of its life (D-139).</summary>
    public int InitiatorRekeysAt { get; init; } = 88;

    /// <summary>When its responder does.</summary>
    public int ResponderRekeysAt { get; init; } = 96;

    /// <summary>How long after a rekey its initiator deletes the old pair (D-138).</summary>
    public long DeleteOldAfter { get; init; } = 30_000;

    /// <summary>How long after a collision the surplus pair is deleted (D-140).</summary>
    public long DeleteSurplusAfter { get; init; } = 30_000;

    /// <summary>How long the fragments of a message are waited for (D-190).</summary>
    public long Fragments { get; init; } = 30_000;
}

/// <summary>What bounds an endpoint's tables and work (RFC 2408 §2.5.3).</summary>
public sealed record Limits
{
    /// <summary>Half-open exchanges as responder, in all.</summary>
    public int HalfOpen { get; init; } = 1024;

    /// <summary>Half-open exchanges as responder from one address.</summary>
    public int HalfOpenPerAddress { get; init; } = 16;

    /// <summary>Public values refused in one phase 1 exchange; what comes after them is dropped unread.</summary>
    public int RefusedKeys { get; init; } = 8;

    /// <summary>Message ids remembered for one ISAKMP SA (D-34, D-110).</summary>
    public int MessageIds { get; init; } = 4096;

    /// <summary>
    /// Groups of a peer's that are judged under one ISAKMP SA, taken or not: each may cost 17 exponentiations.
    /// </summary>
    public int GroupsJudged { get; init; } = 8;

    /// <summary>Open Quick Modes under one ISAKMP SA.</summary>
    public int OpenQuickModes { get; init; } = 64;

    /// <summary>Fragments of one message (D-190).</summary>
    public int Fragments { get; init; } = 16;

    /// <summary>Octets of a message that came in fragments.</summary>
    public int FragmentedMessage { get; init; } = 65_535;

    /// <summary>
    /// Messages that have come in part, in all: with <see cref="FragmentedMessage"/> a bound on memory.
    /// </summary>
    public int FragmentSets { get; init; } = 64;

    /// <summary>The same from one address.</summary>
    public int FragmentSetsPerAddress { get; init; } = 4;

    /// <summary>Open and remembered Transaction exchanges under one ISAKMP SA.</summary>
    public int Transactions { get; init; } = 16;
}
