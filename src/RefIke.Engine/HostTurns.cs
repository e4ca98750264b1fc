namespace RefIke.Engine;

/// <summary>What a host does next with its endpoint.</summary>
public enum HostTurn
{
    /// <summary>Takes the oldest input that waits.</summary>
    Take,

    /// <summary>Lets the timer fire that is due first.</summary>
    Fire,

    /// <summary>Waits for an input, or until a timer is due.</summary>
    Wait,
}

/// <summary>
/// In which order a host steps its endpoint: whoever receives puts inputs into one queue, and one loop alone takes them out and steps, so that
/// no step begins before the one before it has ended. An input comes before a timer that is due, as it may make it needless; but one
/// input, then one timer, so that no flood holds timers up.
/// </summary>
/// <param name="IsTimersTurn">Whether a timer that is due comes first.</param>
public readonly record struct HostTurns(bool IsTimersTurn)
{
    /// <summary>So many datagrams wait at most; more are dropped: a flood costs datagrams, not memory.</summary>
    public const int MostWaiting = 4096;

    /// <summary>Whether an input may wait, where so many do: an owner's order always, as nobody sends it again.</summary>
    public static bool Admits(int waiting, bool isDatagram) => waiting < MostWaiting || !isDatagram;

    /// <summary>What is next, and what that means for the turn after it.</summary>
    /// <param name="waits">Whether an input waits.</param>
    /// <param name="isDue">Whether a timer is due.</param>
    public (HostTurn Now, HostTurns After) Next(bool waits, bool isDue)
        => waits && !(isDue && IsTimersTurn) ? (HostTurn.Take, new(true))
            : isDue ? (HostTurn.Fire, new(false))
            : (HostTurn.Wait, this);
}
