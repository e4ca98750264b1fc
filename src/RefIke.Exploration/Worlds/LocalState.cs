using System.Collections.Concurrent;
using RefIke.Engine;
using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Worlds;

/// <summary>What one endpoint holds and what properties remember of it, met once in a search and known by its number.</summary>
internal sealed record LocalState(int Number, UInt128 Digest, EndpointState State, Ghost Past)
{
    /// <summary>The timers that run.</summary>
    public IReadOnlyList<(TimerId Timer, Instant Due)> Timers { get; } = [.. State.Timers.Select(t => (t.Key, t.Value))];

    /// <summary>Exchanges that are neither established nor failed.</summary>
    public int OpenExchanges { get; } = AtTheEnd.Open(State);
}

/// <summary>A datagram as it is on its way, met once and known by its number.</summary>
/// <param name="Altered">Whether it is not what an endpoint sent to this place.</param>
/// <param name="Breaks">Why it must be refused, where its sender made it so.</param>
internal sealed record Message(int Number, UInt128 Digest, Effect.Send Sent, bool Altered, string? Breaks = null);

/// <summary>The local states and the datagrams of a search. Numbers depend on who came first; digests do not.</summary>
internal sealed class Known
{
    private readonly ConcurrentDictionary<UInt128, LocalState> states = [];
    private readonly ConcurrentDictionary<UInt128, Message> messages = [];
    private readonly ConcurrentDictionary<int, LocalState> statesInOrder = [];
    private readonly ConcurrentDictionary<int, Message> messagesInOrder = [];
    private int stateCount = -1;
    private int messageCount = -1;

    /// <summary>How many local states were met.</summary>
    public int States => states.Count;

    /// <summary>How many datagrams.</summary>
    public int Messages => messages.Count;

    /// <summary>A local state that was met, by its number.</summary>
    public LocalState State(int number) => statesInOrder[number];

    /// <summary>A datagram that was met, likewise.</summary>
    public Message Message(int number) => messagesInOrder[number];

    /// <summary>A local state that was met, by its digest; null where it was not.</summary>
    public LocalState? State(UInt128 digest) => states.GetValueOrDefault(digest);

    /// <summary>A datagram that was met, likewise.</summary>
    public Message? Message(UInt128 digest) => messages.GetValueOrDefault(digest);

    /// <summary>The one of its kind.</summary>
    public LocalState Of(EndpointState state, Ghost past)
    {
        var one = states.GetOrAdd(Canonical.Digest(state, past), digest => new LocalState(Interlocked.Increment(ref stateCount), digest, state, past));
        statesInOrder.TryAdd(one.Number, one);
        return one;
    }

    /// <summary>The one of its kind; whether it is sent again does not matter to whom it reaches.</summary>
    public Message Of(Effect.Send sent, bool altered, string? breaks = null)
    {
        var one = messages.GetOrAdd(
            breaks is null ? Canonical.Digest(sent.Local, sent.Remote, sent.Datagram, altered) : Canonical.Digest(sent.Local, sent.Remote, sent.Datagram, breaks),
            digest => new Message(Interlocked.Increment(ref messageCount), digest, sent, altered, breaks));
        messagesInOrder.TryAdd(one.Number, one);
        return one;
    }
}
