using System.Collections.Concurrent;
using System.Text;
using RefIke.Crypto.Keys;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Exploration.Monitors;
using RefIke.Wire;
using static RefIke.Exploration.Scenarios.Scenario;

namespace RefIke.Exploration.Scenarios;

/// <summary>Phase 1 by signatures and by public key encryption (RFC 2409 §5.1 to §5.3), while messages are lost, altered, or wrong.</summary>
internal static class Methods
{
    private static readonly Instant End = new(400_000);
    private static readonly ConcurrentDictionary<(Side, AuthenticationMethod), PrivateKey> Keys = new();

    public static IEnumerable<Scenario> All =>
    [
        Altered("signatures", "RFC 2409 §5.1", ExchangeType.MainMode, AuthenticationMethod.RsaSignatures),
        Altered("signatures-aggressive", "RFC 2409 §5.1", ExchangeType.Aggressive, AuthenticationMethod.RsaSignatures),
        Altered("encryption", "RFC 2409 §5.2", ExchangeType.MainMode, AuthenticationMethod.RsaEncryption),
        Altered("encryption-aggressive", "RFC 2409 §5.2", ExchangeType.Aggressive, AuthenticationMethod.RsaEncryption),
        Altered("revised-encryption", "RFC 2409 §5.3", ExchangeType.MainMode, AuthenticationMethod.RevisedRsaEncryption),
        Altered("revised-encryption-aggressive", "RFC 2409 §5.3", ExchangeType.Aggressive, AuthenticationMethod.RevisedRsaEncryption),
    ];

    /// <summary>Everybody with this mode and method; each knows the other's raw key.</summary>
    private static Func<Side, EndpointSetup, EndpointSetup> As(ExchangeType mode, AuthenticationMethod method) => Changes.Each((side, c) => c with
    {
        Mode = mode,
        Suites = [.. c.Suites.Select(s => s with { Method = method })],
        PreSharedKey = null,
        PublicKeys = new PublicKeyTerms { RawKey = Key(side, method), PeerKey = Key(side == Side.A ? Side.B : Side.A, method).PublicKey },
    });

    private static PrivateKey Key(Side owner, AuthenticationMethod method)
        => Keys.GetOrAdd((owner, method), k => MethodKeys.Make(k.Item2, Encoding.ASCII.GetBytes($"exploration {k.Item1} {k.Item2}")));

    private static Scenario Altered(string name, string clause, ExchangeType mode, AuthenticationMethod method) => new(
        name, $"A message of phase 1 by {Words(method)} is altered, or has payloads that must be refused ({clause}). Nobody is taken for somebody else, and a later attempt succeeds.",
        ["L-01", "L-03", "L-11", "S-01", "S-13"], new Budget { Losses = 1, Alterations = 1, Attacks = 1, Ways = Attacks.WrongContent },
        EitherFirst((first, _) =>
        [
            new Act.Do(Order.Up(first)), new Act.Let(AfterAnAttempt), new Act.Do(Order.UpIfDown(first)), new Act.Let(AfterTwo), new Act.Do(Order.UpIfDown(first)), new Act.Let(End),
            AtTheEnd.EveryExchangeEnded, AtTheEnd.NothingHalfOpen, AtTheEnd.SamePairs("L-03", 1, 1),
        ]))
    {
        Change = As(mode, method),
        Bounded = new Budget { Alterations = 1 },
    };

    private static string Words(AuthenticationMethod method) => method switch
    {
        AuthenticationMethod.RsaSignatures => "signatures",
        AuthenticationMethod.RsaEncryption => "public key encryption",
        _ => "the revised public key encryption",
    };
}
