using System.Runtime.CompilerServices;
using Stateless;

namespace RefIke.Exchanges.Machines;

/// <summary>
/// An exchange's table for one role, configured row by row into a Stateless machine. The machine is kept and used for any
/// number of exchanges: its state is set before each step and read after it, so that a step stays a function of the record.
/// </summary>
/// <remarks>One instance a thread: it holds the turn in progress.</remarks>
public sealed class Table<TState, TEvent, TTurn>
    where TState : struct, Enum
    where TEvent : struct, Enum
    where TTurn : class
{
    /// <summary>The name of a guard that is always true.</summary>
    public const string Always = "Always";

    private readonly StateMachine<TState, TEvent> machine;
    private readonly Dictionary<(TState, TEvent), List<Row>> rows = [];
    private readonly List<Transition> transitions = [];
    private readonly HashSet<(TState, TEvent, string)> entries = [];
    private readonly Wiring wiring;
    private TState current;
    private TTurn? turn;
    private Row? taken;
    private TState configuring;

    /// <summary>An empty table; fill it with <see cref="In"/> and the rows.</summary>
    public Table(string exchange, string role, Wiring wiring)
    {
        (Exchange, Role, this.wiring) = (exchange, role, wiring);
        machine = new StateMachine<TState, TEvent>(() => current, s => current = s, FiringMode.Immediate);
        machine.OnUnhandledTrigger((_, _, _) => { });
    }

    private sealed record Row(string Guard, Func<TTurn, bool> Holds, TState Next, string Sends, Action<TTurn>? Send);

    /// <summary>The exchange's name, as in the rows.</summary>
    public string Exchange { get; }

    /// <summary>The role's name, as in the rows.</summary>
    public string Role { get; }

    /// <summary>The rows as configured, payload texts and clauses included.</summary>
    public IReadOnlyList<Transition> Transitions => transitions;

    /// <summary>The Stateless machine itself, for <c>GetInfo()</c> and diagrams.</summary>
    public StateMachine<TState, TEvent> Machine => machine;

    /// <summary>The rows that follow start in this state.</summary>
    public Table<TState, TEvent, TTurn> In(TState state)
    {
        configuring = state;
        machine.Configure(state);
        return this;
    }

    /// <summary>A row: on this event, when the guard holds, send and go on.</summary>
    public Table<TState, TEvent, TTurn> On(TEvent ev, TState next, string clause, Func<TTurn, bool>? when = null,
        Action<TTurn>? send = null, string payloads = "",
        [CallerArgumentExpression(nameof(when))] string guard = "", [CallerArgumentExpression(nameof(send))] string sends = "")
    {
        var guardName = when is null ? Always : Simple(guard);
        var sendName = send is null ? "Nothing" : Simple(sends);
        sendName = sendName.StartsWith("Send", StringComparison.Ordinal) ? sendName[4..] : sendName;
        var place = $"{Exchange}.{Role}.{configuring}.{ev}.{guardName}";
        if (wiring.NextStates.TryGetValue(place, out var other))
        {
            next = Enum.Parse<TState>(other);
        }

        var row = new Row(guardName, Wired(guardName, when ?? (_ => true)), next, sendName, Wired(sendName, send));
        if (!rows.TryGetValue((configuring, ev), out var list))
        {
            rows[(configuring, ev)] = list = [];
        }

        list.Add(row);
        transitions.Add(new Transition(Exchange, Role, $"{configuring}", $"{ev}", guardName, $"{next}", sendName, payloads, clause));
        if (EqualityComparer<TState>.Default.Equals(next, configuring))
        {
            machine.Configure(configuring).InternalTransitionIf(ev, _ => row.Holds(turn!), _ => taken = row, guardName);
        }
        else
        {
            machine.Configure(configuring).PermitIf(ev, next, () => row.Holds(turn!), guardName);
            if (entries.Add((next, ev, sendName)))
            {
                machine.Configure(next).OnEntryFrom(ev, t => Enter(t.Source, t.Trigger), sendName);
            }
        }

        return this;
    }

    /// <summary>A row that refuses: on this event, when the guard holds, nothing is sent and the state stays.</summary>
    public Table<TState, TEvent, TTurn> Refuse(TEvent ev, string clause, Func<TTurn, bool> when,
        [CallerArgumentExpression(nameof(when))] string guard = "")
        => On(ev, configuring, clause, when, null, "", guard, "");

    /// <summary>
    /// One step. Gives the row taken as a trace entry and the state after it; null where no row takes the event.
    /// </summary>
    public (TState Next, TraceEntry? Taken) Step(TState before, TEvent ev, TTurn inProgress)
    {
        (current, turn, taken) = (before, inProgress, null);
        machine.Fire(ev);
        turn = null;
        return taken is null
            ? (before, null)
            : (current, new TraceEntry(Exchange, Role, $"{before}", $"{ev}", taken.Guard, $"{current}", taken.Sends));
    }

    /// <summary>Which row of (source, event) was taken is known by its guard; then its message is sent.</summary>
    private void Enter(TState source, TEvent ev)
    {
        if (taken is not null)
        {
            return;     // several rows enter this state on this event: Stateless runs each one's entry action
        }

        foreach (var row in rows[(source, ev)])
        {
            if (EqualityComparer<TState>.Default.Equals(row.Next, current) && row.Holds(turn!))
            {
                taken = row;
                row.Send?.Invoke(turn!);
                return;
            }
        }
    }

    /// <summary><c>SecondMessage.HashMatches</c> is the guard HashMatches: the class says of which message.</summary>
    private static string Simple(string expression) => expression[(expression.LastIndexOf('.') + 1)..];

    private Func<TTurn, bool> Wired(string name, Func<TTurn, bool> guard)
        => wiring.Guards.TryGetValue($"{Exchange}.{Role}.{name}", out var other) ? t => other(t, guard(t)) : guard;

    private Action<TTurn>? Wired(string name, Action<TTurn>? send)
        => send is not null && wiring.Sends.TryGetValue($"{Exchange}.{Role}.{name}", out var other) ? t => other(t, () => send(t)) : send;
}
