using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Properties.Engine;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Specification.PlaceOfMessagesTests;

namespace RefIke.Properties.Bugs;

/// <summary>
/// What every test of a known bug demands of a hostile datagram: no exception, no answer where none is due, nothing changed that
/// was settled, and the exchange that it was put into still ends well with the true message.
/// </summary>
internal static class Hostile
{
    /// <summary>The datagram comes instead of the true one, is refused and leaves no trace; the true one then ends the exchange.</summary>
    public static void IsRefusedAndForgotten(Pair pair, Octets datagram, string what)
    {
        var good = pair.Flying.Single();
        var side = good.Remote.Address.Equals(pair.A.Endpoint.Setup.Local.Address) ? pair.A : pair.B;
        var (before, told) = (side.State, side.Told.Count);
        pair.Deliver(good with { Datagram = datagram });
        var effects = side.Told[told..];
        Assert.True(effects.OfType<Effect.Rejected>().Any(), $"{what}: not refused");
        Assert.DoesNotContain(effects, e => e is Effect.Send);
        Assert.True(Same(before, side.State), $"{what}: the state has changed");
        pair.Settle();
        Assert.True(pair.A.Pairs.Count() == 1 && pair.B.Pairs.Count() == 1, $"{what}: the true message was not taken any more");
    }

    /// <summary>A protected first message of Quick Mode, its HASH(1) right, that policy or sense refuses: no pair, the ISAKMP SA stays.</summary>
    public static void EndsOnlyTheQuickMode(Func<ImmutableArray<Payload>, IEnumerable<Payload>> change, string what)
    {
        var pair = Sent(7);
        var good = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Deliver(good with { Datagram = Insider.Rehashed(pair.A, good.Datagram, change) });
        Assert.True(pair.B.Told.OfType<Effect.Rejected>().Any(), $"{what}: not refused");
        pair.Settle();
        Assert.Empty(pair.B.Pairs);
        Assert.Single(pair.B.State.Isakmp, e => e.Value.Established is not null);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.True(pair.A.Pairs.Count() == 1 && pair.B.Pairs.Count() == 1, $"{what}: no Quick Mode after it");
    }

    private static bool Same(EndpointState a, EndpointState b)
        => a.Isakmp.SequenceEqual(b.Isakmp) && a.QuickModes.SequenceEqual(b.QuickModes) && a.Pairs.SequenceEqual(b.Pairs)
            && a.Timers.SequenceEqual(b.Timers);
}
