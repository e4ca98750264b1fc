using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>Where a group of cases begins.</summary>
/// <param name="Id">The group's id, and the beginning of its cases' ids.</param>
/// <param name="Exchange">The exchange that the cases are about.</param>
/// <param name="Role">Which side of it the endpoint under test plays.</param>
/// <param name="Awaits">The message that it awaits.</param>
/// <param name="IsA">Whether the endpoint under test is A.</param>
internal sealed class Scene(string id, string exchange, string role, string awaits, bool isA, Func<Stage> play)
{
    private Stage? stage;

    public string Id { get; } = id;

    public string Exchange { get; } = exchange;

    public string Role { get; } = role;

    public string Awaits { get; } = awaits;

    /// <summary>The two endpoints at that point.</summary>
    public Stage Stage => stage ??= play();

    /// <summary>The endpoint under test.</summary>
    public Stage.End Subject => isA ? Stage.A : Stage.B;

    /// <summary>Its honest peer.</summary>
    public Stage.End Peer => isA ? Stage.B : Stage.A;

    /// <summary>The honest datagram that the endpoint awaits, where one is in flight.</summary>
    public Octets Due => Sending.Datagram;

    /// <summary>The same with its addresses.</summary>
    public Effect.Send Sending => Stage.Flying.First(f => Stage.To(f) == Subject);

    /// <summary>Who has the keys that the endpoint holds.</summary>
    public Insider Insider => new(Subject.State);
}
