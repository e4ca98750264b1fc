using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Exhaustive;

/// <summary>What an exhaustive search came to.</summary>
/// <param name="IsWhole">Whether every state within the bounds was seen, and no property failed.</param>
/// <param name="States">Different joint states.</param>
/// <param name="Transitions">Moves made, those that led to a known state too.</param>
/// <param name="Ends">States in which the scenario had ended.</param>
/// <param name="Depth">Moves of the longest shortest way.</param>
/// <param name="LocalStates">Different states of one endpoint with its past.</param>
/// <param name="Messages">Different datagrams.</param>
/// <param name="CoreSteps">Steps that the real core made; all others were remembered.</param>
/// <param name="Memory">Octets in use at the end.</param>
public sealed record ExhaustiveResult(
    string Scenario, bool IsWhole, long States, long Transitions, long Ends, int Depth, int LocalStates, int Messages, int CoreSteps,
    TimeSpan Time, long Memory, string Bounds, Violation? Found)
{
    /// <summary>States that a former run had written down.</summary>
    public int TakenUp { get; init; }

    /// <summary>Parts of the reached set that memory did not hold.</summary>
    public int OnDisk { get; init; }

    /// <summary>The digests of the states, sorted.</summary>
    public IReadOnlyList<UInt128> Reached { get; init; } = [];

    /// <summary>256 bits over the set of states, the same in every run: a certificate to compare.</summary>
    public string Digest => SetDigest.Of(Reached);

    /// <summary>Different joint states a second.</summary>
    public double Rate => (States - TakenUp) / Math.Max(Time.TotalSeconds, 1e-6);

    /// <summary>
    /// How likely it is at most that two states were taken for one: states are told apart by 128 bits of SHA-256.
    /// </summary>
    public double CollisionBound => States / 2.0 * States / Math.Pow(2, 128);
}
