using System.Collections.Concurrent;
using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;

namespace RefIke.Exploration.Exhaustive;

/// <summary>What one step of one endpoint comes to.</summary>
/// <param name="Fault">The property of one end that it breaks.</param>
internal sealed record LocalStep(LocalState After, Message[] Sent, Fault? Fault);

/// <summary>
/// Steps of the real core, each made once: a step is a function of state, time and input, so what came of it is remembered. One
/// instance a thread, for an endpoint's machines are one thread's; what is remembered is shared.
/// </summary>
internal sealed class LocalSteps(Scenario scenario, Mutant? mutant, TraceAcceptance? tables, Known known, LocalSteps.Memory memory)
{
    private readonly (Peer A, Peer B) peers = Peer.Pair(scenario, mutant);

    /// <summary>What is remembered.</summary>
    internal sealed class Memory
    {
        /// <summary>Steps by side, state, time and datagram, timer or order.</summary>
        public ConcurrentDictionary<(bool AtA, int State, long Now, int Message, TimerId Timer), LocalStep> Steps { get; } = [];

        /// <summary>What the two ends break together, by their states.</summary>
        public ConcurrentDictionary<(int A, int B, bool NoGap), Fault?> Together { get; } = [];
    }

    /// <summary>Whether a datagram is on its way to A.</summary>
    public bool IsToA(Message message) => !message.Sent.Local.Address.Equals(peers.A.Endpoint.Setup.Local.Address);

    /// <summary>A datagram comes.</summary>
    public LocalStep Arrive(bool atA, LocalState state, Instant now, Message message)
    {
        var key = (atA, state.Number, now.Milliseconds, message.Number, default(TimerId));
        return memory.Steps.TryGetValue(key, out var step) ? step : memory.Steps.GetOrAdd(key, Take(
            atA, state, now, new Input.DatagramArrived(message.Sent.Remote, message.Sent.Local, message.Sent.Datagram), message.Altered));
    }

    /// <summary>A timer fires.</summary>
    public LocalStep Fire(bool atA, LocalState state, Instant now, TimerId timer)
    {
        var key = (atA, state.Number, now.Milliseconds, -1, timer);
        return memory.Steps.TryGetValue(key, out var step) ? step
            : memory.Steps.GetOrAdd(key, Take(atA, state, now, new Input.TimerFired(timer), false));
    }

    /// <summary>The property of both ends that two states break.</summary>
    public Fault? Judge(LocalState a, LocalState b, bool noGap)
        => memory.Together.TryGetValue((a.Number, b.Number, noGap), out var fault) ? fault
            : memory.Together.GetOrAdd((a.Number, b.Number, noGap), OfBothEnds.Judge(a.State, a.Past, b.State, b.Past, noGap));

    /// <summary>An owner's order.</summary>
    public LocalStep Order(bool atA, LocalState state, Instant now, Input order) => Take(atA, state, now, order, false);

    private LocalStep Take(bool atA, LocalState state, Instant now, Input input, bool altered)
    {
        EndpointState after;
        System.Collections.Immutable.ImmutableArray<Effect> effects;
        try
        {
            (after, effects) = (atA ? peers.A : peers.B).Step(state.State, now, input);
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            return new(state, [], new Fault("S-31", $"the core threw {thrown.GetType().Name}: {thrown.Message}"));
        }

        var (past, fault) = OfOneEnd.After(state.Past, new Taken(now, state.State, input, after, effects, altered), tables);
        return new(known.Of(after, past), [.. effects.OfType<Effect.Send>().Select(s => known.Of(s, false))], fault);
    }
}
