namespace RefIke.Exploration.Scenarios;

/// <summary>What a schedule may do to the network and the clock, and how often.</summary>
public sealed record Budget
{
    /// <summary>As many as there are.</summary>
    public const int AnyNumber = int.MaxValue;

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
