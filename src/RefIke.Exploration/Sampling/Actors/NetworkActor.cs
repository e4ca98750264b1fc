using System.Net;
using Microsoft.Coyote.Actors;
using RefIke.Engine;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>
/// Says of each datagram whether it is lost, copied, held back or altered, within the budget; of old ones whether they come again; and lets the attacker act.
/// The order of arrival it leaves to Coyote's scheduler.
/// </summary>
[OnEventDoAction(typeof(Sent), nameof(Take))]
[OnEventDoAction(typeof(Stir), nameof(Stirred))]
internal sealed class NetworkActor : Player
{
    private readonly Dictionary<IPEndPoint, ActorId> links = [];

    private Budget Budget => Stage.Budget;

    /// <summary>Whether something may come that nothing flying brings.</summary>
    public static bool MayStir(Stage stage)
        => stage.At.Held.Length > 0 || stage.At.Spent.Replays < stage.Budget.Replays || stage.At.Spent.Attacks < stage.Budget.Attacks;

    private void Take(Event e)
    {
        var messages = ((Sent)e).Messages;
        foreach (var message in messages)
        {
            Carry(message);
        }

        if (MayStir(Stage) && Seldom(Stage.Budget.HarmOneIn))
        {
            Unasked(messages);
        }

        if (Stage.At.Spent.Early < Budget.PrematureTimers && Seldom(Stage.Budget.HarmOneIn))
        {
            Hurry();
        }

        Ends();
    }

    private void Stirred()
    {
        Unasked([]);
        Ends();
    }

    private void Carry(Message message)
    {
        var harm = Harm().ToArray();
        var spent = Stage.At.Spent;
        switch (harm.Length > 0 && Seldom(Stage.Budget.HarmOneIn) ? One(harm) : TurnKind.Deliver)
        {
            case TurnKind.Lose:
                Stage.At = Stage.At with { Spent = spent with { Losses = spent.Losses + 1 } };
                Stage.Did(TurnKind.Lose, message, "lost");
                break;
            case TurnKind.Copy:
                Stage.At = Stage.At with { Spent = spent with { Copies = spent.Copies + 1 } };
                Carry(message, "", Budget.Reorders);
                Carry(message, "copied", Budget.Reorders);
                break;
            case TurnKind.Hold:
                Stage.At = Stage.At with { Held = Moves.Sorted(Stage.At.Held.Append(message)), Spent = spent with { Delays = spent.Delays + 1 } };
                Stage.Did(TurnKind.Hold, message, "held back");
                break;
            case TurnKind.Alter:
                Stage.At = Stage.At with { Spent = spent with { Alterations = spent.Alterations + 1 } };
                Carry(Stage.Rules.Moves.Altered(message, RandomInteger(Alteration.Places)), "altered", Budget.Reorders);
                break;
            default:
                Carry(message, "", Budget.Reorders);
                break;
        }
    }

    private IEnumerable<TurnKind> Harm()
    {
        var spent = Stage.At.Spent;
        ReadOnlySpan<(bool May, TurnKind Kind)> all =
        [
            (spent.Losses < Budget.Losses, TurnKind.Lose), (spent.Copies < Budget.Copies, TurnKind.Copy),
            (spent.Delays < Budget.Delays, TurnKind.Hold), (spent.Alterations < Budget.Alterations, TurnKind.Alter),
        ];
        return [.. all.ToArray().Where(h => h.May).Select(h => h.Kind)];
    }

    /// <summary>One of what comes without being sent: first of which kind, then which.</summary>
    private void Unasked(Message[] flying)
    {
        var all = Stage.Rules.Moves.Unasked(Stage.At with { Flying = flying }).ToLookup(u => u.Kind);
        if (all.Count == 0)
        {
            return;
        }

        var kind = One([.. all.Select(g => g.Key).Order()]);
        var unasked = One([.. all[kind]]);
        Stage.At = unasked.Before with { Flying = [] };
        Carry(unasked.Message, unasked.Note, true);
    }

    /// <summary>A timer for sending again fires too early.</summary>
    private void Hurry()
    {
        var timers = Stage.Hosts.SelectMany(h => h.State.Timers.Where(t => t.Timer.Kind == TimerKind.Resend).Select(t => (Host: h, t.Timer))).ToArray();
        if (timers.Length > 0)
        {
            var (host, timer) = One(timers);
            Stage.At = Stage.At with { Spent = Stage.At.Spent with { Early = Stage.At.Spent.Early + 1 } };
            Stage.Begins();
            SendEvent(host.Loops[0], new Untimely(timer, "too early"));
        }
    }

    private void Carry(Message message, string note, bool alone)
    {
        Stage.Begins();
        var carries = new Carries(Stage, message, note, alone);
        if (alone)
        {
            CreateActor(typeof(LinkActor), carries);
        }
        else
        {
            var to = message.Sent.Remote;
            links[to] = links.TryGetValue(to, out var link) ? link : CreateActor(typeof(LinkActor), new Enters(Stage));
            SendEvent(links[to], carries);
        }
    }
}
