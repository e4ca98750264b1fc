using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;

namespace RefIke.Exploration.Worlds;

/// <summary>
/// All that may happen next: the one set of rules for whoever explores, whether he takes every turn or one. Turns stand in an order that is the
/// same in every run; what none of an endpoint's steps depends on is not done before a turn is taken.
/// </summary>
internal sealed class Moves
{
    private const int MostSeen = 64;
    private static readonly FrozenDictionary<TimerKind, string> TimerWords = Enum.GetValues<TimerKind>().ToFrozenDictionary(k => k, k => $"timer: {k}");
    private readonly Scenario scenario;
    private readonly LocalSteps steps;
    private readonly Known known;
    private readonly Acts acts;
    private readonly Insider insider;
    private readonly ImmutableArray<IPEndPoint> endpoints;
    private readonly Dictionary<(int One, int Other, int Spent), (string Words, Message Message)[]> made = [];

    /// <summary>The rules of a scenario within a budget.</summary>
    public Moves(Scenario scenario, Budget budget, LocalSteps steps, Known known)
    {
        (this.scenario, Budget, this.steps, this.known) = (scenario, budget, steps, known);
        var setups = steps.Setups;
        Addresses = new Addresses(setups, scenario.Natted);
        endpoints = [.. setups.Select(s => s.Local)];
        acts = new Acts(scenario, this, steps, known);
        insider = new Insider(budget.Ways, known);
    }

    /// <summary>The rules for runs one after the other, with a memory of their own.</summary>
    public static Moves Alone(Scenario scenario, Budget budget, TraceAcceptance? tables, Variation? variation)
    {
        var known = new Known();
        return new(scenario, budget, new LocalSteps(scenario, variation, tables, known, new()), known);
    }

    /// <summary>What may be done to network and clock.</summary>
    public Budget Budget { get; }

    /// <summary>Who is where.</summary>
    public Addresses Addresses { get; }

    /// <summary>Whether attackers and replays have a use for what has arrived.</summary>
    private bool Remembers => Budget.Replays > 0 || Budget.Attacks > 0;

    /// <summary>Before the first act of the first variant.</summary>
    public JointState Blank
        => new(0, 0, Instant.Zero, [.. steps.Setups.Select(_ => known.Of(EndpointState.Empty, Ghost.Empty))], [], [], [], default, 0, false);

    /// <summary>The beginnings: one for each variant, brought to its first choice.</summary>
    public IEnumerable<Turn> Begin()
    {
        var blank = Blank;
        return Enumerable.Range(0, scenario.Variants.Length).Select(v => new Turn(
            new TurnName(TurnKind.Begin, Side.A, 0, v, default),
            () => new Move(blank with { Variant = v }, null, false, [])));
    }

    /// <summary>What may follow; nothing where the scenario has ended.</summary>
    public IEnumerable<Turn> From(JointState state) => acts.IsOver(state) ? [] : Network(state).Concat(Clock(state, acts.EndOf(state)));

    /// <summary>Takes a turn, and plays on to the next choice.</summary>
    public Move Take(Turn turn) => acts.Settle(turn.Move());

    /// <summary>Whether every act has been played.</summary>
    public bool IsOver(JointState state) => acts.IsOver(state);

    /// <summary>Whose a datagram is; null where nobody of the endpoints sent it.</summary>
    public Side? Sender(Message message) => Addresses.Sender(message.Sent);

    /// <summary>What the network and the clock do where no harm is done: the first of all that may happen.</summary>
    public Move Calm(JointState state)
        => state.Flying.Length > 0 ? Arrive(state, state.Flying[0], state.Flying[1..], "", state.Spent, false) : Clock(state, acts.EndOf(state)).First(t => !t.Name.IsHarm).Move();

    /// <summary>What a step of an endpoint leads to.</summary>
    public Move After(JointState state, Side who, LocalStep step, Message[] flying, string words, bool keeps, Message? message = null)
    {
        var after = state.With(who, step.After, With(flying, step, state.Mapping));
        return new(after, step.Fault ?? steps.Judge(after.Ends, after.NoGap), keeps, [new(state.Now, words, message, who, step)]);
    }

    private static Turn Turn(TurnKind kind, Func<Move> take, Message? message = null, int place = 0, Side who = Side.A, TimerId timer = default)
        => new(new TurnName(kind, who, message?.Digest ?? 0, place, timer), take);

