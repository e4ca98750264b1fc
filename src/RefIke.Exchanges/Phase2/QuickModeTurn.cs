using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Profiles.NatTraversal;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase2;

/// <summary>One event's work on a Quick Mode: guards over record and message, sends that fill what goes out.</summary>
public sealed class QuickModeTurn
{
    private readonly ExchangeMeans means;
    private readonly Opened? opened;
    private bool? hashIsRight;
    private bool judged;
    private Verdict? verdict;

    internal QuickModeTurn(ExchangeMeans means, QuickModeState before, ImmutableArray<Payload> payloads, Opened? opened,
        bool commits)
    {
        (this.means, Before, Payloads, this.opened, Commits) = (means, before, payloads, opened, commits);
        After = opened is null ? before : before with { Iv = opened.LastBlock };
    }

    /// <summary>What was found acceptable in the peer's message.</summary>
    private sealed record Verdict(QuickModeTerms Terms, ImmutableArray<Chosen> Sas, Selector Own, Selector Peer)
    {
        public Group? PfsGroup => Sas[0].Suite.PfsGroup;
    }

    /// <summary>The record before the event.</summary>
    public QuickModeState Before { get; }

    /// <summary>The record after it.</summary>
    public QuickModeState After { get; set; }

    /// <summary>The payloads received; empty for orders and time-outs.</summary>
    public ImmutableArray<Payload> Payloads { get; }

    /// <summary>Whether the message received has the Commit bit set; no HASH covers it (RFC 2408 §3.1, A-74).</summary>
    public bool Commits { get; }

    /// <summary>The payloads to send; empty where nothing is sent.</summary>
    public ImmutableArray<Payload> Outgoing { get; set; } = [];

    /// <summary>Why the message was refused.</summary>
    public Rejection? Rejection { get; set; }

    /// <summary>The notify to send, where the row says so.</summary>
    public Refusal? Refusal { get; set; }

    private bool HasSetCommit => !IsInitiator && Before.Commits;

    private bool IsInitiator => Before.Role == Role.Initiator;

    private Prf Prf => Before.Phase1.Suite!.Prf;

    /// <summary>Private groups are those that were agreed on when the exchange began .</summary>
    private KnownGroups Groups => new(Before.Phase1.PrivateGroups);

    private Secret SKEYID_a => Before.Phase1.Keys!.SKEYID_a;

    // Guards.

    /// <summary>HASH(1) verifies and some proposal is acceptable for the identities.</summary>
    public static bool OfferAcceptable(QuickModeTurn t) => t.HashIsRight() && t.Judge() is not null;

    /// <summary>HASH(1) verifies and nothing is acceptable.</summary>
    public static bool NothingAcceptable(QuickModeTurn t) => t.HashIsRight() && t.Judge() is null;

    /// <summary>HASH(2) verifies and the answer is one that was offered.</summary>
    public static bool AnswerAcceptable(QuickModeTurn t) => !t.Commits && t.HashIsRight() && t.Judge() is not null;

    /// <summary>The same, and the responder has set the Commit bit: CONNECTED is to come (D-161).</summary>
    public static bool AnswerAcceptableAndCommits(QuickModeTurn t)
        => t.Commits && t.HashIsRight() && t.Judge() is not null;

    /// <summary>HASH(2) verifies and the answer is not one that was offered.</summary>
    public static bool AnswerNotOffered(QuickModeTurn t) => t.HashIsRight() && t.Judge() is null;

    /// <summary>HASH(3), or HASH(4) of CONNECTED, verifies.</summary>
    public static bool HashMatches(QuickModeTurn t) => t.HashIsRight() && !t.HasSetCommit;

    /// <summary>HASH(3) verifies, and we have set the Commit bit.</summary>
    public static bool HashMatchesAndCommits(QuickModeTurn t) => t.HashIsRight() && t.HasSetCommit;

    /// <summary>The HASH payload does not verify.</summary>
    public static bool HashDiffers(QuickModeTurn t) => !t.HashIsRight();

    // Sends, in the order of the drawing.

    /// <summary>Message 1.</summary>
    [Clause("2409-5.5-07")]
    [Clause("2408-5.13-01")]
    public static void SendHash1SaNonce(QuickModeTurn t)
    {
        var terms = t.Before.Terms[0];
        t.After = t.After with { Child = terms.Name, Ni_b = t.means.Randomness.Bytes("Ni", t.Before.Name, 32) };
        var rest = ImmutableArray.CreateBuilder<Payload>();
        rest.AddRange(terms.Sas.Select((suites, n) => Phase2Negotiation.Offer(suites, t.Before.Own[n])));
        rest.Add(new NoncePayload(t.After.Ni_b));
        t.AddKe(rest, terms.Suites[0].PfsGroup, "xi");
        if (terms.Own is not null && terms.Peer is not null)
        {
            rest.Add(terms.Own);
            rest.Add(terms.Peer);
        }

        rest.AddRange(t.ExtraFor(terms.Suites[0]));
        rest.AddRange(t.Before.Extra);
        t.Hashed(rest.ToImmutable(), octets => t.means.Formulas.HASH_1(t.Prf, t.SKEYID_a, t.Before.Name.M_ID, octets));
    }

