using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Worlds;
using RefIke.Properties.Engine;
using RefIke.Specification;

namespace RefIke.Properties.Fuzzing;

/// <summary>
/// What a fuzzer found: a demand that was broken, and the datagrams that break it from the target's state on.
/// </summary>
internal sealed record Finding(string What, Target Target, ImmutableArray<Shot> Shots, ulong Seed, int Storm)
{
    public override string ToString() => string.Join('\n',
        [What, $"state: {Target.Label}", $"seed {Seed}, storm {Storm}",
            .. Shots.Select(
                s => $"{s.Made}{(s.Known ? ", with keys" : "")}, from {s.Remote} to {s.Local}: {s.Datagram}")]);
}

/// <summary>
/// Throws datagrams at endpoints in every state of every recorded life, in storms: in some each datagram meets the
/// state as it was recorded, in others the state that the datagrams before it have left. The same seed makes the same
/// datagrams.
/// </summary>
internal sealed class Fuzz(ulong seed, Mutant? fault = null)
{
    private const int StormLength = 100;

    private static readonly ImmutableArray<Target> Targets = [.. Life.All.SelectMany(l => l.Targets)];
    private static readonly HashSet<string> Ledger = [.. RefIke.Specification.Ledger.Read(Pair.Repository).Select(c => c.Id)];

    /// <summary>Small, so that the fuzzer reaches them.</summary>
    private static readonly Limits Tight = new()
    {
        HalfOpen = 6,
        HalfOpenPerAddress = 4,
        OpenQuickModes = 4,
        MessageIds = 20,
        FragmentSets = 4,
        FragmentSetsPerAddress = 2,
        Transactions = 4,
    };

    private readonly Demands demands = new(Tight, Ledger);
    private readonly Dictionary<EndpointSetup, (Endpoint Endpoint, Step Step)> endpoints =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>How many states it begins in.</summary>
    public static int States => Targets.Length;

    /// <summary>Datagrams thrown so far; read by whoever watches that it goes on.</summary>
    public long Thrown { get; private set; }

    /// <summary>The target and the datagram in progress.</summary>
    public string Current { get; private set; } = "";

    /// <summary>How often each thing was seen: ways of making, kinds and clauses of rejections, rows taken.</summary>
    public SortedDictionary<string, long> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>The most that one step allocated, beyond what the length of its datagram grants.</summary>
    public long MostAllocated { get; private set; }

    /// <summary>The endpoint that is thrown at where an honest one has this setup; the seeded fault is in it.</summary>
    public Endpoint Endpoint(EndpointSetup setup) => At(setup).Endpoint;

    /// <summary>Throws so many; ends at the first finding.</summary>
    public Finding? Run(long count)
    {
        for (var storm = 0; Thrown < count; storm++)
        {
            if (Storm(storm, (int)Math.Min(StormLength, count - Thrown)) is { } finding)
            {
                return new Fuzz(seed, fault).Smaller(finding);
            }
        }

        return null;
    }

    private Finding? Storm(int storm, int length)
    {
        var random = new Random(unchecked((int)((seed * 1_000_003) + (ulong)storm)));
        var target = Targets[random.Next(Targets.Length)];
        var (carriedOn, hostile) = (random.Next(2) == 0, random.Next(4) == 0);
        var source = new DatagramSource(random, target);
        var state = target.State;
        var shots = ImmutableArray.CreateBuilder<Shot>();
        for (var n = 0; n < length; n++)
        {
            var shot = source.Next(state, hostile);
            if (!carriedOn)
            {
                shots.Clear();
            }

            shots.Add(shot);
            var (after, broken) = Throw(target, state, shot);
            if (broken is not null)
            {
                return new Finding(broken, target, shots.ToImmutable(), seed, storm);
            }

            state = carriedOn ? after : target.State;
        }

        return Calm(target, state, shots) is { } wrong
            ? new Finding(wrong, target, shots.ToImmutable(), seed, storm)
            : null;
    }

