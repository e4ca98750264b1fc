using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Properties.Engine.Phase1;

/// <summary>How the two endpoints of a pair are set up for a mode and an authentication method.</summary>
internal static class Phase1Setups
{
    /// <summary>Every mode with every method.</summary>
    public static IEnumerable<(ExchangeType Mode, AuthenticationMethod Method)> All =>
    [
        (ExchangeType.MainMode, AuthenticationMethod.PreSharedKey),
        (ExchangeType.Aggressive, AuthenticationMethod.PreSharedKey),
    ];

    /// <summary>The change that puts an endpoint's connection into this mode and method.</summary>
    public static Func<EndpointSetup, EndpointSetup> As(ExchangeType mode, AuthenticationMethod method)
        => setup => setup.With(c => c with { Mode = mode, Suites = [.. c.Suites.Select(s => s with { Method = method })] });

    /// <summary>The endpoint with its one connection changed.</summary>
    public static EndpointSetup With(this EndpointSetup setup, Func<Connection, Connection> change)
        => setup with { Connections = [change(setup.Connections[0])] };
}
