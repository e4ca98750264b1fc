using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration.Exhaustive;

/// <summary>What happened in one move, for people and for counting.</summary>
/// <param name="Keeps">Whether clock and budget stand where they stood: only such moves could go round for ever.</param>
internal sealed record Move(string Words, JointState After, Fault? Fault, bool Keeps, Message? Message = null, bool ByA = false);

/// <summary>
/// All that may happen next: the same rules as <see cref="World"/> has, without anybody choosing. Moves stand in an order that is the
/// same in every run.
/// </summary>
internal sealed class Moves(Scenario scenario, LocalSteps steps, Known known)
{
    private const int MostSeen = 64;

    private Budget Budget => scenario.InSearch;

    /// <summary>The beginnings: one for each variant, brought to its first choice.</summary>
    public IEnumerable<Move> Begin()
    {
        var empty = known.Of(EndpointState.Empty, Ghost.Empty);
        return Enumerable.Range(0, scenario.Variants.Length).Select(v =>
            Settle(new Move("begin", new JointState(v, 0, Instant.Zero, empty, empty, [], [], default, false), null, false)));
    }

    /// <summary>What may follow; nothing where the scenario has ended.</summary>
    public IEnumerable<Move> From(JointState state)
    {
        var moves = IsOver(state) ? [] : state.Flying.Length > 0 ? Network(state) : Clock(state, EndOf(state));
        return moves.Select(Settle);
    }

    /// <summary>Whether every act has been played.</summary>
    public bool IsOver(JointState state) => state.Act >= scenario.Variants[state.Variant].Length;

    private Instant EndOf(JointState state) => ((Act.Let)scenario.Variants[state.Variant][state.Act]).Until;

    private IEnumerable<Move> Network(JointState state)
    {
        var spent = state.Spent;
        foreach (var (message, rest) in Next(state))
        {
            yield return Deliver(state, message, rest, "", spent, true);
            if (spent.Losses < Budget.Losses)
            {
                yield return new("lost", state with { Flying = rest, Spent = spent with { Losses = spent.Losses + 1 } }, null, false, message, !steps.IsToA(message));
            }

            if (spent.Copies < Budget.Copies)
            {
                yield return Deliver(state, message, state.Flying, "copied", spent with { Copies = spent.Copies + 1 }, false);
            }

            for (var place = 0; spent.Alterations < Budget.Alterations && place < Alteration.Places; place++)
            {
                var altered = known.Of(message.Sent with { Datagram = Alteration.Of(message.Sent.Datagram, place) }, true);
                yield return Deliver(state, altered, rest, "altered", spent with { Alterations = spent.Alterations + 1 }, false);
            }
        }

        foreach (var move in Replays(state))
        {
            yield return move;
        }

        if (spent.Premature < Budget.PrematureTimers)
        {
            foreach (var (atA, timer, _) in Timers(state).Where(t => t.Timer.Kind == TimerKind.Resend))
            {
                yield return Fire(state with { Spent = spent with { Premature = spent.Premature + 1 } }, atA, timer, state.Now, "too early");
            }
        }
    }

    /// <summary>The datagrams that may be next, each once, with those that then are left.</summary>
    private IEnumerable<(Message, Message[])> Next(JointState state)
    {
        for (var i = 0; i < (Budget.Reorders ? state.Flying.Length : 1); i++)
        {
            if (i == 0 || state.Flying[i] != state.Flying[i - 1])
            {
                yield return (state.Flying[i], [.. state.Flying[..i], .. state.Flying[(i + 1)..]]);
            }
        }
    }

    private IEnumerable<Move> Replays(JointState state)
        => state.Spent.Replays >= Budget.Replays ? []
            : state.Seen.Select(m => Deliver(state, m, state.Flying, "replayed", state.Spent with { Replays = state.Spent.Replays + 1 }, false));

    /// <summary>The next due timers of either end; one clock for both. Where none is due, the act is over.</summary>
    private IEnumerable<Move> Clock(JointState state, Instant end)
    {
        foreach (var move in Replays(state))
        {
            yield return move;
        }

        var timers = Timers(state).OrderBy(t => t.Due).ThenBy(t => t.Timer).ThenByDescending(t => t.AtA).ToArray();
        if (timers.Length == 0 || timers[0].Due > end)
        {
            yield return new("", state with { Act = state.Act + 1, Now = state.Now < end ? end : state.Now }, null, false);
            yield break;
        }

        var now = timers[0].Due > state.Now ? timers[0].Due : state.Now;
        foreach (var (atA, timer, _) in timers.TakeWhile(t => t.Due <= timers[0].Due))
        {
            yield return Fire(state, atA, timer, now, "");
        }
    }

