using Microsoft.Coyote.Actors;
using RefIke.Engine;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>One clock for all, which stands still as long as anybody has anything to do; then it goes on to the next timer that is due.</summary>
[OnEventDoAction(typeof(AtRest), nameof(GoOn))]
internal sealed class ClockActor : Player
{
    private void GoOn()
    {
        if (NetworkActor.MayStir(Stage) && Seldom(Stage.Budget.HarmOneIn))
        {
            Stage.Begins();
            SendEvent(Stage.Network!, new Stir());
            return;
        }

        var (end, now) = (Stage.Acts.EndOf(Stage.At), Stage.At.Now);
        var timers = Stage.Hosts.SelectMany(h => h.State.Timers.Select(t => (Host: h, t.Timer, t.Due)))
            .OrderBy(t => t.Due).ThenBy(t => t.Timer).ThenBy(t => t.Host.Who).ToArray();
        if (timers.Length == 0 || timers[0].Due > end)
        {
            Stage.At = Stage.At with { Act = Stage.At.Act + 1, Now = now < end ? end : now };
            SendEvent(Stage.Owner!, new ActIsOver());
            return;
        }

        now = timers[0].Due > now ? timers[0].Due : now;
        var spent = Stage.At.Spent;
        if (spent.Late < Stage.Budget.LateTimers && timers.Where(t => t.Due > now && t.Due <= end).ToArray() is [var next, ..] && Seldom(Stage.Budget.HarmOneIn))
        {
            Stage.At = Stage.At with { Now = next.Due, Spent = spent with { Late = spent.Late + 1 } };
            Stage.Begins();
            SendEvent(next.Host.Loops[0], new Untimely(next.Timer, "before one that was due"));
            return;
        }

        Stage.At = Stage.At with { Now = now };
        Stage.Begins();
        foreach (var host in Stage.Hosts.Where(h => h.Due(now) is not null))
        {
            Wake(host);
        }

        Ends();
    }
}
