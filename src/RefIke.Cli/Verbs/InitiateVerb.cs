using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Hosting;
using RefIke.Engine;

namespace RefIke.Cli.Verbs;

/// <summary>
/// <c>refike initiate</c>: a real peer that brings children of one connection up, and keeps and answers them until
/// stopped.
/// </summary>
internal static class InitiateVerb
{
    private static readonly Argument<string?> Host = new("host")
    {
        Description = "the peer's address, or the connection's name; the first connection without it",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Child =
        new("--child") { Description = "only this child; all of the connection's without it", HelpName = "name" };
    private static readonly NumberOption RekeyAfter =
        NumberOption.Seconds("--rekey-after", "rekey each pair so many seconds after it came up");
    private static readonly NumberOption DeleteAfter =
        NumberOption.Seconds("--delete-after", "delete each pair so many seconds after it came up");
    private static readonly Option<bool> Once =
        new("--once") { Description = "stop when each pair is up, and rekeyed or deleted where that is asked for" };

    public static Command Create()
    {
        var verb = new Verb(
            "initiate",
            "Bring the children of a connection up over real UDP ports, and keep them until stopped.",
            "refike initiate --config peer.toml 192.0.2.2",
            "refike initiate --config peer.toml office --child net --once",
            "refike initiate --config peer.toml --rekey-after 10 --delete-after 20 --once --trace run.trace")
        {
            Host, Child, RekeyAfter, DeleteAfter, Once,
        };
        LiveOptions.AddTo(verb);
        verb.SetAction((parsed, stop) => LivePeer.RunAsync(LiveOptions.Of(parsed), setup => Plan(parsed, setup), stop));
        return verb;
    }

    private static InitiatorPlan Plan(ParseResult parsed, EndpointSetup setup)
    {
        var connection = Connection(parsed.GetValue(Host), setup);
        if (connection.Remote.Address.Equals(IPAddress.Any) || connection.Remote.Address.Equals(IPAddress.IPv6Any))
        {
            throw new BadInputException(
                $"connection {connection.Name} is for any remote address: it is answered, never begun");
        }

        var child = parsed.GetValue(Child);
        var all = connection.Children.Select(c => c.Name);
        ImmutableArray<string> children = [.. all.Where(name => child is null || name == child)];
        return children.IsEmpty
            ? throw new BadInputException(
                $"connection {connection.Name} has no child {child}; there are {string.Join(", ", all)}")
            : new InitiatorPlan(connection, children, LiveOptions.Seconds(parsed.GetValue(RekeyAfter)),
                LiveOptions.Seconds(parsed.GetValue(DeleteAfter)), parsed.GetValue(Once));
    }

    private static Connection Connection(string? host, EndpointSetup setup)
    {
        if (host is null)
        {
            return setup.Connections[0];
        }

        var address = IPAddress.TryParse(host, out var parsed) ? parsed : null;
        return setup.Connections.FirstOrDefault(c => c.Name == host)
            ?? setup.Connections.FirstOrDefault(c => c.Remote.Address.Equals(address))
            ?? throw new BadInputException($"no connection is named {host} or has that remote address; there are "
                + string.Join(", ", setup.Connections.Select(c => $"{c.Name} ({c.Remote.Address})")));
    }
}
