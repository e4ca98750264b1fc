using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exploration.Monitors;
using RefIke.Wire;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>A peer that has all keys says beside a right message one that must be refused (RFC 2408 §5): one wrong thing in each run.</summary>
internal static class HostilePeers
{
    private static readonly Instant End = new(400_000);

    public static IEnumerable<Scenario> All => [.. Frames, .. Offers, .. Contents];

    private static IEnumerable<Scenario> Frames =>
    [
        Phase1("wrong-frames", "a header or a frame", "RFC 2408 §5.1 to §5.3", Attacks.WrongFrame),
        Phase1("wrong-frames-aggressive", "a header or a frame", "RFC 2408 §5.1 to §5.3, in Aggressive Mode", Attacks.WrongFrame, Changes.Aggressive),
    ];

    private static IEnumerable<Scenario> Offers =>
    [
        Phase1("wrong-offers", "an offer or a choice", "RFC 2408 §4.2, RFC 2409 §5", Attacks.WrongOffer),
        Phase1("wrong-offers-aes", "an offer or a choice", "RFC 2407 §4.5, RFC 2409 App. A", Attacks.WrongOffer, Suites("aes128-sha1-modp768")),
        Phase1("wrong-offers-aggressive", "an offer or a choice", "RFC 2408 §4.2, RFC 2409 §5, in Aggressive Mode", Attacks.WrongOffer, Changes.Aggressive),
        Phase2("wrong-offers-quick-mode", "an offer or a choice", "RFC 2407 §4.5, RFC 2409 §5.5", Attacks.WrongOffer),
    ];

    private static IEnumerable<Scenario> Contents =>
    [
        Phase1("wrong-contents", "payloads", "RFC 2409 §5.4", Attacks.WrongContent),
        Phase1("wrong-contents-aggressive", "payloads", "RFC 2409 §5.4, in Aggressive Mode", Attacks.WrongContent, Changes.Aggressive),
        Phase2("wrong-contents-quick-mode", "payloads", "RFC 2409 §5.5", Attacks.WrongContent),
    ];

    private static Func<Side, EndpointSetup, EndpointSetup> Suites(string name)
        => Changes.Each((_, c) => c with { Suites = [SuiteNames.Phase1(name, c.Suites[0].LifeSeconds)!] });

    /// <summary>While phase 1 is spoken. A choice that was not offered may end the attempt; the next one succeeds.</summary>
    private static Scenario Phase1(
        string name, string what, string clauses, Attacks way, Func<Side, EndpointSetup, EndpointSetup>? change = null) => new(
        name, $"A peer says beside a right message of phase 1 the same with {what} that must be refused ({clauses}). It is refused, and both ends come up, if not in this attempt, then in the next.",
        ["L-01", "L-03", "L-11", "S-13", "S-39"], new Budget { Attacks = 1, Ways = way },
        EitherFirst((first, _) =>
        [
            new Act.Do(Order.Up(first)), new Act.Let(AfterAnAttempt), new Act.Do(Order.UpIfDown(first)), new Act.Let(End), AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("L-03", 1, 1),
        ]))
        {
            Change = change ?? ((_, setup) => setup),
        };

    /// <summary>While a pair is rekeyed: the Quick Mode in which it is said may fail, and no SA suffers.</summary>
    private static Scenario Phase2(string name, string what, string clauses, Attacks way) => new(
        name, $"A peer says beside a right message of a rekey the same with {what} that must be refused ({clauses}). It is refused; the rekey may fail, no SA suffers.",
        ["L-01", "L-05", "L-11", "S-13", "S-39"], new Budget { Attacks = 1, Ways = way },
        EitherFirst((first, _) =>
        [
            .. Settled, new Act.NoGap(), new Act.Do(Order.Rekey(first)), new Act.Let(End),
            AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, .. AtTheEnd.CommonPair("L-05"),
        ]));
}
