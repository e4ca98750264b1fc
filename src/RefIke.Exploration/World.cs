using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;
using RefIke.Wire;

namespace RefIke.Exploration;

/// <summary>
/// Two real endpoints on a network that <see cref="IChoices"/> rules, under one virtual clock. Every step is shown to the monitors.
/// </summary>
public sealed class World
{
    /// <summary>How often an honest endpoint sends one message again.</summary>
    public const int Retries = 4;

    private const string Altered = "altered";

    private readonly IChoices choices;
    private readonly Budget budget;
    private readonly Action<int>? open;
    private readonly List<Effect.Send> seen = [];
    private int losses;
    private int copies;
    private int replays;
    private int premature;
    private int alterations;
    private readonly TraceAcceptance? tables;
    private bool calm;
    private bool noGap;

    /// <summary>A world for one schedule. A <paramref name="mutant"/>'s fault is put into A, or into both.</summary>
    /// <param name="tables">The rows that every transition must be one of.</param>
    /// <param name="open">Told how many exchanges are open after each step: for a liveness monitor.</param>
    public World(IChoices choices, Scenario scenario, TraceAcceptance? tables, Mutant? mutant = null, Action<int>? open = null)
    {
        (this.choices, budget, this.tables, this.open) = (choices, scenario.Budget, tables, open);
        (A, B) = Peer.Pair(scenario, mutant);
    }

    /// <summary>The first endpoint; a seeded fault is in it.</summary>
    public Peer A { get; }

    /// <summary>The second.</summary>
    public Peer B { get; }

    /// <summary>The clock.</summary>
    public Instant Now { get; private set; }

    /// <summary>Datagrams in flight.</summary>
    public List<Effect.Send> Flying { get; } = [];

    /// <summary>What happened, for the ladder.</summary>
    public List<LadderLine> Ladder { get; } = [];

