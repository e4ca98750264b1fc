using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Wire;

namespace RefIke.Exploration;

/// <summary>What a schedule may do to the network and the clock, and how often.</summary>
public sealed record Budget
{
    /// <summary>Datagrams that may vanish.</summary>
    public int Losses { get; init; }

    /// <summary>Datagrams that may be delivered and stay in flight.</summary>
    public int Copies { get; init; }

    /// <summary>Old datagrams that may be delivered again at any later time.</summary>
    public int Replays { get; init; }

    /// <summary>Timers that may fire before they are due.</summary>
    public int PrematureTimers { get; init; }

    /// <summary>Datagrams that may be delivered with one bit changed.</summary>
    public int Alterations { get; init; }

    /// <summary>Whether any datagram in flight may be the next, or only the oldest.</summary>
    public bool Reorders { get; init; }
}

/// <summary>
/// Two real endpoints on a network that <see cref="IChoices"/> rules, under one virtual clock. Every step is shown to the monitors.
/// </summary>
public sealed class World
{
    /// <summary>How often an honest endpoint sends one message again.</summary>
    public const int Retries = 4;

    private const string Altered = "altered";

    private static readonly IDiffieHellman Memo = new MemoisedDiffieHellman(DiffieHellman.Best);

    private readonly IChoices choices;
    private readonly Budget budget;
    private readonly Action<int>? open;
    private readonly List<Effect.Send> seen = [];
    private int losses;
    private int copies;
    private int replays;
    private int premature;
    private int alterations;
    private bool calm;

    /// <summary>A world for one schedule. A <paramref name="mutant"/>'s fault is put into A, or into both.</summary>
    /// <param name="open">Told how many exchanges are open after each step: for a liveness monitor.</param>
    public World(IChoices choices, Budget budget, Mutant? mutant = null, ulong life = 1000, ulong isakmpLife = 28800, Action<int>? open = null)
    {
        (this.choices, this.budget, this.open) = (choices, budget, open);
        var timing = new Timing { Retries = Retries };
        var a = Setup("A", 1, 2, life, isakmpLife) with { Timing = timing };
        A = new Peer("A", new Endpoint(mutant?.Change(a) ?? a), mutant);
        var b = Setup("B", 2, 1, life, isakmpLife) with { Timing = timing };
        B = new Peer("B", new Endpoint(mutant is { AtBothEnds: true } ? mutant.Change(b) : b));
        Monitors = new MonitorSet(this);
    }

    /// <summary>The first endpoint; a seeded fault is in it.</summary>
    public Peer A { get; }

    /// <summary>The second.</summary>
    public Peer B { get; }

    /// <summary>The clock.</summary>
    public Instant Now { get; private set; }

    /// <summary>Datagrams in flight.</summary>
    public List<Effect.Send> Flying { get; } = [];

    /// <summary>What watches.</summary>
    public MonitorSet Monitors { get; }

    /// <summary>What happened, for the ladder.</summary>
    public List<LadderLine> Ladder { get; } = [];

    /// <summary>Either peer, as the choices say.</summary>
    public Peer Someone => choices.Choose(2) == 0 ? A : B;

    /// <summary>An order of an owner.</summary>
    public void Order(Peer peer, Input order)
    {
        Ladder.Add(LadderLine.Event(Now, peer.Name, $"order: {order.GetType().Name}"));
        Step(peer, order);
    }

    /// <summary>Lets the network and the clock do what the choices say, until nothing is left to do before <paramref name="end"/>.</summary>
    public void Run(Instant end, int steps = 2000)
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

    /// <summary>The same on a network that does no harm: to bring a scenario to its start.</summary>
    public void RunCalmly(Instant end)
    {
        calm = true;
        Run(end);
        calm = false;
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

    /// <summary>
    /// One bit changed: in the first cookie, the flags, the message id, the first three blocks, or the last octet. In CBC that
    /// garbles one block and changes one bit of the next: with 8-octet blocks a HASH alone can be hit.
    /// </summary>
    private Octets OneBitOther(Octets datagram)
    {
        int[] places = [0, 19, 23, 28 + 4, 28 + 8, 28 + 16, datagram.Length - 1];
        var octets = datagram.ToArray();
        octets[Math.Min(places[choices.Choose(places.Length)], octets.Length - 1)] ^= 1;
        return octets;
    }

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
        Monitors.After(peer, before, input, effects, altered);
    }

    private static void AddIf(List<string> actions, bool when, string action)
    {
        if (when)
        {
            actions.Add(action);
        }
    }

    private static EndpointSetup Setup(string name, byte own, byte peer, ulong life, ulong isakmpLife)
    {
        IPEndPoint At(byte n, int port) => new(new IPAddress([10, 0, 0, n]), port);
        ImmutableArray<ChildPolicy> children =
        [
            new ChildPolicy("c", Selector.ToPayload(new IPAddress([10, own, 0, 0]), 16), Selector.ToPayload(new IPAddress([10, peer, 0, 0]), 16),
                [SuiteNames.Esp("aes128-sha1-modp768", life)!]),
        ];
        var connection = new Connection("t", At(peer, 500), Secret.Of("exploration"u8), Selector.ToPayload(At(own, 0).Address, 32),
            Selector.ToPayload(At(peer, 0).Address, 32), [SuiteNames.Phase1("3des-sha1-modp768", isakmpLife)!], children);
        return new EndpointSetup(name, At(own, 500), At(own, 4500), [connection], new NamedRandomness(2409, name)) { DiffieHellman = Memo };
    }
}
