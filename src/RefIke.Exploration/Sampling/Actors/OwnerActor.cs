using Microsoft.Coyote.Actors;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>
/// Plays the acts. What the network cannot disturb is played as by the driver; orders right before the network chooses are put into the hosts'
/// queues, all at once, beside whatever comes there.
/// </summary>
[OnEventDoAction(typeof(ActIsOver), nameof(PlayOn))]
internal sealed class OwnerActor : Player
{
    /// <inheritdoc/>
    protected override void Entered(Event e)
    {
        foreach (var host in Stage.Hosts)
        {
            host.Loops = [.. ((Begins)e).Loops.Select(loop => CreateActor(loop, new EntersAs(Stage, host)))];
        }

        Stage.Network = CreateActor(typeof(NetworkActor), new Enters(Stage));
        Stage.Clock = CreateActor(typeof(ClockActor), new Enters(Stage));
        Stage.Owner = Id;
        Stage.At = Stage.At with { Variant = One([.. Enumerable.Range(0, Stage.Rules.Scenario.Variants.Length)]) };
        PlayOn();
    }

    /// <summary>To the owner: who steps each endpoint.</summary>
    internal sealed class Begins(Stage stage, IReadOnlyList<Type> loops) : Enters(stage)
    {
        /// <summary>One, in a host that is sound.</summary>
        public IReadOnlyList<Type> Loops => loops;
    }

    private void PlayOn()
    {
        var move = Stage.Acts.Settle(new Move(Stage.At, null, false, []));
        Stage.Played(move);
        Monitor<Monitors.OpenExchanges>(new Monitors.OpenExchanges.Count(Stage.At.OpenExchanges));
        if (move.Fault is { } fault)
        {
            Breaks(fault);
            return;
        }

        if (Stage.Acts.IsOver(Stage.At))
        {
            Stage.Over();
            return;
        }

        Stage.Begins();
        if (move.After.Flying.Length > 0)
        {
            Stage.Begins();
            SendEvent(Stage.Network!, new Sent(move.After.Flying));
        }

        Give([.. Stage.Acts.OrdersBeforeChoices(Stage.At)]);
        Ends();
    }

    /// <summary>As an owner does it who looks at what there is and then says what he wants; what depends on an earlier order waits for its turn.</summary>
    private void Give(IReadOnlyList<Order> orders)
    {
        var ends = Stage.At.ForJudges;
        Stage.At = Stage.Acts.OrdersGiven(Stage.At);
        foreach (var order in orders)
        {
            var host = Stage.Hosts[(int)order.To];
            host.Post(new(null, null, "", order, order.Of(ends)));
            Wake(host);
        }
    }
}
