using System.Collections.Immutable;
using System.Net;
using System.Text;
using RefIke.Crypto.Certificates;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>
/// Inputs of a recipe, step by step. Addresses and names are those reserved for documents (RFC 5737, RFC 3849, RFC
/// 2606).
/// </summary>
internal static class Given
{
    public static ScriptLine[] Connect { get; } = [new(0, Role.Initiator, OrderKind.Connect)];

    /// <summary>Main Mode with a pre-shared key, and children.</summary>
    public static Inputs Inputs(string phase1, string esp, string? peerPhase1 = null, string? peerEsp = null,
        bool clients = true, bool v6 = false, int children = 1)
        => new(ExchangeType.MainMode, AuthenticationMethod.PreSharedKey, Text("a pre-shared key"), 28800, 3600, false,
            new Side(Host(1, v6), Address(1, v6), [.. phase1.Split(',')], Children(1, 2, esp, clients, v6, children), []),
            new Side(Host(2, v6), Address(2, v6), [.. (peerPhase1 ?? phase1).Split(',')],
                Children(2, 1, peerEsp ?? esp, clients, v6, children), []), []);

    /// <summary>Another method and mode; with public keys each side has the other's raw one.</summary>
    public static Inputs By(this Inputs inputs, AuthenticationMethod method, ExchangeType mode = ExchangeType.MainMode)
    {
        var chosen = inputs with { Mode = mode, Method = method };
        return method == AuthenticationMethod.PreSharedKey
            ? chosen
            : (chosen with { PreSharedKey = null }).Each((side, n) => side with { Keys = RecipeKeys.Raw(n, method) });
    }

    /// <summary>Certificates instead of the other's raw keys; the identities are what they prove.</summary>
    public static Inputs Certified(this Inputs inputs, string identity = "fqdn",
        CertificateSending sending = CertificateSending.IfAsked, bool chain = false)
        => (inputs with { UnixSeconds = RecipeKeys.UnixSeconds }).Identified(identity).Each(
            (side, n) => side with { Keys = RecipeKeys.Certified(n, inputs.Method, identity, sending, chain) });

    /// <summary>Identities of a type in phase 1.</summary>
    public static Inputs Identified(this Inputs inputs, string type)
        => inputs.Each((side, n) => side with { Identity = Names.Identity(type, n).Body });

    /// <summary>A change to both sides, the first being the initiator.</summary>
    public static Inputs Each(this Inputs inputs, Func<Side, int, Side> change)
        => inputs with { Initiator = change(inputs.Initiator, 1), Responder = change(inputs.Responder, 2) };

    /// <summary>A change to the children of both sides.</summary>
    public static Inputs Children(this Inputs inputs, Func<Child, int, Child> change)
        => inputs.Each((side, n) => side with { Children = [.. side.Children.Select(c => change(c, n))] });

    /// <summary>The address of a side: 1 is the initiator.</summary>
    public static string Host(int n, bool v6 = false) => v6 ? $"2001:db8::{n}" : $"192.0.2.{n}";

    public static Octets Text(string text) => Encoding.ASCII.GetBytes(text);

    private static Octets Address(int n, bool v6)
        => Selector.ToPayload(IPAddress.Parse(Host(n, v6)), v6 ? 128 : 32).Body;

    private static ImmutableArray<Child> Children(int own, int peer, string esp, bool clients, bool v6, int count)
        => [.. Enumerable.Range(1, count).Select(i => new Child(
            i == 1 ? "c" : $"c{i}", clients ? Net(own, i, v6) : null, clients ? Net(peer, i, v6) : null,
            [.. esp.Split(',')]))];

    /// <summary>A subnet behind a host; the second child's are single addresses.</summary>
    private static Octets? Net(int n, int child, bool v6) => v6
        ? Selector.ToPayload(IPAddress.Parse($"2001:db8:{n}::"), 48).Body
        : Selector.ToPayload(IPAddress.Parse(child == 1 ? $"198.51.100.{(n - 1) * 128}" : $"203.0.113.{n}"),
            child == 1 ? 25 : 32).Body;
}