    /// <summary>Message 2.</summary>
    [Clause("2408-5.13-01")]
    public static void SendHash2SaNonce(QuickModeTurn t)
    {
        var v = t.verdict!;
        t.After = t.After with
        {
            Child = v.Terms.Name,
            Ni_b = t.Payloads.One<NoncePayload>()!.Data,
            Nr_b = t.means.Randomness.Bytes("Nr", t.Before.Name, 32),
            Traffic = (v.Own, v.Peer),
            Commits = v.Terms.CommitBit,
            Heard = [.. t.Payloads.OfType<NotificationPayload>()],
            PeerOriginalAddress = t.PeerOriginalAddress(),
        };
        var rest = ImmutableArray.CreateBuilder<Payload>();
        rest.AddRange(v.Sas.Select((chosen, n) => Phase2Negotiation.Answer(chosen, t.Before.Own[n])));
        rest.Add(new NoncePayload(t.After.Nr_b));
        t.AddKe(rest, v.PfsGroup, "xr");
        rest.AddRange(t.Payloads.OfType<IdentificationPayload>());
        rest.AddRange(t.ExtraFor(v.Sas[0].Suite));
        rest.AddRange(v.Sas.SelectMany((sa, n) => QuickModeNotices.ResponderLifetimes(sa, t.Before.Own[n], t.Groups)));
        rest.AddRange(v.Sas.SelectMany(
            (sa, n) => QuickModeNotices.ReplayStatus(sa, t.Before.Own[n], v.Terms.ReplayDetection)));
        t.Hashed(rest.ToImmutable(),
            octets => t.means.Formulas.HASH_2(t.Prf, t.SKEYID_a, t.Before.Name.M_ID, t.After.Ni_b.Span, octets));
        t.Derive();
    }

    /// <summary>Message 3.</summary>
    public static void SendHash3(QuickModeTurn t)
    {
        var v = t.verdict!;
        t.After = t.After with
        {
            Nr_b = t.Payloads.One<NoncePayload>()!.Data,
            Traffic = (v.Own, v.Peer),
            Commits = t.Commits,
            Heard = [.. t.Payloads.OfType<NotificationPayload>()],
            PeerOriginalAddress = t.PeerOriginalAddress(),
        };
        t.Outgoing = [new HashPayload(t.HASH_3())];
        t.Derive();
    }

    /// <summary>Message 4: under the Quick Mode's own message id and IV (D-162).</summary>
    [Clause("2408-3.1-07")]
    public static void SendConnected(QuickModeTurn t) => t.Hashed([QuickModeNotices.Connected(t.Before.Agreed[0])],
        octets => t.means.Formulas.HASH_1(t.Prf, t.SKEYID_a, t.Before.Name.M_ID, octets));

    /// <summary>Instead of message 2: a notify under the ISAKMP SA with the initiator's SPI (RFC 2408 §3.14, D-157).</summary>
    [Clause("2408-3.14-02")]
    [Clause("2408-5.4-03")]
    public static void SendRefusal(QuickModeTurn t)
    {
        var (protocol, spi) = t.Payloads.One<SecurityAssociationPayload>()!.Proposals is [var p, ..]
            ? (p.Protocol, p.Spi)
            : (Protocol.Esp, Octets.Empty);
        t.Refusal = new Refusal(t.Rejection?.Notify ?? NotifyType.NoProposalChosen, protocol, spi);
    }