    private static IEnumerable<(bool AtA, TimerId Timer, Instant Due)> Timers(JointState state)
        => state.A.Timers.Select(t => (true, t.Timer, t.Due)).Concat(state.B.Timers.Select(t => (false, t.Timer, t.Due)));

    private Move Fire(JointState state, bool atA, TimerId timer, Instant now, string note)
        => After(state with { Now = now }, atA, steps.Fire(atA, atA ? state.A : state.B, now, timer), state.Flying, $"timer: {timer.Kind} {note}".TrimEnd(),
            note.Length == 0 && now == state.Now);

    private Move Deliver(JointState state, Message message, Message[] rest, string note, Spent spent, bool keeps)
    {
        var atA = steps.IsToA(message);
        var seen = Budget.Replays == 0 || note.Length > 0 || state.Seen.Length >= MostSeen || state.Seen.Contains(message)
            ? state.Seen : [.. state.Seen.Append(message).OrderBy(m => m.Digest)];
        var after = After(
            state with { Spent = spent, Seen = seen }, atA, steps.Arrive(atA, atA ? state.A : state.B, state.Now, message), rest, note, keeps);
        return after with { Message = message, ByA = !atA };
    }

    private Move After(JointState state, bool atA, LocalStep step, Message[] flying, string words, bool keeps)
    {
        var after = state with
        {
            A = atA ? step.After : state.A,
            B = atA ? state.B : step.After,
            Flying = With(flying, step.Sent),
        };
        return new(words, after, step.Fault ?? steps.Judge(after.A, after.B, after.NoGap), keeps);
    }

    /// <summary>What flies afterwards: in the order of sending, or sorted where any may be the next.</summary>
    private Message[] With(Message[] flying, Message[] sent)
    {
        if (sent.Length == 0)
        {
            return flying;
        }

        Message[] all = [.. flying, .. sent];
        if (Budget.Reorders)
        {
            Array.Sort(all, (x, y) => x.Digest.CompareTo(y.Digest));
        }

        return all;
    }

    /// <summary>Plays the acts in which nobody chooses, to the next in which network and clock do.</summary>
    private Move Settle(Move move)
    {
        while (move.Fault is null && !IsOver(move.After))
        {
            var state = move.After;
            switch (scenario.Variants[state.Variant][state.Act])
            {
                case Act.Do orders:
                    move = Give(move with { After = state with { Act = state.Act + 1 } }, orders);
                    break;
                case Act.Demand demand:
                    var what = demand.Fault(new Ends(state.A.State, state.B.State, state.Flying.Length, state.Now));
                    move = move with { After = state with { Act = state.Act + 1 }, Fault = what is null ? null : new Fault(demand.Property, what) };
                    break;
                case Act.NoGap:
                    move = move with { After = state with { Act = state.Act + 1, NoGap = true } };
                    break;
                case Act.Let { Calm: true } let:
                    move = Calmly(move, let.Until);
                    break;
                default:
                    return move;
            }
        }

        return move;
    }

    private Move Give(Move move, Act.Do orders)
    {
        foreach (var order in orders.Orders.TakeWhile(_ => move.Fault is null))
        {
            var (state, atA) = (move.After, order.To == Side.A);
            if (order.Of((atA ? state.A : state.B).State) is { } input)
            {
                var after = After(state, atA, steps.Order(atA, atA ? state.A : state.B, state.Now, input), state.Flying, move.Words, false);
                move = move with { After = after.After, Fault = after.Fault, Keeps = false };
            }
        }

        return move;
    }

    private Move Calmly(Move move, Instant end)
    {
        var act = move.After.Act;
        while (move.Fault is null && move.After.Act == act)
        {
            var state = move.After;
            var next = state.Flying.Length > 0 ? Deliver(state, state.Flying[0], state.Flying[1..], "", state.Spent, false) : Clock(state, end).First();
            move = move with { After = next.After with { Seen = [] }, Fault = next.Fault, Keeps = false };
        }

        return move;
    }
}
