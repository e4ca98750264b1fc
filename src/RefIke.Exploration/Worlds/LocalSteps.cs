using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges.Machines;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;

namespace RefIke.Exploration.Worlds;

/// <summary>What one step of one endpoint comes to.</summary>
/// <param name="Fault">The property of one end that it breaks.</param>
internal sealed record LocalStep(LocalState After, ImmutableArray<Effect> Effects, Fault? Fault)
{
    /// <summary>What it sends.</summary>
    public Effect.Send[] Sent { get; } = [.. Effects.OfType<Effect.Send>()];

    /// <summary>What it sends as it was on its way the last time, which the NAT's mapping decides.</summary>
    internal Outside? OnTheirWay { get; set; }

    /// <summary>Datagrams behind a NAT.</summary>
    internal sealed record Outside(int Mapping, Message[] Messages);
}

/// <summary>
/// Steps of the real core, each made once: a step is a function of state, time and input, so what came of it is remembered. One
/// instance a thread, for an endpoint's machines are one thread's; what is remembered is shared.
/// </summary>
internal sealed class LocalSteps(Scenario scenario, Variation? variation, TraceAcceptance? tables, Known known, LocalSteps.Memory memory)
{
    /// <summary>One state in so many has its steps made twice (S-32).</summary>
    private static readonly UInt128 Repeated = 16;

    private readonly List<ImmutableArray<(EndpointSetup Setup, Step Step)>> lives = [];
    private readonly Clock clock = new();
    private readonly ImmutableArray<EndpointSetup> faultless = Cast.Of(scenario);

    /// <summary>What is remembered.</summary>
    internal sealed class Memory
    {
        /// <summary>Steps by side, state, time and datagram, timer or order.</summary>
        public ConcurrentDictionary<(Side Who, int State, long Now, int Message, TimerId Timer), LocalStep> Steps { get; } = [];

        /// <summary>What two ends break together, by their states.</summary>
        public ConcurrentDictionary<(int One, int Other, bool NoGap), Fault?> Together { get; } = [];

        /// <summary>The rows of the tables that were taken.</summary>
        public ConcurrentDictionary<TraceEntry, bool> Rows { get; init; } = [];
    }

    /// <summary>Everybody's setup, in the first life.</summary>
    public ImmutableArray<EndpointSetup> Setups => [.. Life(0).Select(l => l.Setup)];

    /// <summary>A datagram comes to one of an endpoint's own addresses.</summary>
    public LocalStep Arrive(Side who, LocalState state, Instant now, IPEndPoint at, Message message)
    {
        var key = (who, state.Number, now.Milliseconds, message.Number, default(TimerId));
        return memory.Steps.TryGetValue(key, out var step) ? step : memory.Steps.GetOrAdd(key, Take(
            who, state, now, new Input.DatagramArrived(at, message.Sent.Local, message.Sent.Datagram), message));
    }

    /// <summary>A timer fires.</summary>
    public LocalStep Fire(Side who, LocalState state, Instant now, TimerId timer)
    {
        var key = (who, state.Number, now.Milliseconds, -1, timer);
        return memory.Steps.TryGetValue(key, out var step) ? step
            : memory.Steps.GetOrAdd(key, Take(who, state, now, new Input.TimerFired(timer), null));
    }

    /// <summary>The property of two ends that their states break, where they know each other.</summary>
    public Fault? Judge(LocalState[] ends, bool noGap)
        => Judge(ends[0], ends[1], "t", noGap) ?? (ends.Length > 2 ? Judge(ends[1], ends[2], "u", false) : null);

    /// <summary>An owner's order.</summary>
    public LocalStep Order(Side who, LocalState state, Instant now, Input order) => Take(who, state, now, order, null);

    private Fault? Judge(LocalState one, LocalState other, string connection, bool noGap)
    {
        var key = (one.Number, other.Number, noGap);
        return memory.Together.TryGetValue(key, out var fault) ? fault
            : memory.Together.GetOrAdd(key, OfBothEnds.Judge(one.State, one.Past, other.State, other.Past, connection, noGap));
    }

    private LocalStep Take(Side who, LocalState state, Instant now, Input input, Message? message)
    {
        clock.Now = now;
        var (setup, step) = Life(state.Past.Life)[(int)who];
        EndpointState after;
        ImmutableArray<Effect> effects;
        try
        {
            (after, effects) = step(state.State, now, input);
            if (state.Digest % Repeated == 0 && step(state.State, now, input) is var (again, same) && Canonical.Digest(again, same) != Canonical.Digest(after, effects))
            {
                return new(state, [], new Fault("S-32", "a step came out otherwise the second time"));
            }
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            return new(state, [], new Fault("S-31", $"the core threw {thrown.GetType().Name}: {thrown.Message}"));
        }

        foreach (var row in effects.OfType<Effect.Traced>())
        {
            memory.Rows.TryAdd(row.Entry, true);
        }

        var (past, fault) = OfOneEnd.After(state.Past, setup, new Taken(now, state.State, input, after, effects, message is { Altered: true })
        {
            Setup = faultless[(int)who],
            Breaks = message?.Breaks,
        }, tables);
        return new(known.Of(after, past), effects, fault);
    }

    /// <summary>Everybody as they are after so many crashes.</summary>
    private ImmutableArray<(EndpointSetup Setup, Step Step)> Life(int life)
    {
        while (lives.Count <= life)
        {
            lives.Add([.. Changed(lives.Count).Select(Clocked).Select((setup, n) =>
                (setup, Is(n) ? variation!.Around(new Endpoint(setup).Step) : new Endpoint(setup).Step))]);
        }

        return lives[life];
    }

    private EndpointSetup Clocked(EndpointSetup setup) => setup with { Randomness = new ClockedRandomness(setup.Randomness, clock) };

    private ImmutableArray<EndpointSetup> Changed(int life)
        => [.. Cast.Of(scenario, life).Select((setup, n) => Is(n) ? variation!.Change(setup) : setup)];

    private bool Is(int party) => variation is not null && (party == 0 || variation.AtBothEnds);
}
