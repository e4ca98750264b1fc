using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exploration.Scenarios;
using RefIke.Specification;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>A datagram as somebody on the network sees it.</summary>
/// <param name="HasMarker">Whether it goes over the NAT traversal port, behind a non-ESP marker (RFC 3948 §2.2).</param>
public sealed record Sighting(Instant At, IPEndPoint From, IPEndPoint To, Octets Datagram, bool HasMarker);

/// <summary>One run, told again by the real core: for a drawing, a capture, a key log.</summary>
/// <param name="Violation">The property that it violates; null where all held.</param>
/// <param name="Lines">The ladder.</param>
/// <param name="Datagrams">Every datagram that arrived or was lost, in that order.</param>
/// <param name="Keys">The effects that tell keys.</param>
public sealed record Story(
    Violation? Violation, ImmutableArray<LadderLine> Lines, ImmutableArray<Sighting> Datagrams, ImmutableArray<Effect> Keys)
{
    /// <summary>Along a way, and on as an honest network would.</summary>
    public static Story Of(Scenario scenario, Budget budget, IReadOnlyList<int> way, TraceAcceptance? tables, Variation? variation = null)
    {
        var moves = Moves.Alone(scenario, budget, tables, variation);
        var walk = Walk.Along(moves, way);
        var fault = walk.Run();
        Happening[] happened = [.. walk.Made.SelectMany(m => m.Happened)];
        return new(
            fault is null ? null : walk.Of(fault),
            [.. Drawing.Lines(moves, walk.Made)],
            [.. happened.Where(h => h.Message is not null && h.Words != "held back").Select(h => Seen(h.At, h.Message!.Sent))],
            [.. happened.SelectMany(h => h.Step?.Effects ?? []).Where(e => e is Effect.KeysDerived or Effect.PairEstablished)]);
    }

    private static Sighting Seen(Instant at, Effect.Send sent)
        => new(at, sent.Local, sent.Remote, sent.Datagram, Addresses.IsNatTraversal(sent.Local) || Addresses.IsNatTraversal(sent.Remote));
}
