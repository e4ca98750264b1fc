namespace RefIke.Exchanges.Phase2;

/// <summary>What can happen to a Quick Mode: a message by its place in the drawing, an order, a time-out, a delete.</summary>
public enum QuickModeEvent
{
    /// <summary>The owner orders the exchange.</summary>
    Initiate,

    /// <summary>HDR*, HASH(1), SA, Ni [, KE] [, IDci, IDcr].</summary>
    Hash1SaNonce,

    /// <summary>HDR*, HASH(2), SA, Nr [, KE] [, IDci, IDcr].</summary>
    Hash2SaNonce,

    /// <summary>HDR*, HASH(3).</summary>
    Hash3,

    /// <summary>HDR*, HASH(4), N (CONNECTED): the fourth message, where the responder has set the Commit bit.</summary>
    Connected,

    /// <summary>The peer's authenticated error notify for this negotiation.</summary>
    Refused,

    /// <summary>The last retransmission went unanswered (RFC 2408 §5.1).</summary>
    RetriesSpent,

    /// <summary>The ISAKMP SA that protects the exchange has ended.</summary>
    ParentDeleted,

    /// <summary>The peer's authenticated Delete for the SPI under negotiation.</summary>
    PeerDeleted,
}
