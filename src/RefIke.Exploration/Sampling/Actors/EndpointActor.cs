using Microsoft.Coyote.Actors;
using RefIke.Engine;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>The UDP host's loop: one input or one timer at a time; between two of them anybody else may go on, receivers and owner among them.</summary>
[OnEventDoAction(typeof(Woken), nameof(Turn))]
[OnEventDoAction(typeof(Untimely), nameof(Fire))]
internal class EndpointActor : Player
{
    /// <summary>What it steps.</summary>
    protected Host Host { get; private set; } = null!;

    /// <summary>For Q-learning, which asks before the run has begun too.</summary>
    protected override int HashedState => Host is null ? 0 : unchecked((int)Host.State.Digest);

    /// <inheritdoc/>
    protected override void Entered(Event e) => Host = ((EntersAs)e).Host;

    /// <summary>What its loop takes.</summary>
    protected virtual (Host.Waiting? Input, TimerId? Timer) Next() => Host.Next(Stage.At.Now);

    /// <summary>A step has been made and counts now.</summary>
    protected virtual void Count(LocalStep step, string words, Message? message)
    {
        Stage.Took(Host, step, words, message);
        Monitor<EveryStep>(new EveryStep.Taken(Stage, step));
        Monitor<Monitors.OpenExchanges>(new Monitors.OpenExchanges.Count(Stage.At.OpenExchanges));
        if (step.Sent.Length > 0)
        {
            Stage.Begins();
            SendEvent(Stage.Network!, new Sent(Stage.OnItsWay(step)));
        }
    }

    private void Turn()
    {
        var (input, timer) = Next();
        if (input is not null)
        {
            Step(input);
        }
        else if (timer is { } due)
        {
            Step(due, "");
        }
        else
        {
            Host.Awake--;
            Ends();
            return;
        }

        SendEvent(Id, new Woken());
    }

    private void Fire(Event e)
    {
        var untimely = (Untimely)e;
        if (Host.State.State.Timers.ContainsKey(untimely.Timer))
        {
            Step(untimely.Timer, untimely.Note);
        }

        Wake(Host);
        Ends();
    }

    private void Step(TimerId timer, string note)
        => Count(Stage.Rules.Steps.Fire(Host.Who, Host.State, Stage.At.Now, timer), $"timer: {timer.Kind} {note}".TrimEnd(), null);

    private void Step(Host.Waiting waiting)
    {
        var (steps, now) = (Stage.Rules.Steps, Stage.At.Now);
        if (waiting.Order is not { } order)
        {
            Count(steps.Arrive(Host.Who, Host.State, now, waiting.At!, waiting.Message!), waiting.Note, waiting.Message);
            return;
        }

        var ends = Stage.At.ForJudges;
        if ((waiting.Input ?? order.Of(ends)) is { } input)
        {
            var own = order.Tampering is { } tampering ? Stage.Rules.Known.Of(tampering(ends), Host.State.Past) : Host.State;
            Count(steps.Order(Host.Who, own, now, input), $"order: {order.Words}", null);
        }
    }
}
