using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>One protocol of the peer's choice or offer that is agreed on.</summary>
/// <param name="Suite">What was agreed, the shorter of both lives in it.</param>
/// <param name="Offered">The transform as it was received.</param>
/// <param name="PeerSpi">The peer's SPI for it; of IPCOMP the CPI.</param>
public sealed record ChosenProtocol(ProtocolSuite Suite, TransformPayload Offered, uint PeerSpi);

/// <summary>What is agreed on for one SA payload: all protocols of one proposal number (RFC 2408 §4.2).</summary>
/// <param name="Number">The proposal's number.</param>
/// <param name="Protocols">In the order in which they were received.</param>
public sealed record Chosen(byte Number, ImmutableArray<ChosenProtocol> Protocols)
{
    /// <summary>The protocol by whose SPI the pair is known.</summary>
    public ChosenProtocol Main => Protocols.First(p => p.Suite.Protocol == Suite.Main.Protocol);

    /// <summary>The suites alone.</summary>
    public ProtectionSuite Suite => new([.. Protocols.Select(p => p.Suite)]);
}

/// <summary>
/// What Quick Mode offers, chooses and refuses for one SA payload (RFC 2409 §5.5, RFC 2407 §4.5, RFC 2408 §4.2).
/// Proposals of one number are a unit, proposals of different numbers are alternatives.
/// </summary>
public static class Phase2Negotiation
{
    /// <summary>
    /// The offer, in order of preference, with our SPIs. Neighbours of one protocol alone are transforms of one
    /// proposal; each unit of several protocols has a proposal number of its own, with a proposal and one transform
    /// for each protocol. All suites agree on PFS (RFC 2409 §5.5).
    /// </summary>
    [Clause("2409-5.5-09")]
    [Clause("2408-2.4-03")]
    [Clause("2408-3.6-02")]
    [Clause("2408-4.2-01")]
    [Clause("2408-4.2-02")]
    [Clause("2408-4.2-03")]
    public static SecurityAssociationPayload Offer(ImmutableArray<ProtectionSuite> suites, OwnSpis own)
    {
        var proposals = ImmutableArray.CreateBuilder<ProposalPayload>();
        byte number = 0;
        for (var at = 0; at < suites.Length;)
        {
            var first = suites[at];
            var last = at + 1;
            while (first.Protocols is [var p] && last < suites.Length
                && suites[last].Protocols is [var q] && q.Protocol == p.Protocol)
            {
                last++;
            }

            number++;
            var alternatives = suites.AsSpan(at..last).ToArray();
            proposals.AddRange(first.Protocols.Select((p, i) => new ProposalPayload(number, p.Protocol,
                own.For(p.Protocol), [.. alternatives.Select((s, n) => s.Protocols[i].ToTransform((byte)(n + 1)))])));
            at = last;
        }

        return Sa(proposals.ToImmutable());
    }

    /// <summary>
    /// The answer: the chosen transforms unmodified, with our SPIs, in the order offered (RFC 2408 §4.2).
    /// </summary>
    [Clause("2409-3.2-01")]
    [Clause("2409-5-13")]
    [Clause("2408-4.2-05")]
    [Clause("2408-4.2-06")]
    public static SecurityAssociationPayload Answer(Chosen chosen, OwnSpis own) => Sa([.. chosen.Protocols.Select(
        p => new ProposalPayload(chosen.Number, p.Suite.Protocol, own.For(p.Suite.Protocol), [p.Offered]))]);