    private (EndpointState After, string? Broken) Throw(Target target, EndpointState state, Shot shot)
    {
        Thrown++;
        Current = $"{target.Label}: {shot.Made} {shot.Datagram}";
        var step = At(target.Setup).Step;
        var input = new Input.DatagramArrived(shot.Local, shot.Remote, shot.Datagram);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        EndpointState after;
        ImmutableArray<Effect> effects;
        try
        {
            (after, effects) = step(state, target.Now, input);
        }
        catch (Exception e)
        {
            return (state, $"S-31: {e.GetType().Name}: {e.Message}\n{e.StackTrace}");
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (Thrown % 16 == 0 && !Words(effects).SequenceEqual(Words(step(state, target.Now, input).Effects)))
        {
            return (after, "S-32: the same step taken again tells something else");
        }

        MostAllocated = Math.Max(MostAllocated, allocated - (Demands.MostAllocatedForAnOctet * shot.Datagram.Length));
        Count($"made: {shot.Made}");
        foreach (var effect in effects)
        {
            Count(Word(effect));
        }

        return (after, demands.Broken(state, shot, after, effects, allocated));
    }

    private static string Word(Effect effect) => effect switch
    {
        Effect.Rejected { Why: Rejection.LimitReached why } => $"rejected: {why.Kind} {why.Clause}: {why.Which}",
        Effect.Rejected { Why: Rejection.BadSyntax why } => $"rejected: {why.Kind} {why.Clause} {why.Fault.Defect}",
        Effect.Rejected r => $"rejected: {r.Why.Kind} {r.Why.Clause}",
        Effect.Traced { Entry: var t } => $"row: {t.Exchange}.{t.Role}.{t.State}.{t.Event}.{t.Guard}",
        _ => $"effect: {effect.GetType().Name}",
    };

    /// <summary>The effects that compare by value.</summary>
    private static IEnumerable<Effect> Words(ImmutableArray<Effect> effects)
        => effects.Where(e => e is Effect.Send or Effect.Rejected or Effect.Traced or Effect.Noted);

    /// <summary>
    /// After a storm: half-open exchanges end by their timers (L-01), and where both ends were at rest and nobody had
    /// keys, the honest peer and the endpoint still rekey their pair (L-03).
    /// </summary>
    private string? Calm(Target target, EndpointState state, IReadOnlyCollection<Shot> shots)
    {
        if (target.CanRekey && !shots.Any(s => s.Known))
        {
            Count("after a storm: rekeyed with the honest peer");
            if (!Rekeys(target, state))
            {
                return "L-03: after the storm the pair can no more be rekeyed";
            }
        }

        var halfOpen = HalfOpen(state).ToHashSet();
        var end = target.Now.After(600_000);
        for (var (now, n) = (target.Now, 0); state.NextTimer is { } next && next.Due <= end; n++)
        {
            if (n == 1000)
            {
                return "L-01: timers without end";
            }

            now = next.Due > now ? next.Due : now;
            state = At(target.Setup).Step(state, now, new Input.TimerFired(next.Timer)).State;
        }

        Count("after a storm: all timers fired");
        return HalfOpen(state).Any(halfOpen.Contains) ? "L-01: an exchange never ends" : null;
    }

    private static IEnumerable<ulong> HalfOpen(EndpointState state)
        => state.Isakmp.Where(e => e.Value.Phase1.Step != Phase1Step.Established).Select(e => e.Key);

    private bool Rekeys(Target target, EndpointState state)
    {
        var (honest, peer) = (new Endpoint(target.Peer.Setup), target.Peer.State);
        var now = target.Now.After(40_000);     // by then whoever responded rekeys at once too (D-140)
        var old = state.Sending("t", "c")!;
        (state, var effects) = At(target.Setup).Step(state, now, new Input.Rekey(old.Spi));
        for (var toPeer = true; effects.OfType<Effect.Send>().ToArray() is { Length: > 0 } flying; toPeer = !toPeer)
        {
            foreach (var arrived in flying.Select(target.Life.Carry))     // one message; its fragments in order
            {
                if (toPeer)
                {
                    (peer, effects) = honest.Step(peer, now, arrived);
                }
                else
                {
                    (state, effects) = At(target.Setup).Step(state, now, arrived);
                }
            }
        }

        return state.Sending("t", "c") is { } fresh && fresh.Spi != old.Spi
            && peer.Pairs.TryGetValue(fresh.PeerSpi, out var theirs) && theirs.Inbound.Equals(fresh.Outbound);
    }

    /// <summary>The same fault with fewer datagrams before it, and as many zeros in the last one as it bears.</summary>
    private Finding Smaller(Finding finding)
    {
        for (var n = finding.Shots.Length - 2; n >= 0; n--)
        {
            finding = Kept(finding, finding.Shots.RemoveAt(n));
        }

        for (var (n, last) = (0, finding.Shots[^1]); n < last.Datagram.Length; n++)
        {
            var octets = finding.Shots[^1].Datagram.ToArray();
            octets[n] = 0;
            finding = Kept(finding, finding.Shots.SetItem(finding.Shots.Length - 1, last with { Datagram = octets }));
        }

        return finding;
    }

    private Finding Kept(Finding finding, ImmutableArray<Shot> shots)
    {
        var state = finding.Target.State;
        string? broken = null;
        foreach (var shot in shots)
        {
            (state, broken) = Throw(finding.Target, state, shot);
        }

        broken ??= Calm(finding.Target, state, shots);
        return broken == finding.What ? finding with { Shots = shots } : finding;
    }

    private (Endpoint Endpoint, Step Step) At(EndpointSetup setup)
    {
        if (!endpoints.TryGetValue(setup, out var at))
        {
            // Other randomness than in the recorded life: an exchange that a storm begins never has its keys.
            var randomness = new NamedRandomness(seed, $"{setup.Name} in a storm");
            var tight = setup with { Limits = Tight, Randomness = randomness };
            var endpoint = new Endpoint(fault?.Change(tight) ?? tight);
            endpoints[setup] = at = (endpoint, fault?.Around(endpoint.Step) ?? endpoint.Step);
        }

        return at;
    }

    private void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
