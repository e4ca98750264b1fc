using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exploration.Monitors;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>C, who has a secret with B and none with A: beside A, honest or not .</summary>
internal static class ThirdParties
{
    private static readonly Instant Later = new(200_000);

    /// <summary>A and C each have a pair with B.</summary>
    private static ImmutableArray<Act> BothUp { get; } =
    [
        new Act.Do(Order.Up(Side.A), Order.Up(Side.C)), new Act.Let(Begins, Calm: true, Overheard: true),
        AtTheEnd.SamePairs("L-02", 1, 1), AtTheEnd.SamePairs("L-02", 1, 1, Side.C),
    ];

    public static IEnumerable<Scenario> All => [.. Honest, .. Hostile];

    private static IEnumerable<Scenario> Honest =>
    [
        Of("third-party-beside",
            "A and C begin with B at once, each for the first time (RFC 2407 §4.6.3.3, RFC 2408 §2.5.3). Each gets its pair, and INITIAL-CONTACT of the one takes nothing of the other.",
            ["L-01", "L-02", "S-13", "S-17"], new Budget { Losses = 2 }, "R-49",
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.C)), new Act.Let(Later), AtTheEnd.EveryExchangeEnded,
                AtTheEnd.SamePairs("L-02", 1, 1), AtTheEnd.SamePairs("L-02", 1, 1, Side.C),
            ]),
        Of("third-party-restart",
            "C loses everything and begins again with INITIAL-CONTACT, while A rekeys its pair (RFC 2407 §4.6.3.3). C's old SAs go at B, A's stay.",
            ["L-01", "L-05", "L-08", "S-13", "S-17"], new Budget { Losses = 1, Copies = 1 }, "R-46 R-49",
            [
                .. BothUp, new Act.NoGap(), new Act.Crash(Side.C), new Act.Do(Order.Rekey(Side.A), Order.Up(Side.C)), new Act.Let(Later),
                AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("L-05"), AtTheEnd.SamePairs("L-08", 1, 1, Side.C),
            ]),
    ];

    private static IEnumerable<Scenario> Hostile =>
    [
        Of("redirected",
            "Datagrams between A and B are sent to C, and those of C to A, as they are (RFC 2408 §2.5.3: an SA is found by its cookies). Nobody takes what is not under an SA of his own.",
            ["L-01", "L-03", "S-13"], new Budget { Attacks = 3, Ways = Attacks.Redirect }, "R-04 R-15",
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.C)), new Act.Let(Later), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen,
                AtTheEnd.SamePairs("L-03", 1, 1), AtTheEnd.SamePairs("L-03", 1, 1, Side.C),
            ]) with { Bounded = new Budget { Attacks = 1, Ways = Attacks.Redirect } },
        Of("third-party-delete",
            "C, authenticated and hostile, deletes the SPIs of A's pair with B, while A rekeys (RFC 2408 §3.15, §5.15). The Delete is authentic and not C's to say: A's pair stays.",
            ["L-01", "L-05", "S-13", "S-14"], new Budget { Copies = 1, Reorders = true }, "R-72",
            [.. BothUp, new Act.NoGap(), new Act.Do(Order.Rekey(Side.A), DeletesOfAnother(Side.A)), .. Spared],
            [.. BothUp, new Act.NoGap(), new Act.Do(Order.Rekey(Side.A), DeletesOfAnother(Side.B)), .. Spared]) with { OrdersAtOnce = true },
        Of("third-party-splices",
            "Clear messages of C's phase 1 with B are mixed with those of A's (RFC 2409 §5, §5.4: the secret is found by the address). An exchange may fail, nobody is taken for the other.",
            ["L-01", "L-04", "L-11", "S-01", "S-13"], new Budget { Attacks = 2, Ways = Attacks.Splice | Attacks.Readdress }, "R-15",
            [
                new Act.Do(Order.Up(Side.A), Order.Up(Side.C)), new Act.Let(Later), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen,
                AtTheEnd.SamePairs("L-04", 0, 1), AtTheEnd.SamePairs("L-04", 0, 1, Side.C),
            ]) with { Bounded = new Budget { Attacks = 1, Ways = Attacks.Splice | Attacks.Readdress } },
    ];

    private static ImmutableArray<Act> Spared { get; } =
    [
        new Act.Let(Later), AtTheEnd.EveryExchangeEnded, .. AtTheEnd.CommonPair("S-14"), AtTheEnd.SamePairs("S-14", 1, 1),
        AtTheEnd.SamePairs("S-14", 1, 1, Side.C),
    ];

    /// <summary>
    /// C puts a pair into its memory that has the SPI of A's pair with B, as <paramref name="whose"/> receives on it, and has its endpoint delete it.
    /// </summary>
    private static Order DeletesOfAnother(Side whose) => new(Side.C, "DeletePair of another", ends => new Input.DeletePair(Spi(ends, whose)))
    {
        Tampering = ends =>
        {
            var (own, spi) = (ends.Of(Side.C).Pairs.Values.First(), Spi(ends, whose));
            var faked = own with { Spi = spi, Standing = PairStanding.Replaced, Bundle = [.. own.Bundle.Select(sa => sa with { OwnSpi = spi })] };
            return ends.Of(Side.C) with { Pairs = ends.Of(Side.C).Pairs.SetItem(spi, faked) };
        },
    };

    private static uint Spi(Ends ends, Side whose) => ends.Of(whose).Pairs.Values.First(p => p.Connection == "t").Spi;

    private static Scenario Of(
        string name, string words, ImmutableArray<string> properties, Budget budget, string race, params ImmutableArray<ImmutableArray<Act>> variants)
        => new(name, words, properties, budget, variants) { Parties = 3, Race = race, Change = Changes.Contact };
}
