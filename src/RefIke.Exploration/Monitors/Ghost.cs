using System.Collections.Immutable;
using RefIke.Engine;

namespace RefIke.Exploration.Monitors;

/// <summary>
/// What an endpoint has done, as far as a property speaks of the past; it is a part of what is explored, so that two pasts that a
/// property tells apart are two states.
/// </summary>
public sealed record Ghost
{
    /// <summary>Before anything happened.</summary>
    public static Ghost Empty { get; } = new();

    /// <summary>How often it has lost all that it held and begun anew.</summary>
    public int Life { get; init; }

    /// <summary>After it has lost all that it held: what it has sent is another's now.</summary>
    internal Ghost AfterCrash() => this with { Life = Life + 1, Sent = [], Resent = ImmutableSortedDictionary<string, int>.Empty };

    /// <summary>In which state each exchange was left, by instance, exchange and role.</summary>
    public ImmutableSortedDictionary<string, string> Left { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Exchanges of phase 2 that were begun.</summary>
    public ImmutableSortedSet<string> Begun { get; init; } = [];

    /// <summary>Phase 1 exchanges that ended with an ISAKMP SA, with a digest of its keys and its last block.</summary>
    public ImmutableSortedDictionary<string, string> Authenticated { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Quick Modes that made a pair.</summary>
    public ImmutableSortedSet<string> Made { get; init; } = [];

    /// <summary>Exchanges of phase 2 that failed.</summary>
    public ImmutableSortedSet<string> Failed { get; init; } = [];

    /// <summary>ISAKMP SAs that have ended, by their cookies.</summary>
    public ImmutableSortedSet<string> Gone { get; init; } = [];

    /// <summary>Digests of the inbound keys met.</summary>
    public ImmutableSortedSet<string> Keys { get; init; } = [];

    /// <summary>The nonces of pairs met.</summary>
    public ImmutableSortedSet<string> Nonces { get; init; } = [];

    /// <summary>Every pair made, by inbound SPI.</summary>
    public ImmutableSortedDictionary<uint, PairFacts> Pairs { get; init; } = ImmutableSortedDictionary<uint, PairFacts>.Empty;

    /// <summary>Inbound SPIs of pairs that were deleted because a newer one took their place, with the Quick Mode that made that one.</summary>
    public ImmutableSortedDictionary<uint, string> Retired { get; init; } = ImmutableSortedDictionary<uint, string>.Empty;

    /// <summary>What was offered in the first message 1 of phase 1, by mode and to whom.</summary>
    public ImmutableSortedDictionary<string, string> Offers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Digests of what was sent.</summary>
    public ImmutableSortedSet<string> Sent { get; init; } = [];

    /// <summary>How often each message was sent again, by the timer (T) or for copies (C).</summary>
    public ImmutableSortedDictionary<string, int> Resent { get; init; } = ImmutableSortedDictionary<string, int>.Empty;
}

/// <summary>What the two ends of a pair must agree on.</summary>
public sealed record PairFacts(string Connection, bool Responds, uint PeerSpi, string Inbound, string Outbound, string Suite, string Own, string Peer)
{
    /// <summary>Of a pair.</summary>
    public static PairFacts Of(IpsecPair pair) => new(
        pair.Connection, pair.Role == Exchanges.Role.Responder, pair.PeerSpi, Digest.Of(pair.Inbound.Reveal()), Digest.Of(pair.Outbound.Reveal()),
        $"{pair.Suite}", $"{pair.Own}", $"{pair.Peer}");
}
