using System.Collections.Immutable;
using System.Net;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Engine;

/// <summary>Everything an endpoint remembers, one immutable value: a step makes a new one that shares what did not change.</summary>
public sealed record EndpointState
{
    /// <summary>Before anything happened.</summary>
    public static EndpointState Empty { get; } = new();

    /// <summary>Phase 1 exchanges and ISAKMP SAs, by the cookie chosen here.</summary>
    public ImmutableSortedDictionary<ulong, IsakmpEntry> Isakmp { get; init; } = ImmutableSortedDictionary<ulong, IsakmpEntry>.Empty;

    /// <summary>Where message 1 of a responder's exchange is found again: by CKY-I and address, CKY-R is not in it (D-30).</summary>
    public ImmutableDictionary<(Cookie CKY_I, IPEndPoint Remote), ulong> FirstMessages { get; init; } =
        ImmutableDictionary<(Cookie, IPEndPoint), ulong>.Empty;

    /// <summary>Quick Modes, by the cookie chosen here and the message id.</summary>
    public ImmutableSortedDictionary<(ulong Own, uint M_ID), QuickModeEntry> QuickModes { get; init; } =
        ImmutableSortedDictionary<(ulong, uint), QuickModeEntry>.Empty;

    /// <summary>Transaction exchanges, by the cookie chosen here and the message id.</summary>
    public ImmutableSortedDictionary<(ulong Own, uint M_ID), TransactionEntry> Transactions { get; init; } =
        ImmutableSortedDictionary<(ulong, uint), TransactionEntry>.Empty;

    /// <summary>New Group Modes, likewise.</summary>
    public ImmutableSortedDictionary<(ulong Own, uint M_ID), NewGroupEntry> NewGroups { get; init; } =
        ImmutableSortedDictionary<(ulong, uint), NewGroupEntry>.Empty;

    /// <summary>IPsec pairs, by inbound SPI.</summary>
    public ImmutableSortedDictionary<uint, IpsecPair> Pairs { get; init; } = ImmutableSortedDictionary<uint, IpsecPair>.Empty;

    /// <summary>Messages that have come in part, by a number of their own.</summary>
    public ImmutableSortedDictionary<uint, FragmentSet> Fragments { get; init; } =
        ImmutableSortedDictionary<uint, FragmentSet>.Empty;

    /// <summary>How many messages in fragments were begun: the next one's number.</summary>
    public uint Gathered { get; init; }

    /// <summary>Timers and when each is due. The driver hands one back when its time has come.</summary>
    public ImmutableSortedDictionary<TimerId, Instant> Timers { get; init; } = ImmutableSortedDictionary<TimerId, Instant>.Empty;

    /// <summary>Children wanted up, and how many phase 1 exchanges were begun: names the next one's random octets.</summary>
    public uint Begun { get; init; }

    /// <summary>The next due timer, or null: the earliest, and of those due together the first by kind.</summary>
    public (TimerId Timer, Instant Due)? NextTimer
    {
        get
        {
            (TimerId, Instant)? next = null;
            foreach (var (timer, due) in Timers)
            {
                next = next is { } n && n.Item2 <= due ? next : (timer, due);
            }

            return next;
        }
    }

    /// <summary>
    /// The timer to fire now, or null: of those that are due the first by kind, so that after a leap of the clock what has ended goes
    /// before anything is begun for it.
    /// </summary>
    public TimerId? DueTimer(Instant now)
    {
        foreach (var (timer, due) in Timers)
        {
            if (due <= now)
            {
                return timer;
            }
        }

        return null;
    }

    /// <summary>The pair that traffic of a child is sent on; null where there is none (D-137).</summary>
    public IpsecPair? Sending(string connection, string child)
        => Pairs.Values.FirstOrDefault(p => p.Connection == connection && p.Child == child && p.Standing == PairStanding.Current);
}

/// <summary>What is sent again, and to what it is the answer (RFC 2408 §5.1).</summary>
/// <param name="LastSent">The newest message of ours.</param>
/// <param name="LastReceived">The message that it answers: a copy of it is answered by the same octets.</param>
/// <param name="Tries">How often the timer has sent it again.</param>
/// <param name="Answered">How often a copy has been answered.</param>
public sealed record Resending(Octets? LastSent, Octets? LastReceived, int Tries, int Answered)
{
    /// <summary>Nothing sent yet.</summary>
    public static Resending Nothing { get; } = new(null, null, 0, 0);
}

