using System.Collections.Concurrent;
using System.Text;
using RefIke.Crypto.Keys;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Properties.Engine.Phase1;

/// <summary>How the two endpoints of a pair are set up for a mode and an authentication method.</summary>
internal static class Phase1Setups
{
    private static readonly ConcurrentDictionary<(string, AuthenticationMethod), PrivateKey> Keys = new();

    /// <summary>Every mode with every method.</summary>
    public static IEnumerable<(ExchangeType Mode, AuthenticationMethod Method)> All
        => from mode in new[] { ExchangeType.MainMode, ExchangeType.Aggressive }
           from method in new[]
           {
               AuthenticationMethod.PreSharedKey, AuthenticationMethod.RsaSignatures, AuthenticationMethod.DssSignatures,
               AuthenticationMethod.EcdsaP256, AuthenticationMethod.EcdsaP384, AuthenticationMethod.EcdsaP521,
               AuthenticationMethod.RsaEncryption, AuthenticationMethod.RevisedRsaEncryption,
           }
           select (mode, method);

    /// <summary>The change that puts an endpoint's connection into this mode and method; with public keys each knows the other's raw key.</summary>
    public static Func<EndpointSetup, EndpointSetup> As(ExchangeType mode, AuthenticationMethod method)
        => setup => setup.With(c => c with
        {
            Mode = mode,
            Suites = [.. c.Suites.Select(s => s with { Method = method })],
            PreSharedKey = method == AuthenticationMethod.PreSharedKey ? c.PreSharedKey : null,
            PublicKeys = method == AuthenticationMethod.PreSharedKey ? null
                : new PublicKeyTerms
                {
                    RawKey = Key(setup.Name, method),
                    PeerKey = Key(setup.Name == "A" ? "B" : "A", method).PublicKey,
                },
        });

    /// <summary>The endpoint with its one connection changed.</summary>
    public static EndpointSetup With(this EndpointSetup setup, Func<Connection, Connection> change)
        => setup with { Connections = [change(setup.Connections[0])] };

    /// <summary>The endpoint with what it knows of public keys changed.</summary>
    public static EndpointSetup WithKeys(this EndpointSetup setup, Func<PublicKeyTerms, PublicKeyTerms> change)
        => setup.With(c => c with { PublicKeys = change(c.PublicKeys!) });

    /// <summary>The key of somebody for a method, the same in every run.</summary>
    public static PrivateKey Key(string owner, AuthenticationMethod method)
        => Keys.GetOrAdd((owner, method),
            _ => MethodKeys.Make(method, Encoding.ASCII.GetBytes($"{owner} {method}")));
}