    /// <summary>
    /// The responder's choice: of the first proposal number in which all protocols have an acceptable transform, the
    /// first of these transforms (D-134). A unit is taken as a whole or not at all.
    /// </summary>
    /// <param name="keLength">Octets of the KE payload; null where there is none.</param>
    /// <param name="groups">What a Group Description may name; null for the registered groups alone.</param>
    [Clause("2408-4.2-01")]
    [Clause("2408-4.2-04")]
    [Clause("2408-5.5-01")]
    [Clause("2408-5.6-01")]
    [Clause("2408-5.6-02")]
    [Clause("2407-4.5.4-01")]
    public static Chosen? Choose(SecurityAssociationPayload offer, ImmutableArray<ProtectionSuite> own, int? keLength,
        out Rejection? refusal, KnownGroups? groups = null)
    {
        refusal = Shape(offer);
        if (refusal is not null)
        {
            return null;
        }

        var last = "no proposal";
        foreach (var unit in offer.Proposals.GroupBy(p => p.Number))
        {
            if (Candidates([.. unit], keLength, groups, ref last) is { } candidates)
            {
                var best = own.Select(mine => Fit(mine, candidates)).Where(fit => fit is not null)
                    .MinBy(fit => fit!.Value.Rank);
                if (best is { } found)
                {
                    return new Chosen(unit.Key, found.Protocols);
                }

                last = $"{string.Join(" + ", candidates.Select(c => c[0].Suite.Name))} in mode "
                    + $"{candidates[0][0].Suite.Mode} is not acceptable here";
            }
        }

        refusal = new Rejection.NothingAcceptable(
            $"no offered transform is acceptable; the last: {last}", NotifyType.NoProposalChosen);
        return null;
    }

    /// <summary>
    /// The initiator's check of the answer: one proposal for each protocol of one offered unit, each with one
    /// transform, equal to what was offered (RFC 2408 §4.2); a part of a unit is not taken (D-117).
    /// </summary>
    [Clause("2408-4.2-01")]
    [Clause("2408-4.2-07")]
    public static Chosen? Check(SecurityAssociationPayload answer, ImmutableArray<ProtectionSuite> offered, OwnSpis own,
        out Rejection? refusal, KnownGroups? groups = null)
    {
        refusal = Shape(answer);
        if (refusal is not null)
        {
            return null;
        }

        var protocols = ImmutableArray.CreateBuilder<ChosenProtocol>();
        foreach (var proposal in answer.Proposals)
        {
            if (proposal.Number != answer.Proposals[0].Number || proposal.Transforms is not [var transform]
                || !TrySpi(proposal, out var spi))
            {
                refusal = new Rejection.ChoiceNotOffered("not one proposal with one transform and a valid SPI each");
            }
            else if (own.For(proposal.Protocol) is { Length: > 0 } ours && IsOurs(proposal.Protocol, ours, spi))
            {
                refusal = new Rejection.ChoiceNotOffered("the peer's SPI is ours (D-107)");
            }
            else if (ProtocolSuite.Read(proposal.Protocol, transform, out var why, groups) is not { } suite)
            {
                refusal = new Rejection.ChoiceNotOffered(why);
            }
            else
            {
                protocols.Add(new ChosenProtocol(suite, transform, spi));
            }
        }

        if (refusal is null && (protocols.Count == 0 || !offered.Any(unit => IsAnswer(unit, protocols.ToImmutable()))))
        {
            refusal = new Rejection.ChoiceNotOffered(string.Join(" + ", protocols.Select(p => p.Suite.Name)));
        }

        return refusal is null ? new Chosen(answer.Proposals[0].Number, protocols.ToImmutable()) : null;
    }

