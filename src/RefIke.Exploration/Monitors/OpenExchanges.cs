using Monitor = Microsoft.Coyote.Specifications.Monitor;

namespace RefIke.Exploration.Monitors;

/// <summary>
/// L-01 as Coyote's liveness monitor: hot while any exchange of either endpoint is neither established nor failed. A run that
/// ends hot, or stays hot for longer than Coyote's threshold, is a violation.
/// </summary>
internal sealed class OpenExchanges : Monitor
{
    /// <summary>How many exchanges are open now.</summary>
    internal sealed class Count(int open) : Event
    {
        public int Open { get; } = open;
    }

    [Start]
    [Cold]
    [OnEventDoAction(typeof(Count), nameof(Move))]
    private sealed class AllEnded : State;

    [Hot]
    [OnEventDoAction(typeof(Count), nameof(Move))]
    private sealed class SomeOpen : State;

    private void Move(Event e)
    {
        if (((Count)e).Open == 0)
        {
            RaiseGotoStateEvent<AllEnded>();
        }
        else
        {
            RaiseGotoStateEvent<SomeOpen>();
        }
    }
}