/// <summary>A phase 1 exchange, and the ISAKMP SA that comes of it.</summary>
public sealed record IsakmpEntry(Cookie Own, string Connection, Phase1State Phase1, IPEndPoint Local, IPEndPoint Remote)
{
    /// <summary>What is sent again.</summary>
    public Resending Resending { get; init; } = Resending.Nothing;

    /// <summary>When the peer was authenticated.</summary>
    public Instant? Established { get; init; }

    /// <summary>Message ids seen or used under it, never taken again (RFC 2408 §3.1, D-34).</summary>
    public ImmutableSortedSet<uint> MessageIds { get; init; } = [];

    /// <summary>How many message ids were made here: names the next one's random octets.</summary>
    public uint MadeIds { get; init; }

    /// <summary>How many groups of the peer's were judged under it.</summary>
    public int GroupsJudged { get; init; }

    /// <summary>Children to bring up once the peer is authenticated; with each the SPI of the pair that it replaces, if any.</summary>
    public ImmutableArray<(string Child, uint? Replaces)> Wanted { get; init; } = [];

    /// <summary>With one more child that waits; a child waits once, for what was asked last.</summary>
    internal IsakmpEntry Wanting(string child, uint? replaces)
        => this with { Wanted = [.. Wanted.Where(w => w.Child != child), (child, replaces)] };

    /// <summary>The ISAKMP SA whose place this one takes, by the cookie chosen here.</summary>
    public Cookie? Renews { get; init; }

    /// <summary>
    /// Whether no SA with the peer was known when it was begun here, and nobody has been told yet (D-146).
    /// </summary>
    public bool FirstContact { get; init; }

    /// <summary>
    /// Whether the peer said INITIAL-CONTACT in its last Main Mode message, and nothing that a HASH covers has come
    /// since (D-215).
    /// </summary>
    public bool ContactHinted { get; init; }

    /// <summary>Whether a Quick Mode has been begun or taken under it.</summary>
    public bool Served { get; init; }

    /// <summary>Whether it has served its one Quick Mode, and takes no other (RFC 2409 §8).</summary>
    public bool Spent { get; init; }

    /// <summary>A first phase 2 message that came before the peer was authenticated, and when (D-206).</summary>
    public (Octets Datagram, Instant At)? Held { get; init; }

    /// <summary>How many public values were refused in it: each may cost an exponentiation (RFC 6989 §2.3).</summary>
    public int RefusedKeys { get; init; }

    /// <summary>What is known of the peer's being alive, once it is authenticated.</summary>
    public Liveness? Liveness { get; init; }

    /// <summary>The newest messages that were cut, and the number of each: a resend has the same (D-191).</summary>
    public ImmutableArray<(Octets Datagram, ushort Id)> Cut { get; init; } = [];

    /// <summary>How far XAUTH and Mode Config are; null where the connection speaks neither.</summary>
    public RemoteAccess? Access { get; init; }

    /// <summary>Authenticated, and XAUTH and Mode Config have ended: phase 2 may be spoken (S-27).</summary>
    public bool IsOpen => Established is not null && Phase1.Step == Phase1Step.Established
        && Access is null or { Step: AccessStep.Open };

    /// <summary>The peer's clear error notify, if one came: told when the exchange gives up (D-156).</summary>
    public NotifyType? Hint { get; init; }
}

/// <summary>A Quick Mode, open or remembered.</summary>
/// <param name="Replaces">The inbound SPI of the pair that it rekeys.</param>
/// <param name="Begun">When its first message was sent or taken.</param>
public sealed record QuickModeEntry(ulong Own, QuickModeState State, uint? Replaces, Instant Begun)
{
    /// <summary>What is sent again.</summary>
    public Resending Resending { get; init; } = Resending.Nothing;
}

/// <summary>A New Group Mode exchange, open or remembered.</summary>
public sealed record NewGroupEntry(ulong Own, NewGroupState State)
{
    /// <summary>What is sent again.</summary>
    public Resending Resending { get; init; } = Resending.Nothing;
}