    private IEnumerable<Turn> Network(JointState state)
    {
        var spent = state.Spent;
        foreach (var (message, rest) in Next(state))
        {
            yield return Turn(TurnKind.Deliver, () => Arrive(state, message, rest, "", spent, true), message);
            if (spent.Losses < Budget.Losses)
            {
                yield return Turn(TurnKind.Lose, () => Quietly("lost", state with { Flying = rest, Spent = spent with { Losses = spent.Losses + 1 } }, message), message);
            }

            if (spent.Copies < Budget.Copies)
            {
                yield return Turn(TurnKind.Copy, () => Arrive(state, message, state.Flying, "copied", spent with { Copies = spent.Copies + 1 }, false), message);
            }

            if (spent.Delays < Budget.Delays)
            {
                yield return Turn(TurnKind.Hold, () => Quietly("held back", state with
                {
                    Flying = rest,
                    Held = Sorted(state.Held.Append(message)),
                    Spent = spent with { Delays = spent.Delays + 1 },
                }, message), message);
            }

            for (var n = 0; spent.Alterations < Budget.Alterations && n < Alteration.Places; n++)
            {
                var place = n;
                yield return Turn(TurnKind.Alter, () => Arrive(
                    state, Altered(message, place), rest, "altered", spent with { Alterations = spent.Alterations + 1 }, false), message, place);
            }
        }

        foreach (var unasked in Unasked(state))
        {
            yield return Turn(unasked.Kind, () => Arrive(
                unasked.Before, unasked.Message, state.Flying, unasked.Note, unasked.Before.Spent, false), unasked.Message, unasked.Place);
        }

        if (spent.Early < Budget.PrematureTimers && state.Flying.Length > 0)
        {
            foreach (var (who, timer, _) in Timers(state).Where(t => t.Timer.Kind == TimerKind.Resend))
            {
                yield return Turn(TurnKind.Early, () => Fire(
                    state with { Spent = spent with { Early = spent.Early + 1 } }, who, timer, state.Now, "too early"), who: who, timer: timer);
            }
        }
    }

    /// <summary>What does not wait for anything to fly: held datagrams, replays, the attacker.</summary>
    public IEnumerable<Unasked> Unasked(JointState state)
    {
        var spent = state.Spent;
        for (var n = 0; n < state.Held.Length; n++)
        {
            var (message, rest) = (state.Held[n], Without(state.Held, n));
            if (n == 0 || state.Held[n - 1] != message)
            {
                yield return new(TurnKind.Release, message, 0, "late", state with { Held = rest });
            }
        }

        if (spent.Replays < Budget.Replays)
        {
            foreach (var message in state.Seen)
            {
                yield return new(TurnKind.Replay, message, 0, "replayed", state with { Spent = spent with { Replays = spent.Replays + 1 } });
            }
        }

        if (spent.Attacks < Budget.Attacks)
        {
            var number = 0;
            foreach (var (words, message) in Attack(state, Genuine(state)).DistinctBy(a => a.Message.Number))
            {
                yield return new(TurnKind.Attack, message, number++, words, state with { Spent = spent with { Attacks = spent.Attacks + 1 } });
            }
        }
    }

    /// <summary>What has arrived after one more datagram has, where that matters.</summary>
    public Message[] Seen(JointState state, Message message)
        => !Remembers || state.Seen.Length >= MostSeen || state.Seen.Contains(message) ? state.Seen : Sorted(state.Seen.Append(message));

    /// <summary>What the attacker has seen, each once.</summary>
    private static Message[] Genuine(JointState state)
        => [.. state.Seen.Concat(state.Flying).Where(m => m is { Altered: false, Breaks: null }).DistinctBy(m => m.Digest)];

    /// <summary>Every datagram that the attacker could send next; what he makes of the same ones is made once.</summary>
    private IEnumerable<(string Words, Message Message)> Attack(JointState state, Message[] seen)
    {
        var count = Budget.Ways.HasFlag(Attacks.Flood) || Budget.Ways.HasFlag(Attacks.Impersonate) ? state.Spent.Attacks : 0;
        foreach (var wrong in seen.SelectMany(s => insider.Of(s, Sender(s) is { } who ? state.Ends[(int)who] : null)))
        {
            yield return wrong;
        }

        foreach (var attack in seen.SelectMany(s => Made(s, null, count)))
        {
            yield return attack;
        }

        for (var n = 0; (Budget.Ways & Attacker.OfPairs) != 0 && n < seen.Length; n++)
        {
            foreach (var attack in seen.SelectMany(other => Made(seen[n], other, 0)))
            {
                yield return attack;
            }
        }
    }

    private (string Words, Message Message)[] Made(Message one, Message? other, int spent)
    {
        if (!made.TryGetValue((one.Number, other?.Number ?? -1, spent), out var attacks))
        {
            attacks = [.. (other is null ? Attacker.OfOne(Budget.Ways, one.Sent, spent, endpoints) : Attacker.OfTwo(Budget.Ways, one.Sent, other.Sent))
                .Select(a => (a.Words, known.Of(a.Datagram, a.Datagram.Datagram != one.Sent.Datagram || !a.Datagram.Remote.Equals(one.Sent.Remote))))];
            made.Add((one.Number, other?.Number ?? -1, spent), attacks);
        }

        return attacks;
    }

