using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Exhaustive;

/// <summary>How far a search may go, and with what.</summary>
/// <param name="States">After so many states it stops without a verdict.</param>
/// <param name="Workers">How many threads look.</param>
/// <param name="Part">Which part of a search that is split, from 1.</param>
/// <param name="Of">Into how many parts it is split.</param>
public sealed record SearchLimits(int States = 20_000_000, int Workers = 2, int Part = 1, int Of = 1)
{
    /// <summary>
    /// A folder in which the search writes down how far it has come, and from which it goes on where one is written down; null for none.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>With a folder: of so many states the digests are in memory, of older ones on disk.</summary>
    public int MostInMemory { get; init; } = 50_000_000;

    /// <summary>With a folder: how long it goes on until it writes down how far it has come.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The program's version, for what is written down.</summary>
    public string Version { get; init; } = "";

    /// <summary>
    /// Whether a turn is this part's. Harm decides: every part goes all ways on which none is done, and of the first harm done each
    /// is one part's, whatever led there.
    /// </summary>
    internal bool Has(JointState before, TurnName turn)
        => Of == 1 || !turn.IsHarm || before.Spent != default || Canonical.Digest(turn.Kind, turn.Who, turn.Message, turn.Place, turn.Timer) % (UInt128)Of == (UInt128)(Part - 1);
}

/// <summary>How far a search has come.</summary>
public sealed record SearchProgress(long States, long Transitions, int Depth, int Frontier);
