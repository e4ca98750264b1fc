using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration.Worlds;

/// <summary>Plays the acts of a scenario in which nobody chooses, up to the next in which network and clock do.</summary>
/// <param name="leavesOrders">Whether orders right before an act in which the network chooses are left to whoever plays.</param>
internal sealed class Acts(Scenario scenario, Moves moves, LocalSteps steps, Known known, bool leavesOrders = false)
{
    /// <summary>Whether every act has been played.</summary>
    public bool IsOver(JointState state) => state.Act >= scenario.Variants[state.Variant].Length;

    /// <summary>When the act ends in which the network chooses.</summary>
    public Instant EndOf(JointState state) => ((Act.Let)scenario.Variants[state.Variant][state.Act]).Until;

    /// <summary>On to the next choice, or the first fault.</summary>
    public Move Settle(Move move)
    {
        while (move.Fault is null && !IsOver(move.After))
        {
            var act = scenario.Variants[move.After.Variant][move.After.Act];
            if (act is Act.Let { Calm: false } || (leavesOrders && act is Act.Do && OrdersBeforeChoices(move.After).Any()))
            {
                break;
            }

            move = act is Act.Let calm ? Calmly(move, calm) : Play(move with { After = move.After with { Act = move.After.Act + 1 } }, act);
        }

        return move;
    }

    /// <summary>The orders that come next, where nothing but they come before the network chooses.</summary>
    public IEnumerable<Order> OrdersBeforeChoices(JointState state)
    {
        var next = scenario.Variants[state.Variant].Skip(state.Act).TakeWhile(a => a is Act.Do).Cast<Act.Do>().ToArray();
        return scenario.Variants[state.Variant].ElementAtOrDefault(state.Act + next.Length) is Act.Let { Calm: false } ? next.SelectMany(d => d.Orders) : [];
    }

    /// <summary>The act in which the network chooses, once the orders before it were given.</summary>
    public JointState OrdersGiven(JointState state)
        => state with { Act = state.Act + scenario.Variants[state.Variant].Skip(state.Act).TakeWhile(a => a is Act.Do).Count() };

    private Move Play(Move move, Act act)
    {
        var state = move.After;
        switch (act)
        {
            case Act.Do orders:
                return Give(move, orders);
            case Act.Demand demand:
                return move with { Fault = demand.Fault(state.ForJudges) is { } what ? new Fault(demand.Property, what) : null };
            case Act.NoGap:
                return move with { After = state with { NoGap = true } };
            case Act.Crash crash:
                var past = state.Ends[(int)crash.Who].Past;
                return Silently(move, state.With(crash.Who, known.Of(EndpointState.Empty, past.AfterCrash())), crash.Who, "crashes and begins anew");
            case Act.Rebind:
                return Silently(move, state with { Mapping = state.Mapping + 1 }, Side.A, "its NAT makes a new mapping");
            case Act.Leap leap:
                return Silently(move, state with { Now = leap.To > state.Now ? leap.To : state.Now }, Side.A, "the clock leaps");
            default:
                throw new InvalidOperationException($"{act} is no act that is known");
        }
    }

    private Move Give(Move move, Act.Do orders)
    {
        foreach (var order in orders.Orders.TakeWhile(_ => move.Fault is null))
        {
            var ends = move.After.ForJudges;
            if (order.Of(ends) is not { } input)
            {
                continue;
            }

            var state = move.After;
            var own = state.Ends[(int)order.To];
            own = order.Tampering is { } tampering ? known.Of(tampering(ends), own.Past) : own;
            move = Then(move, moves.After(state, order.To, steps.Order(order.To, own, state.Now, input), state.Flying, $"order: {order.Words}", false));
        }

        return move;
    }

    private Move Calmly(Move move, Act.Let calm)
    {
        var act = move.After.Act;
        while (move.Fault is null && move.After.Act == act)
        {
            move = Then(move, moves.Calm(move.After));
            move = calm.Overheard ? move : move with { After = move.After with { Seen = [] } };
        }

        return move;
    }

    private static Move Then(Move move, Move next)
        => move with { After = next.After, Fault = next.Fault, Keeps = false, Happened = [.. move.Happened, .. next.Happened] };

    /// <summary>Something that is no step of an endpoint.</summary>
    private static Move Silently(Move move, JointState after, Side who, string words)
        => Then(move, new Move(after, null, false, [new(after.Now, words, null, who, null)]));
}
