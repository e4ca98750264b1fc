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
internal readonly record struct Turn(TurnName Name, Func<Move> Take);

/// <summary>What happened, for people and for counting.</summary>
/// <param name="Keeps">Whether clock and budget stand where they stood: only such moves could go round for ever.</param>
/// <param name="Steps">The steps that endpoints took, in order, and whose they were.</param>
internal sealed record Move(string Words, JointState After, Fault? Fault, bool Keeps, IReadOnlyList<(Side Who, LocalStep Step)> Steps)
{
    /// <summary>The datagram that it is about.</summary>
    public Message? Message { get; init; }
}
