using RefIke.Crypto;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.ModeConfig;

/// <summary>What is awaited in a Transaction exchange (draft-dukes-ike-mode-cfg-02 §3.1).</summary>
public enum TransactionStep
{
    /// <summary>Nothing was sent or received yet.</summary>
    Idle,

    /// <summary>The initiator awaits the REPLY to its REQUEST.</summary>
    AwaitReply,

    /// <summary>The initiator awaits the ACK of its SET.</summary>
    AwaitAck,

    /// <summary>The initiator has the answer.</summary>
    Received,

    /// <summary>The responder has answered.</summary>
    Sent,

    /// <summary>Ended without an answer.</summary>
    Failed,
}

/// <summary>What can happen to a Transaction exchange: an order, a message by its type, a time-out.</summary>
public enum TransactionEvent
{
    /// <summary>An order to send a REQUEST.</summary>
    Ask,

    /// <summary>An order to send a SET.</summary>
    Push,

    /// <summary>HDR*, HASH, ATTR(REQUEST).</summary>
    Request,

    /// <summary>HDR*, HASH, ATTR(REPLY).</summary>
    Reply,

    /// <summary>HDR*, HASH, ATTR(SET).</summary>
    Set,

    /// <summary>HDR*, HASH, ATTR(ACK).</summary>
    Ack,

    /// <summary>The last retransmission went unanswered (RFC 2408 §5.1).</summary>
    RetriesSpent,

    /// <summary>The ISAKMP SA has gone.</summary>
    ParentDeleted,
}

/// <summary>Everything an endpoint knows of one Transaction exchange; the attributes are not kept, they may be passwords.</summary>
public sealed record TransactionState
{
    /// <summary>The machine's state.</summary>
    public TransactionStep Step { get; init; }

    /// <summary>Which side of the exchange the endpoint plays; phase 1 may have been the other way round.</summary>
    public required Role Role { get; init; }

    /// <summary>Cookies of the ISAKMP SA, and the message id.</summary>
    public required ExchangeName Name { get; init; }

    /// <summary>The ISAKMP SA that protects the exchange.</summary>
    public required Phase1State Phase1 { get; init; }

    /// <summary>The running IV of this message id (RFC 2409 App. B).</summary>
    public required Octets Iv { get; init; }

    /// <summary>The transaction's identifier, the same in all exchanges of it (§3.2); the responder takes the initiator's.</summary>
    public ushort Identifier { get; init; }

    /// <summary>A fresh exchange; its first IV comes from the last block of phase 1 and the message id (§3.1.1).</summary>
    [Clause("modecfg-3.1.1-02")]
    public static TransactionState Fresh(Role role, Phase1State phase1, uint M_ID, ushort identifier, KeySchedule formulas) => new()
    {
        Role = role,
        Name = new ExchangeName(phase1.CKY_I, phase1.CKY_R, M_ID),
        Phase1 = phase1,
        Identifier = identifier,
        Iv = formulas.Phase2Iv(phase1.Suite!.Hash, phase1.Iv.Span, M_ID, phase1.Suite.Cipher.BlockLength),
    };
}
