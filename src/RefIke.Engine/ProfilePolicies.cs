namespace RefIke.Engine;

/// <summary>How RFC 3947 is spoken with a peer.</summary>
public sealed record NatTraversalPolicy
{
    /// <summary>Whether the drafts 02 and 03 are spoken with a peer that does not speak the RFC (D-172).</summary>
    public bool Drafts { get; init; }

    /// <summary>
    /// Whether this side says that it is behind a NAT though it may not be, so that UDP encapsulation is used.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>Milliseconds between keepalives, where this side is behind a NAT (RFC 3948 §4); 0 for none.</summary>
    public long Keepalive { get; init; } = 20_000;
}

/// <summary>How RFC 3706 is spoken with a peer. A question of the peer is always answered.</summary>
public sealed record DeadPeerPolicy
{
    /// <summary>
    /// The worry metric (RFC 3706 §5.4): milliseconds of silence after which the peer is asked; null to ask never.
    /// </summary>
    public long? Interval { get; init; }

    /// <summary>Questions without an answer after which the peer is dead.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>Milliseconds between one question and the next.</summary>
    public long Gap { get; init; } = 4_000;
}

/// <summary>How long messages are cut (D-189, D-190).</summary>
public sealed record FragmentationPolicy
{
    /// <summary>Octets of UDP payload from which on a message is cut, and of no fragment more.</summary>
    public int Size { get; init; } = 1232;

    /// <summary>Whether to cut for a peer that has not said that it gathers fragments.</summary>
    public bool Force { get; init; }
}