    /// <summary>HASH(1), HASH(2) cover all that follows the HASH payload as received; HASH(3) the nonces (RFC 2409 §5.5).</summary>
    [Clause("2409-5.5-11")]
    [Clause("2409-5.5-12")]
    [Clause("2409-5.5-13")]
    [Clause("2408-5.11-01")]
    private bool HashIsRight()
    {
        if (hashIsRight is null)
        {
            var (f, M_ID) = (means.Formulas, Before.Name.M_ID);
            var (which, expected) = (Before.Step, IsInitiator) switch
            {
                (QuickModeStep.AwaitConnected, _) =>
                    ("HASH(4)", f.HASH_1(Prf, SKEYID_a, M_ID, opened!.AfterHash.Span)),
                (QuickModeStep.AwaitHash3, _) => ("HASH(3)", HASH_3()),
                (_, true) => ("HASH(2)", f.HASH_2(Prf, SKEYID_a, M_ID, Before.Ni_b.Span, opened!.AfterHash.Span)),
                _ => ("HASH(1)", f.HASH_1(Prf, SKEYID_a, M_ID, opened!.AfterHash.Span)),
            };
            hashIsRight = ConstantTime.Equal(expected, Payloads.One<HashPayload>()!.Data.Span);
            Rejection = hashIsRight.Value ? Rejection : new Rejection.HashMismatch(which);
        }

        return hashIsRight.Value;
    }

    private byte[] HASH_3()
        => means.Formulas.HASH_3(Prf, SKEYID_a, Before.Name.M_ID, After.Ni_b.Span, After.Nr_b.Span);

    private Verdict? Judge()
    {
        if (!judged)
        {
            judged = true;
            verdict = IsInitiator ? JudgeAnswer() : JudgeOffer();
            if (verdict?.PfsGroup is { } group
                && means.DiffieHellman.Check(group, Payloads.One<KeyExchangePayload>()!.Data.Span) is var fault and not PublicValueFault.None)
            {
                Rejection = new Rejection.BadPublicValue($"{fault}");
                verdict = null;
            }
        }

        return verdict;
    }

    [Clause("2409-5.5-08")]
    [Clause("2409-5.5-10")]
    [Clause("2408-5.8-01")]
    private Verdict? JudgeOffer()
    {
        var (theirs, ours) = Identities();
        var fitting = Before.Terms
            .Where(c => SelectorOf(c.Own, true) == ours && SelectorOf(c.Peer, false) == theirs).ToArray();
        if (fitting.Length == 0 || ours is null || theirs is null)
        {
            Rejection = new Rejection.NothingAcceptable($"no child for {theirs} - {ours}", NotifyType.InvalidIdInformation);
            return null;
        }

        var offers = Offers;
        var terms = Array.Find(fitting, c => c.Sas.Length == offers.Length);
        if (terms is null)
        {
            Rejection = new Rejection.NothingAcceptable(
                $"{offers.Length} SA payloads for these identities", NotifyType.NoProposalChosen);
            return null;
        }

        return Each((n, out why) => Phase2Negotiation.Choose(
            offers[n], terms.Sas[n], KeLength, out why, Groups)) is { } chosen
            ? new Verdict(terms, chosen, ours, theirs)
            : null;
    }

    /// <summary>The answer's identities must be those that were sent (D-90).</summary>
    [Clause("2409-5.5-10")]
    private Verdict? JudgeAnswer()
    {
        var terms = Before.Terms[0];
        var (ours, theirs) = Identities();
        if (ours is null || theirs is null || ours != SelectorOf(terms.Own, true) || theirs != SelectorOf(terms.Peer, false))
        {
            Rejection = new Rejection.ChoiceNotOffered($"other client identities: {ours} - {theirs}");
            return null;
        }

        var answers = Offers;
        if (answers.Length != terms.Sas.Length)
        {
            Rejection = new Rejection.ChoiceNotOffered(
                $"{answers.Length} SA payloads where {terms.Sas.Length} were sent");
            return null;
        }

        var chosen = Each((n, out why)
            => Phase2Negotiation.Check(answers[n], terms.Sas[n], Before.Own[n], out why, Groups));
        if (chosen is { } sas && sas.Any(c => c.Suite.PfsGroup?.PublicLength != KeLength))
        {
            Rejection = new Rejection.ChoiceNotOffered("the group chosen and the KE payload do not fit each other");
            return null;
        }

        var heard = Payloads.OfType<NotificationPayload>().ToArray();
        return chosen is { } all
            ? new Verdict(terms, [.. all.Select(sa => QuickModeNotices.Obey(sa, heard))], ours, theirs)
            : null;
    }

    private delegate Chosen? Judgement(int sa, out Rejection? why);

