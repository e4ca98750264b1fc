using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exploration.Monitors;

namespace RefIke.Exploration.Scenarios;

/// <summary>A race to explore: how it begins, what the network may do, and what must hold in the end.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Words">Which race it is, the clause, the expected outcome.</param>
/// <param name="Properties">What is judged, besides the safety properties that every run is judged by.</param>
/// <param name="Variants">The same race with the roles exchanged: which one is played is the first choice.</param>
public sealed record Scenario(
    string Name, string Words, ImmutableArray<string> Properties, Budget Budget, params ImmutableArray<ImmutableArray<Act>> Variants)
{
    /// <summary>The rows of the catalogue of races that it plays, as R-05; empty where it is about none by itself.</summary>
    public string Race { get; init; } = "";

    /// <summary>The budget of the exhaustive search, where the scenario's own has no end.</summary>
    public Budget? Bounded { get; init; }

    /// <summary>The budget that the exhaustive search has.</summary>
    public Budget InSearch => Bounded ?? Budget;

    /// <summary>How many endpoints play: A and B, or C too.</summary>
    public int Parties { get; init; } = 2;

    /// <summary>Whether A is behind a NAT.</summary>
    public bool Natted { get; init; }

    /// <summary>
    /// Whether all orders before the network chooses are given before anything arrives, also where owners act beside the network: what is due
    /// is said for that alone.
    /// </summary>
    public bool OrdersAtOnce { get; init; }

    /// <summary>What an endpoint has otherwise than <see cref="Cast"/> gives it.</summary>
    public Func<Side, EndpointSetup, EndpointSetup> Change { get; init; } = (_, setup) => setup;

    /// <summary>Seconds that a pair lives in it.</summary>
    public ulong Life { get; init; } = 1000;

    /// <summary>Seconds that an ISAKMP SA lives in it.</summary>
    public ulong IsakmpLife { get; init; } = 28800;

    /// <summary>The acts with A in the first role, and with B.</summary>
    internal static ImmutableArray<ImmutableArray<Act>> EitherFirst(Func<Side, Side, ImmutableArray<Act>> acts)
        => [acts(Side.A, Side.B), acts(Side.B, Side.A)];

    /// <summary>When a race begins that needs a pair.</summary>
    internal static Instant Begins { get; } = new(1000);

    /// <summary>A pair up, made by A on a network that does no harm, before the race begins.</summary>
    internal static ImmutableArray<Act> Established { get; } =
        [new Act.Do(Order.Up(Side.A)), new Act.Let(Begins, Calm: true), AtTheEnd.SamePairs("L-02", 1, 1)];

    /// <summary>When a race begins in which the responder may rekey the pair at once (D-140).</summary>
    internal static Instant RekeysBegin { get; } = new(40_000);

    /// <summary>The same, and calm until then.</summary>
    internal static ImmutableArray<Act> Settled { get; } = [.. Established, new Act.Let(RekeysBegin, Calm: true)];

    /// <summary>A first attempt at phase 1 has ended, and whatever was half open.</summary>
    internal static Instant AfterAnAttempt { get; } = new(70_000);

    /// <summary>A second one, begun when the first had ended, likewise.</summary>
    internal static Instant AfterTwo { get; } = new(140_000);

    /// <summary>All of them.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        .. SetUp.All, .. LifeCycle.All, .. Renewals.All,
        .. Phase1Losses.All, .. Phase1Attacks.All, .. HostilePeers.All, .. Methods.All,
        .. Lifetimes.All, .. Parents.All, .. DeadPeerRaces.All, .. BehindNat.All, .. UserAccess.All, .. InFragments.All, .. GroupRaces.All, .. QuickModeForms.All,
        .. QuickModeRaces.All, .. Restarts.All, .. ThirdParties.All, .. Storms.All,
    ];
}
