using Microsoft.Coyote.Actors;
using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>
/// One run among actors: what they share, and what judges see of it. Coyote lets one actor go on at a time, so nothing here needs a lock.
/// </summary>
internal sealed class Stage
{
    /// <summary>A run in which more than this happens does not come to rest; the longest that do are fifty times shorter.</summary>
    private const int MostHappens = 5_000;

    private readonly Tally tally;
    private readonly List<Move> made = [];
    private ulong digest = 17;
    private int going;

    /// <summary>Before the run.</summary>
    public Stage(Rules rules, Tally tally)
    {
        (Rules, this.tally) = (rules, tally);
        Acts = new Acts(rules.Scenario, rules.Moves, rules.Steps, rules.Known, leavesOrders: !rules.Scenario.OrdersAtOnce);
        At = rules.Moves.Blank;
        Hosts = [.. At.Ends.Select((end, n) => new Host((Side)n, end))];
    }

    /// <summary>Of the scenario.</summary>
    public Rules Rules { get; }

    /// <summary>What may be done to network and clock.</summary>
    public Budget Budget => Rules.Scenario.Budget;

    /// <summary>In which nobody chooses.</summary>
    public Acts Acts { get; }

    /// <summary>Everything at this moment, but for what waits in queues.</summary>
    public JointState At { get; set; }

    /// <summary>A, B, and C where there is one.</summary>
    public Host[] Hosts { get; }

    /// <summary>Who loses, copies, holds back, alters.</summary>
    public ActorId? Network { get; set; }

    /// <summary>Who lets time pass.</summary>
    public ActorId? Clock { get; set; }

    /// <summary>Who plays the acts.</summary>
    public ActorId? Owner { get; set; }

    /// <summary>The first property that does not hold.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>Whether more has happened than in a run that comes to rest.</summary>
    public bool IsEndless => made.Count > MostHappens;

    /// <summary>The run as far as it has come, drawn.</summary>
    public string Ladder => Drawing.Of(Rules.Moves, made);

    /// <summary>Something begins that must end before time may pass.</summary>
    public void Begins() => going++;

    /// <summary>It has ended.</summary>
    /// <returns>Whether nobody has anything to do now.</returns>
    public bool Ends() => --going == 0;

    /// <summary>An endpoint has taken a step.</summary>
    public void Took(Host host, LocalStep step, string words, Message? message)
    {
        host.State = step.After;
        At = At.With(host.Who, step.After);
        Mix(step.After.Digest ^ (uint)host.Who);
        made.Add(new Move(At, step.Fault, false, [new(At.Now, words, message, host.Who, step)]));
    }

    /// <summary>The network has done something to a datagram.</summary>
    public void Did(TurnKind kind, Message message, string words)
    {
        Mix(message.Digest ^ (uint)kind);
        made.Add(new Move(At, null, false, [new(At.Now, words, message, null, null)]));
    }

    /// <summary>An act was played: everybody is as it left him.</summary>
    public void Played(Move move)
    {
        At = move.After with { Flying = [] };
        foreach (var host in Hosts)
        {
            host.State = At.Ends[(int)host.Who];
        }

        made.Add(move);
    }

    /// <summary>What a step sends, on its way.</summary>
    public Message[] OnItsWay(LocalStep step) => Rules.Moves.OnTheirWay(step, At.Mapping);

    /// <summary>A property does not hold: the run is over.</summary>
    public void Broke(Fault fault)
    {
        Fault = fault;
        Over();
    }

    /// <summary>The run is over.</summary>
    public void Over()
    {
        tally.Different.Add(DifferentSchedules.Mixed(digest));
        tally.Ran(made.Count);
    }

    private void Mix(UInt128 what) => digest = DifferentSchedules.Mixed(digest ^ unchecked((ulong)what));
}
