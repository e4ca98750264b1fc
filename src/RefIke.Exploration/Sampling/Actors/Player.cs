using Microsoft.Coyote.Actors;
using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>Whoever plays in a run.</summary>
internal abstract class Player : Actor
{
    /// <summary>The run.</summary>
    protected Stage Stage { get; private set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializeAsync(Event initialEvent)
    {
        Stage = ((Enters)initialEvent).Stage;
        Entered(initialEvent);
        return Task.CompletedTask;
    }

    /// <summary>The run has begun.</summary>
    protected virtual void Entered(Event e)
    {
    }

    /// <summary>What one began has ended; the clock hears where nobody has anything to do.</summary>
    protected void Ends()
    {
        if (Stage.Ends())
        {
            SendEvent(Stage.Clock!, new AtRest());
        }
    }

    /// <summary>A loop that waits goes on.</summary>
    protected void Wake(Host host)
    {
        if (host.Awake > 0)
        {
            return;
        }

        host.Awake = host.Loops.Count;
        foreach (var loop in host.Loops)
        {
            Stage.Begins();
            SendEvent(loop, new Woken());
        }
    }

    /// <summary>One time in so many.</summary>
    protected bool Seldom(int oneIn) => RandomInteger(oneIn) == 0;

    /// <summary>One of them.</summary>
    protected T One<T>(IReadOnlyList<T> of) => of[of.Count < 2 ? 0 : RandomInteger(of.Count)];

    /// <summary>A property does not hold.</summary>
    protected void Breaks(Fault fault)
    {
        Stage.Broke(fault);
        Assert(false, "{0}", $"{fault.Property}: {fault.What}");
    }
}