    /// <summary>The datagrams that may be next, each once, with those that then are left.</summary>
    private IEnumerable<(Message, Message[])> Next(JointState state)
    {
        for (var i = 0; i < (Budget.Reorders ? state.Flying.Length : Math.Min(1, state.Flying.Length)); i++)
        {
            if (i == 0 || state.Flying[i] != state.Flying[i - 1])
            {
                yield return (state.Flying[i], Without(state.Flying, i));
            }
        }
    }

    /// <summary>The next due timers of anybody, once nothing flies; one clock for all. Where none is due, the act is over.</summary>
    private IEnumerable<Turn> Clock(JointState state, Instant end)
    {
        if (state.Flying.Length > 0)
        {
            yield break;
        }

        var timers = Timers(state).ToArray();
        Array.Sort(timers, (x, y) => (Later(x.Due, state.Now), x.Timer, x.Who).CompareTo((Later(y.Due, state.Now), y.Timer, y.Who)));
        if (timers.Length == 0 || timers[0].Due > end)
        {
            yield return Turn(TurnKind.Rest, () => Quietly("", state with { Act = state.Act + 1, Now = state.Now < end ? end : state.Now }, null));
            yield break;
        }

        var first = Later(timers[0].Due, state.Now);
        foreach (var (who, timer, due) in timers.TakeWhile(t => t.Due <= first))
        {
            if (due < state.Now && state.Ends[(int)who].State.DueTimer(state.Now) != timer)
            {
                continue;       // of what is late an endpoint takes the first by kind
            }

            yield return Turn(TurnKind.Fire, () => Fire(state, who, timer, first, ""), who: who, timer: timer);
        }

        if (state.Spent.Late < Budget.LateTimers && timers.FirstOrDefault(t => t.Due > first && t.Due <= end) is { Due.Milliseconds: > 0 } next)
        {
            var late = state with { Spent = state.Spent with { Late = state.Spent.Late + 1 } };
            yield return Turn(TurnKind.Late, () => Fire(late, next.Who, next.Timer, next.Due, "before one that was due"), who: next.Who, timer: next.Timer);
        }
    }

    private static Instant Later(Instant one, Instant other) => one > other ? one : other;

    private static IEnumerable<(Side Who, TimerId Timer, Instant Due)> Timers(JointState state)
        => state.Ends.SelectMany((end, n) => end.Timers.Select(t => ((Side)n, t.Timer, t.Due)));

    private static Move Quietly(string words, JointState after, Message? message) => new(after, null, false, message is null ? [] : [new(after.Now, words, message, null, null)]);

    private Move Fire(JointState state, Side who, TimerId timer, Instant now, string note)
        => After(now == state.Now ? state : state with { Now = now }, who, steps.Fire(who, state.Ends[(int)who], now, timer), state.Flying,
            note.Length == 0 ? TimerWords[timer.Kind] : $"{TimerWords[timer.Kind]} {note}", note.Length == 0 && now == state.Now);

    private Move Arrive(JointState state, Message message, Message[] rest, string note, Spent spent, bool keeps)
    {
        if (Addresses.Whose(message.Sent.Remote, state.Mapping) is not var (who, at))
        {
            return Quietly(note.Length == 0 ? "reaches nobody" : note, state with { Spent = spent, Flying = rest }, message);
        }

        var seen = note.Length > 0 ? state.Seen : Seen(state, message);
        var after = spent == state.Spent && seen == state.Seen ? state : state with { Spent = spent, Seen = seen };
        return After(after, who, steps.Arrive(who, state.Ends[(int)who], state.Now, at, message), rest, note, keeps, message);
    }

    /// <summary>A datagram with one bit changed.</summary>
    public Message Altered(Message message, int place)
    {
        var whole = message.Sent.Datagram;
        return known.Of(message.Sent with { Datagram = Alteration.Of(whole, place) }, Alteration.IsOfContent(whole, place));
    }

    /// <summary>What is sent, as it is on its way.</summary>
    public Message[] OnTheirWay(LocalStep step, int mapping)
    {
        if (step.OnTheirWay is { } was && was.Mapping == mapping)
        {
            return was.Messages;
        }

        Message[] messages = [.. step.Sent.Select(s => known.Of(Addresses.Outside(s, mapping), false))];
        step.OnTheirWay = new(mapping, messages);
        return messages;
    }

    /// <summary>What flies afterwards: in the order of sending, or sorted where any may be the next.</summary>
    private Message[] With(Message[] flying, LocalStep step, int mapping)
    {
        if (step.Sent.Length == 0)
        {
            return flying;
        }

        Message[] all = [.. flying, .. OnTheirWay(step, mapping)];
        if (Budget.Reorders)
        {
            Array.Sort(all, (x, y) => x.Digest.CompareTo(y.Digest));
        }

        return all;
    }

    private static Message[] Without(Message[] all, int n) => [.. all[..n], .. all[(n + 1)..]];

    /// <summary>Datagrams that have no order, in one that is the same in every run.</summary>
    public static Message[] Sorted(IEnumerable<Message> messages) => [.. messages.OrderBy(m => m.Digest)];
}
