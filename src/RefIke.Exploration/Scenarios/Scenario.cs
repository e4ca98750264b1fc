using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Exploration.Scenarios;

/// <summary>A race to explore: how it begins, what the network may do, and what must hold in the end.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Words">Which race it is, the clause, the expected outcome.</param>
/// <param name="Properties">What is judged, besides the safety properties that every run is judged by.</param>
public sealed record Scenario(
    string Name, string Words, ImmutableArray<string> Properties, Budget Budget, Action<World, IChoices> Play)
{
    /// <summary>Seconds that a pair lives in it.</summary>
    public ulong Life { get; init; } = 1000;

    /// <summary>Seconds that an ISAKMP SA lives in it.</summary>
    public ulong IsakmpLife { get; init; } = 28800;

    /// <summary>All of them.</summary>
    public static ImmutableArray<Scenario> All { get; } = [.. SetUp.All, .. LifeCycle.All, .. Renewals.All];

    internal static Input Up { get; } = new Input.Connect("t", "c");
}