    /// <summary>
    /// Of each proposal of a unit the transforms that can be read (D-122), with KE of their group or without either
    /// (D-125, D-126); null where the unit cannot be taken.
    /// </summary>
    private static ImmutableArray<ChosenProtocol[]>? Candidates(
        ImmutableArray<ProposalPayload> unit, int? keLength, KnownGroups? groups, ref string last)
    {
        var all = ImmutableArray.CreateBuilder<ChosenProtocol[]>();
        foreach (var proposal in unit)
        {
            if (unit.Count(p => p.Protocol == proposal.Protocol) > 1 || !TrySpi(proposal, out var spi))
            {
                last = "a protocol twice in one unit, or one with an SPI that it cannot have";
                return null;
            }

            var readable = new List<ChosenProtocol>();
            foreach (var transform in proposal.Transforms)
            {
                if (ProtocolSuite.Read(proposal.Protocol, transform, out var why, groups) is not { } suite)
                {
                    last = why;
                }
                else if (suite.PfsGroup?.PublicLength != keLength && suite is not IpcompSuite { PfsGroup: null })
                {
                    last = "the group attribute and the KE payload do not fit each other";
                }
                else
                {
                    readable.Add(new ChosenProtocol(suite, transform, spi));
                }
            }

            if (readable.Count == 0)
            {
                return null;
            }

            all.Add([.. readable]);
        }

        return all.ToImmutable();
    }

    /// <summary>
    /// One of our suites against a unit: for each protocol its first transform that is the same, lives cut to ours, and
    /// how far down the offer these stand.
    /// </summary>
    private static (ulong Rank, ImmutableArray<ChosenProtocol> Protocols)? Fit(
        ProtectionSuite mine, ImmutableArray<ChosenProtocol[]> candidates)
    {
        if (mine.Protocols.Length != candidates.Length)
        {
            return null;
        }

        var rank = 0UL;
        var chosen = ImmutableArray.CreateBuilder<ChosenProtocol>();
        foreach (var transforms in candidates)
        {
            var ours = mine.Of(transforms[0].Suite.Protocol);
            var index = ours is null ? -1 : Array.FindIndex(transforms, t => t.Suite.SameAlgorithms(ours));
            if (index < 0)
            {
                return null;
            }

            rank = (rank << 8) | (uint)index;
            chosen.Add(transforms[index] with { Suite = transforms[index].Suite.NoLongerThan(ours!) });
        }

        return (rank, chosen.ToImmutable());
    }

    private static bool IsAnswer(ProtectionSuite unit, ImmutableArray<ChosenProtocol> answer)
        => unit.Protocols.Length == answer.Length
            && unit.Protocols.All(p => answer.Count(a => a.Suite.Answers(p)) == 1);

    /// <summary>Four octets from 256 up for AH and ESP, a CPI in two or four for IPCOMP (D-123).</summary>
    [Clause("2408-5.5-02")]
    [Clause("2408-2.4-03")]
    private static bool TrySpi(ProposalPayload proposal, out uint spi)
    {
        if (proposal.Protocol == Protocol.Ipcomp)
        {
            return IpcompSuite.TryCpi(proposal.Spi, out spi);
        }

        spi = proposal.Spi.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(proposal.Spi.Span) : 0;
        return spi >= 256;
    }

    /// <summary>Equal SPIs would give both directions one key; CPIs have no key and may be equal (D-107).</summary>
    private static bool IsOurs(Protocol protocol, Octets ours, uint spi)
        => protocol != Protocol.Ipcomp && BinaryPrimitives.ReadUInt32BigEndian(ours.Span) == spi;

    [Clause("2408-5.4-01")]
    [Clause("2407-4.2.2-02")]
    [Clause("2408-5.4-02")]
    [Clause("2407-4.2.2-01")]
    [Clause("2407-4.2.3-01")]
    [Clause("2409-4-16")]
    private static Rejection.NothingAcceptable? Shape(SecurityAssociationPayload sa) => sa switch
    {
        { Doi: not Doi.Ipsec } => new Rejection.NothingAcceptable($"DOI {(uint)sa.Doi}", NotifyType.DoiNotSupported),
        { Situation: not Situation.IdentityOnly } =>
            new Rejection.NothingAcceptable($"situation {sa.Situation}", NotifyType.SituationNotSupported),
        _ => null,
    };

    private static SecurityAssociationPayload Sa(ImmutableArray<ProposalPayload> proposals)
        => new(Doi.Ipsec, Situation.IdentityOnly, null, proposals);
}
