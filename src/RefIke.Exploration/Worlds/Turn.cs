using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration.Worlds;

/// <summary>What kind of thing may happen next: first what an honest network and clock do, then harm.</summary>
internal enum TurnKind
{
    /// <summary>A scenario begins, in one of its variants.</summary>
    Begin,

    /// <summary>A datagram in flight arrives.</summary>
    Deliver,

    /// <summary>A timer that is due fires.</summary>
    Fire,

    /// <summary>Nothing more happens in this act.</summary>
    Rest,

    /// <summary>A datagram vanishes.</summary>
    Lose,

    /// <summary>It arrives and stays in flight.</summary>
    Copy,

    /// <summary>It is held back.</summary>
    Hold,

    /// <summary>One that was held back arrives.</summary>
    Release,

    /// <summary>It arrives with one bit changed.</summary>
    Alter,

    /// <summary>An old one comes again.</summary>
    Replay,

    /// <summary>A timer fires too early.</summary>
    Early,

    /// <summary>A timer fires before one that was due before it.</summary>
    Late,

    /// <summary>The attacker acts.</summary>
    Attack,
}

/// <summary>By what a turn is known again in another run: what happens, where, with which datagram or timer.</summary>
internal readonly record struct TurnName(TurnKind Kind, Side Who, UInt128 Message, int Place, TimerId Timer)
{
    /// <summary>Whether it is something that an honest network and clock do not do.</summary>
    public bool IsHarm => Kind > TurnKind.Rest;
}

/// <summary>One thing that may happen next, not yet done.</summary>
/// <param name="Move">Does it, and nothing that follows: <see cref="Moves.Take"/> plays on.</param>
internal readonly record struct Turn(TurnName Name, Func<Move> Move);

/// <summary>A datagram that nothing flying has brought: one held back, an old one, the attacker's.</summary>
/// <param name="Before">Everything else, just before it arrives.</param>
internal readonly record struct Unasked(TurnKind Kind, Message Message, int Place, string Note, JointState Before);

/// <summary>One thing that happened: a datagram that arrived or did not, a timer, an order.</summary>
/// <param name="Words">What the network did to a datagram, or what happened.</param>
/// <param name="Who">Whose step it was; null where nobody took one.</param>
internal readonly record struct Happening(Instant At, string Words, Message? Message, Side? Who, LocalStep? Step);

/// <summary>A turn taken, and all that follows up to the next choice.</summary>
/// <param name="Keeps">Whether clock and budget stand where they stood: only such moves could go round for ever.</param>
internal sealed record Move(JointState After, Fault? Fault, bool Keeps, IReadOnlyList<Happening> Happened);
