namespace RefIke.Engine;

/// <summary>What is known of a peer's being alive under one ISAKMP SA (RFC 3706 §5.4, §6).</summary>
/// <param name="Heard">When a message of the peer, or its traffic, was last verified.</param>
public sealed record Liveness(Instant Heard)
{
    /// <summary>The number of the question that is open; null where none is.</summary>
    public uint? Asked { get; init; }

    /// <summary>How often it was sent.</summary>
    public int Tries { get; init; }

    /// <summary>The number of the next question; null before the first.</summary>
    public uint? Next { get; init; }

    /// <summary>The number of the peer's newest question; null before its first.</summary>
    public uint? PeerAsked { get; init; }

    /// <summary>How often that one was answered again.</summary>
    public int AnsweredAgain { get; init; }
}
