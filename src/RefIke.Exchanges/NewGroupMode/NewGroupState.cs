using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.NewGroupMode;

/// <summary>What is awaited in a New Group Mode exchange (RFC 2409 §5.6).</summary>
public enum NewGroupStep
{
    /// <summary>Nothing was sent or received yet.</summary>
    Idle,

    /// <summary>The initiator awaits the answer with HASH(2).</summary>
    AwaitHash2,

    /// <summary>The group is agreed.</summary>
    Established,

    /// <summary>Ended without one.</summary>
    Failed,
}

/// <summary>What can happen to a New Group Mode exchange.</summary>
public enum NewGroupEvent
{
    /// <summary>The owner orders the exchange.</summary>
    Initiate,

    /// <summary>HDR*, HASH, SA: message 1 at the responder, message 2 at the initiator.</summary>
    HashAndSa,

    /// <summary>The peer's authenticated notify ATTRIBUTES-NOT-SUPPORTED.</summary>
    Refused,

    /// <summary>The last retransmission went unanswered (RFC 2408 §5.1).</summary>
    RetriesSpent,

    /// <summary>The ISAKMP SA that protects the exchange has ended.</summary>
    ParentDeleted,
}

/// <summary>
/// Which offered groups local policy takes. What it costs to judge one grows with the third power of the size.
/// </summary>
/// <param name="SmallestBits">The smallest field of a MODP group; curves are held to an order of 160 bits
/// (D-199).</param>
/// <param name="LargestBits">The largest field of any group.</param>
/// <param name="AtMost">Groups under one ISAKMP SA.</param>
public sealed record NewGroupTerms(int SmallestBits = 1024, int LargestBits = 4096, int AtMost = 4);

/// <summary>
/// A group that the two ends of an ISAKMP SA have agreed on (RFC 2409 §5.6), with the parameters as offered.
/// </summary>
public sealed record PrivateGroupAgreed(GroupParameters Parameters, Group Group);

/// <summary>
/// Everything an endpoint knows of one New Group Mode exchange: an immutable value, the state of its machine.
/// </summary>
public sealed record NewGroupState
{
    /// <summary>The machine's state.</summary>
    public NewGroupStep Step { get; init; }

    /// <summary>Which side of this exchange the endpoint plays.</summary>
    public required Role Role { get; init; }

    /// <summary>Cookies of the ISAKMP SA, and the message id.</summary>
    public required ExchangeName Name { get; init; }

    /// <summary>The ISAKMP SA that protects the exchange.</summary>
    public required Phase1State Phase1 { get; init; }

    /// <summary>What policy takes; null for nothing. The initiator offers by its owner's order alone.</summary>
    public NewGroupTerms? Terms { get; init; }

    /// <summary>The running IV of this message id, made as for Quick Mode (D-198).</summary>
    public required Octets Iv { get; init; }

    /// <summary>The group's number.</summary>
    public int Number { get; init; }

    /// <summary>The group: the initiator's from the beginning, the responder's once it was judged.</summary>
    public PrivateGroupAgreed? Agreed { get; init; }

    /// <summary>The SA payload's body as offered: the answer has the same (RFC 2408 §4.2).</summary>
    public Octets Offered { get; init; }

    /// <summary>Our last datagram.</summary>
    public Octets? Sent { get; init; }

    /// <summary>A fresh exchange; its first IV comes from the last block of phase 1 and the message id.</summary>
    public static NewGroupState Fresh(
        Role role, Phase1State phase1, uint M_ID, NewGroupTerms? terms, KeySchedule formulas)
        => new()
        {
            Role = role,
            Name = new ExchangeName(phase1.CKY_I, phase1.CKY_R, M_ID),
            Phase1 = phase1,
            Terms = terms,
            Iv = formulas.Phase2Iv(phase1.Suite!.Hash, phase1.Iv.Span, M_ID, phase1.Suite.Cipher.BlockLength),
        };
}
