using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// The policy that one side had in a Quick Mode, as its messages show it, and the SPIs that it chose.
/// </summary>
/// <param name="role">Which side of the Quick Mode it is.</param>
internal sealed class QuickModePolicy(SideOfSa side, ImmutableArray<ReplayedMessage> messages, Role role)
{
    private const int MostUnits = 256;
    private const uint OwnOfNone = 256;

    /// <summary>
    /// One SPI for each SA payload of this side; of a responder that answered none, any that is not the peer's.
    /// </summary>
    public ImmutableArray<OwnSpis> Spis
    {
        get
        {
            var (own, peer) = (Sas(true), Sas(false));
            return own.Length > 0
                ? [.. own.Select((sa, n) => Of(sa, n < peer.Length ? peer[n].Proposals[0].Number : null))]
                : peer.Length > 0 ? [.. peer.Select(sa => new OwnSpis(~Of(sa, null).Spi, IpcompSuite.LeastCpi))]
                : [new OwnSpis(OwnOfNone, IpcompSuite.LeastCpi)];
        }
    }

    /// <summary>
    /// Of an initiator what it offered, of a responder what it answered. Of one that refused, no more is known than
    /// that it did: a child without a suite, or none for these identities.
    /// </summary>
    public ImmutableArray<QuickModeTerms> Terms
    {
        get
        {
            var own = Sas(true);
            var refusal = own.Length > 0 ? null : side.OwnErrorAfter(messages[0].Frame);
            if (refusal == NotifyType.InvalidIdInformation)
            {
                return [];
            }

            var ids = messages[0].Payloads.OfType<IdentificationPayload>().ToArray();
            var (initiators, responders) = ids is [var ci, var cr] ? (ci, cr) : (null, null);
            var (ours, theirs) = role == Role.Initiator ? (initiators, responders) : (responders, initiators);
            ImmutableArray<ImmutableArray<ProtectionSuite>> suites = own.Length > 0
                ? [.. own.Select(Suites)]
                : [.. Enumerable.Repeat(ImmutableArray<ProtectionSuite>.Empty, Math.Max(1, Sas(false).Length))];
            if (own.Length > 0 ? suites.Any(s => s.IsEmpty) : role == Role.Initiator)
            {
                throw new NotInRecordException(
                    "the SA that was agreed on is not in the capture, or RefIke cannot read it", true);
            }

            return
            [
                new QuickModeTerms("recorded", suites[0], ours, theirs)
                {
                    Further = suites.RemoveAt(0),
                    CommitBit = role == Role.Responder && messages.Any(m => side.IsOwn(m)
                        && (m.Header!.Value.Flags & HeaderFlags.Commit) != 0),
                },
            ];
        }
    }

    /// <summary>The SA payloads of the first message that has some, of one side.</summary>
    public static ImmutableArray<SecurityAssociationPayload> Offers(
        ImmutableArray<ReplayedMessage> messages, bool fromInitiator)
        => [.. messages.Where(m => m.FromInitiator == fromInitiator)
            .Select(m => m.Payloads.OfType<SecurityAssociationPayload>()).FirstOrDefault(sas => sas.Any()) ?? []];

    private ImmutableArray<SecurityAssociationPayload> Sas(bool own)
        => Offers(messages, own == (side.Side == Role.Initiator));

    /// <summary>
    /// An initiator may have an SPI of its own for each proposal (RFC 2408 §4.2): that of the answered one.
    /// </summary>
    private static OwnSpis Of(SecurityAssociationPayload sa, byte? answered)
    {
        var proposals = sa.Proposals.Where(p => p.Number == answered).ToArray();
        uint Number(bool ofIpcomp) => (proposals.Length > 0 ? proposals : [.. sa.Proposals])
            .Where(p => (p.Protocol == Protocol.Ipcomp) == ofIpcomp).Select(p => Spi(p.Spi)).FirstOrDefault();
        return new OwnSpis(Number(false), (ushort)(Number(true) & 0xFFFF));
    }

    private static uint Spi(Octets spi)
    {
        Span<byte> four = stackalloc byte[4];
        var length = Math.Min(4, spi.Length);
        spi.Slice(spi.Length - length, length).Span.CopyTo(four[(4 - length)..]);
        return BinaryPrimitives.ReadUInt32BigEndian(four);
    }

    /// <summary>
    /// Every choice of one transform for each protocol of a unit (RFC 2408 §4.2), as far as RefIke can read them.
    /// </summary>
    private static ImmutableArray<ProtectionSuite> Suites(SecurityAssociationPayload sa)
        => [.. sa.Proposals.GroupBy(p => p.Number).SelectMany(unit => unit.Aggregate(
            new[] { ImmutableArray<ProtocolSuite>.Empty }.AsEnumerable(),
            (units, p) => units.SelectMany(u => Read(p).Select(u.Add)))).Take(MostUnits)
            .Select(protocols => new ProtectionSuite(protocols))];

    private static IEnumerable<ProtocolSuite> Read(ProposalPayload proposal)
        => proposal.Transforms.Select(t => ProtocolSuite.Read(proposal.Protocol, t, out _)).OfType<ProtocolSuite>();
}
