using RefIke.Wire;

namespace RefIke.Engine;

/// <summary>What a timer is for; in the order in which timers that are due together fire: expiry before rekey before resend .</summary>
public enum TimerKind
{
    /// <summary>An IPsec pair reaches the end of its life.</summary>
    PairExpires,

    /// <summary>An ISAKMP SA reaches the end of its life.</summary>
    IsakmpExpires,

    /// <summary>A responder has waited long enough for the initiator.</summary>
    HalfOpenExpires,

    /// <summary>A step of XAUTH or Mode Config has taken too long.</summary>
    AccessExpires,

    /// <summary>A pair wants to be rekeyed.</summary>
    PairRekeys,

    /// <summary>An ISAKMP SA wants to be renewed.</summary>
    IsakmpRenews,

    /// <summary>An ISAKMP SA that was renewed is deleted.</summary>
    IsakmpRetires,

    /// <summary>A pair that was rekeyed, or that is surplus, is deleted.</summary>
    PairRetires,

    /// <summary>A message is sent again.</summary>
    Resend,

    /// <summary>A finished exchange is forgotten.</summary>
    Forget,

    /// <summary>The peer was silent for too long, or owes an answer (RFC 3706 §5.4).</summary>
    PeerSilent,

    /// <summary>The NAT in front of us is reminded (RFC 3948 §4).</summary>
    Keepalive,

    /// <summary>A message that came in part is forgotten.</summary>
    FragmentsExpire,
}

/// <summary>A timer's name: what it is for and of whom. <paramref name="Own"/> is our cookie, <paramref name="Id"/> a message id or an SPI.</summary>
public readonly record struct TimerId(TimerKind Kind, Cookie Own, uint Id) : IComparable<TimerId>
{
    /// <inheritdoc/>
    public int CompareTo(TimerId other) => (Kind, Own.Value, Id).CompareTo((other.Kind, other.Own.Value, other.Id));

    /// <summary>By <see cref="CompareTo"/>.</summary>
    public static bool operator <(TimerId a, TimerId b) => a.CompareTo(b) < 0;

    /// <summary>By <see cref="CompareTo"/>.</summary>
    public static bool operator >(TimerId a, TimerId b) => a.CompareTo(b) > 0;

    /// <summary>By <see cref="CompareTo"/>.</summary>
    public static bool operator <=(TimerId a, TimerId b) => a.CompareTo(b) <= 0;

    /// <summary>By <see cref="CompareTo"/>.</summary>
    public static bool operator >=(TimerId a, TimerId b) => a.CompareTo(b) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Own} {Id:x8}";
}
