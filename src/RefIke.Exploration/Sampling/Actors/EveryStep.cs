using RefIke.Exploration.Monitors;
using RefIke.Exploration.Worlds;
using Monitor = Microsoft.Coyote.Specifications.Monitor;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>The safety properties, of one end and of both, as Coyote's monitor: told of every step.</summary>
internal sealed class EveryStep : Monitor
{
    /// <summary>A step, and everything after it.</summary>
    internal sealed class Taken(Stage stage, LocalStep step) : Event
    {
        /// <summary>The first property that it breaks.</summary>
        public Fault? Fault => step.Fault ?? stage.Rules.Steps.Judge(stage.At.Ends, stage.At.NoGap)
            ?? (stage.IsEndless ? new Fault("L-15", "the run does not come to rest") : null);

        /// <summary>The run.</summary>
        public Stage Stage => stage;
    }

    private void Judge(Event e)
    {
        var taken = (Taken)e;
        if (taken.Fault is { } fault)
        {
            taken.Stage.Broke(fault);
            Assert(false, "{0}", $"{fault.Property}: {fault.What}");
        }
    }

    [Start]
    [OnEventDoAction(typeof(Taken), nameof(Judge))]
    private sealed class Watching : State;
}
