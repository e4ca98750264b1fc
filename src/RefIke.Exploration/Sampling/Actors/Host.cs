using System.Net;
using Microsoft.Coyote.Actors;
using RefIke.Engine;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>
/// What the UDP host keeps for its endpoint: the state, the queue that receivers and the owner put inputs into, whose turn it is. The rules are
/// the same ones, <see cref="HostTurns"/>.
/// </summary>
internal sealed class Host(Side who, LocalState state)
{
    private readonly Queue<Waiting> inputs = [];
    private HostTurns turns;

    /// <summary>Something that waits: a datagram at one of its addresses, or an order.</summary>
    /// <param name="Input">The order, where it is one that does not depend on what there is when its turn comes.</param>
    internal sealed record Waiting(Message? Message, IPEndPoint? At, string Note, Order? Order, Input? Input);

    /// <summary>Which endpoint.</summary>
    public Side Who => who;

    /// <summary>One loop's alone to write.</summary>
    public LocalState State { get; set; } = state;

    /// <summary>The loops that step it: one, in a host that is sound.</summary>
    public IReadOnlyList<ActorId> Loops { get; set; } = [];

    /// <summary>How many loops have not found yet that there is nothing to do.</summary>
    public int Awake { get; set; }

    /// <summary>Puts an input into the queue, from whatever task.</summary>
    public void Post(Waiting waiting)
    {
        if (HostTurns.Admits(inputs.Count, waiting.Message is not null))
        {
            inputs.Enqueue(waiting);
        }
    }

    /// <summary>The timer that is due, or null.</summary>
    public TimerId? Due(Instant now) => State.State.DueTimer(now);

    /// <summary>What its loop does next: an input, a timer, or neither.</summary>
    public (Waiting? Input, TimerId? Timer) Next(Instant now)
    {
        var due = Due(now);
        (var turn, turns) = turns.Next(inputs.Count > 0, due is not null);
        return turn switch
        {
            HostTurn.Take => (inputs.Dequeue(), null),
            HostTurn.Fire => (null, due),
            _ => (null, null),
        };
    }

    /// <summary>The oldest input, or null.</summary>
    public Waiting? Take() => inputs.TryDequeue(out var first) ? first : null;
}