    /// <summary>
    /// Every SA payload, all or nothing (D-124). All have one group, and no SPI of the peer's is ours (D-107).
    /// </summary>
    [Clause("2409-5.5-19")]
    private ImmutableArray<Chosen>? Each(Judgement judge)
    {
        var chosen = ImmutableArray.CreateBuilder<Chosen>();
        for (var n = 0; n < Offers.Length; n++)
        {
            var found = judge(n, out var why);
            if (found is null)
            {
                Rejection = why;
                return null;
            }

            chosen.Add(found);
        }

        var theirs = chosen.SelectMany(c => c.Protocols).Where(p => p.Suite is not IpcompSuite)
            .Select(p => (p.Suite.Protocol, p.PeerSpi)).ToArray();
        if (theirs.Any(t => Before.Own.Any(o => o.Spi == t.PeerSpi)) || theirs.Distinct().Count() != theirs.Length)
        {
            Rejection = new Rejection.NothingAcceptable(
                "an SPI that is ours, or one for two SAs (D-107)", NotifyType.InvalidSpi);
            return null;
        }

        if (chosen.Select(c => c.Suite.PfsGroup).Distinct().Count() > 1)
        {
            Rejection = new Rejection.NothingAcceptable(
                "SA payloads with different groups and one KE payload", NotifyType.NoProposalChosen);
            return null;
        }

        return chosen.ToImmutable();
    }

    private SecurityAssociationPayload[] Offers => [.. Payloads.OfType<SecurityAssociationPayload>()];

    private int? KeLength => Payloads.One<KeyExchangePayload>()?.Data.Length;

    /// <summary>IDci and IDcr as selectors; where not sent, the peers' addresses (RFC 2409 §5.5, D-88).</summary>
    [Clause("2409-5.5-06")]
    private (Selector? Ci, Selector? Cr) Identities()
    {
        var ids = Payloads.OfType<IdentificationPayload>().ToArray();
        return ids.Length == 2
            ? (Selector.Of(ids[0]), Selector.Of(ids[1]))
            : IsInitiator ? (SelectorOf(null, true), SelectorOf(null, false)) : (SelectorOf(null, false), SelectorOf(null, true));
    }

    private Selector? SelectorOf(IdentificationPayload? id, bool own)
        => id is null ? Selector.Host((own ? Before.Phase1.Local : Before.Phase1.Remote).Address) : Selector.Of(id);

    /// <summary>What the profiles add to message 1 or 2.</summary>
    private ImmutableArray<Payload> ExtraFor(ProtectionSuite suite) => suite.Of(Protocol.Esp) is { Mode: var mode }
        ? Before.Phase1.Profiles.ExtraOfQuickMode(Before.Role, mode, Before.Phase1)
        : [];

    private IPAddress? PeerOriginalAddress() => OriginalAddresses.OfPeer(Payloads, Before.Role);

    [Clause("2409-5.5-05")]
    private void AddKe(ImmutableArray<Payload>.Builder rest, Group? group, string purpose)
    {
        if (group is null)
        {
            return;
        }

        var x = Secret.Of(means.Randomness.Bytes(purpose, Before.Name, group.PrivateLength));
        After = After with { X = x };
        rest.Add(new KeyExchangePayload(means.DiffieHellman.PublicValue(group, x)));
    }

    private void Hashed(ImmutableArray<Payload> rest, Func<byte[], byte[]> hash)
        => Outgoing = [new HashPayload(hash(MessageWriter.WritePayloads(rest))), .. rest];

    /// <summary>
    /// KEYMAT for both directions of each protocol (D-106), each under the protocol and the SPI of its destination (RFC
    /// 2409 §5.5).
    /// </summary>
    [Clause("2409-5.5-21")]
    [Clause("2409-5.5-15")]
    [Clause("2409-5.5-18")]
    [Clause("2409-3.3-01")]
    private void Derive()
    {
        var v = verdict!;
        Secret? g_qm_xy = null;
        if (v.PfsGroup is { } group && means.DiffieHellman.TrySharedSecret(
                group, After.X!, Payloads.One<KeyExchangePayload>()!.Data.Span, out g_qm_xy) != PublicValueFault.None)
        {
            throw new InvalidOperationException("the public value was checked by the guard");
        }

        After = After with
        {
            X = null,
            Agreed = [.. v.Sas.Select((sa, n) => new AgreedPair([.. sa.Protocols.Select(p => Sa(p, Before.Own[n]))]))],
        };

        AgreedSa Sa(ChosenProtocol p, OwnSpis own)
        {
            var spi = own.Number(p.Suite.Protocol);
            return new AgreedSa(p.Suite, spi, p.PeerSpi, Keymat(p.Suite, spi), Keymat(p.Suite, p.PeerSpi));
        }

        Secret Keymat(ProtocolSuite suite, uint destination)
            => suite.KeymatLength == 0 ? Secret.Of([]) : means.Formulas.KEYMAT(
                Prf, Before.Phase1.Keys!.SKEYID_d, g_qm_xy, (byte)suite.Protocol,
                OwnSpis.Field(suite.Protocol, destination).Span, After.Ni_b.Span, After.Nr_b.Span, suite.KeymatLength);
    }
}