    /// <summary>One act of a scenario.</summary>
    /// <exception cref="PropertyViolatedException">A property does not hold.</exception>
    public void Play(Act act)
    {
        switch (act)
        {
            case Act.Do orders:
                foreach (var order in orders.Orders)
                {
                    Give(order);
                }

                break;
            case Act.Let let:
                calm = let.Calm;
                Run(let.Until);
                calm = false;
                break;
            case Act.Demand demand:
                Demand(demand.Fault(new Ends(A.State, B.State, Flying.Count, Now)) is { } what ? new Fault(demand.Property, what) : null);
                break;
            case Act.NoGap:
                noGap = true;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(act));
        }
    }

    private void Give(Order order)
    {
        var peer = order.To == Side.A ? A : B;
        if (order.Of(peer.State) is { } input)
        {
            Ladder.Add(LadderLine.Event(Now, peer.Name, $"order: {order.Words}"));
            Step(peer, input);
        }
    }

    private void Run(Instant end, int steps = 2000)
    {
        for (var n = 0; n < steps; n++)
        {
            if (Flying.Count > 0)
            {
                Network();
            }
            else if (!Clock(end))
            {
                break;
            }
        }

        Now = Now < end ? end : Now;
    }

    private void Network()
    {
        if (calm)
        {
            var oldest = Flying[0];
            Flying.RemoveAt(0);
            Deliver(oldest, "");
            return;
        }

        var which = budget.Reorders && Flying.Count > 1 ? choices.Choose(Flying.Count) : 0;
        var next = Flying[which];
        var actions = new List<string> { "deliver" };
        AddIf(actions, losses < budget.Losses, "lose");
        AddIf(actions, copies < budget.Copies, "copy");
        AddIf(actions, replays < budget.Replays && seen.Count > 0, "replay");
        AddIf(actions, premature < budget.PrematureTimers && Resends().Any(), "timer");
        AddIf(actions, alterations < budget.Alterations, "alter");
        switch (actions.Count == 1 ? "deliver" : actions[choices.Choose(actions.Count)])
        {
            case "lose":
                losses++;
                Flying.RemoveAt(which);
                Ladder.Add(LadderLine.Message(Now, Sender(next).Name, next.Datagram, "lost"));
                break;
            case "copy":
                copies++;
                Deliver(next, "copied");
                break;
            case "replay":
                replays++;
                Deliver(seen[choices.Choose(seen.Count)], "replayed");
                break;
            case "timer":
                premature++;
                var timers = Resends().ToArray();
                var (peer, timer, _) = timers[choices.Choose(timers.Length)];
                Fire(peer, timer, "too early");
                break;
            case "alter":
                alterations++;
                Flying.RemoveAt(which);
                Deliver(next with { Datagram = OneBitOther(next.Datagram) }, Altered);
                break;
            default:
                Flying.RemoveAt(which);
                Deliver(next, "");
                break;
        }
    }

    private Octets OneBitOther(Octets datagram) => Alteration.Of(datagram, choices.Choose(Alteration.Places));

    /// <summary>The next due timer of either peer; one clock for both.</summary>
    private bool Clock(Instant end)
    {
        if (!calm && replays < budget.Replays && seen.Count > 0 && choices.Choose(4) == 0)
        {
            replays++;
            Deliver(seen[choices.Choose(seen.Count)], "replayed");
            return true;
        }

        var due = Timers().OrderBy(t => t.Due).ThenBy(t => t.Timer).ToArray();
        if (due.Length == 0 || due[0].Due > end)
        {
            return false;
        }

        var together = due.Where(t => t.Due <= due[0].Due).ToArray();
        var (peer, timer, when) = together.Length > 1 ? together[choices.Choose(together.Length)] : together[0];
        Now = when > Now ? when : Now;
        Fire(peer, timer, "");
        return true;
    }

    private IEnumerable<(Peer Peer, TimerId Timer, Instant Due)> Timers()
        => A.State.Timers.Select(t => (A, t.Key, t.Value)).Concat(B.State.Timers.Select(t => (B, t.Key, t.Value)));

    private IEnumerable<(Peer Peer, TimerId Timer, Instant Due)> Resends() => Timers().Where(t => t.Timer.Kind == TimerKind.Resend);

    private void Fire(Peer peer, TimerId timer, string note)
    {
        Ladder.Add(LadderLine.Event(Now, peer.Name, $"timer: {timer.Kind} {note}".TrimEnd()));
        Step(peer, new Input.TimerFired(timer));
    }

    private void Deliver(Effect.Send datagram, string note)
    {
        Ladder.Add(LadderLine.Message(Now, Sender(datagram).Name, datagram.Datagram, note));
        if (seen.Count < 64 && note.Length == 0)
        {
            seen.Add(datagram);
        }

        Step(Sender(datagram) == A ? B : A, new Input.DatagramArrived(datagram.Remote, datagram.Local, datagram.Datagram), note == Altered);
    }

    private Peer Sender(Effect.Send datagram) => datagram.Local.Address.Equals(A.Endpoint.Setup.Local.Address) ? A : B;

    private void Step(Peer peer, Input input, bool altered = false)
    {
        var before = peer.State;
        var (state, effects) = peer.Step(before, Now, input);
        peer.State = state;
        foreach (var effect in effects)
        {
            peer.Told.Add((Now, effect));
            if (effect is Effect.Send send)
            {
                Flying.Add(send);
            }
            else if (effect is Effect.PairEstablished or Effect.IsakmpEstablished or Effect.PairDeleted or Effect.IsakmpDeleted
                or Effect.ExchangeFailed)
            {
                Ladder.Add(LadderLine.Event(Now, peer.Name, LadderLine.Words(effect)));
            }
        }

        open?.Invoke(A.OpenExchanges + B.OpenExchanges);
        (peer.Past, var fault) = OfOneEnd.After(peer.Past, new Taken(Now, before, input, state, effects, altered), tables);
        Demand(fault);
        Demand(OfBothEnds.Judge(A.State, A.Past, B.State, B.Past, noGap));
    }

    private static void Demand(Fault? fault)
    {
        if (fault is not null)
        {
            throw new PropertyViolatedException(fault.Property, fault.What);
        }
    }

    private static void AddIf(List<string> actions, bool when, string action)
    {
        if (when)
        {
            actions.Add(action);
        }
    }
}
