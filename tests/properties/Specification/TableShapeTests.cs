using RefIke.Properties.Engine;
using RefIke.Properties.Exchanges;
using RefIke.Specification;
using Stateless;
using Stateless.Graph;
using Xunit;
using static VerifyXunit.Verifier;

namespace RefIke.Properties.Specification;

/// <summary>
/// The tables of <c>spec/exchanges</c> are deterministic and whole, and drawn as diagrams from the machines that run.
/// </summary>
public sealed class TableShapeTests
{
    private static readonly string[] Ends = ["Established", "Failed", "Sent", "Received"];

    public static TheoryData<string, string> Tables =>
        [.. RowFile.ReadAll(Pair.Repository).Select(r => (r.Exchange, r.Role)).Distinct()];

    /// <summary>
    /// No two rows have the same state, event and guard; and no row that is always taken stands beside another.
    /// </summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void NoTwoRowsAnswerTheSameCase(string exchange, string role)
    {
        var rows = Rows(exchange, role);
        Assert.Equal(rows.Length, rows.Select(r => (r.State, r.Event, r.Guard)).Distinct().Count());
        Assert.All(
            rows.Where(r => r.Guard == "Always"),
            r => Assert.Single(rows, o => (o.State, o.Event) == (r.State, r.Event)));
    }

    /// <summary>
    /// Each state can be reached from Idle, each that is no end has a way to an end, and an end has none out.
    /// </summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void EveryStateIsReachedAndLeft(string exchange, string role)
    {
        var rows = Rows(exchange, role);
        var states = rows.SelectMany(r => new[] { r.State, r.Next }).ToHashSet();
        Assert.Equal(states.Order(StringComparer.Ordinal), From("Idle").Order(StringComparer.Ordinal));
        Assert.All(states, s => Assert.Equal(Ends.Contains(s), rows.All(r => r.State != s)));
        Assert.All(states, s => Assert.Contains(From(s), Ends.Contains));

        HashSet<string> From(string start)
        {
            var reached = new HashSet<string> { start };
            while (rows.Where(r => reached.Contains(r.State)).Select(r => r.Next).Any(reached.Add))
            {
            }

            return reached;
        }
    }

    /// <summary>A row that refuses sends nothing and stays; one that moves is no refusal.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void RowThatStaysSendsNothing(string exchange, string role)
        => Assert.All(
            Rows(exchange, role).Where(r => r.State == r.Next),
            r => Assert.Equal(("Nothing", ""), (r.Sends, r.Payloads)));

    /// <summary>
    /// The Mermaid diagram of each machine, kept beside this test: what a reader of the code may look at.
    /// </summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public async Task DiagramIsThatOfTheMachine(string exchange, string role)
    {
        var endpoint = new Pair().A.Endpoint;
        var diagram = (exchange, role) switch
        {
            ("QuickMode", "Initiator") => Draw(endpoint.QuickMode.Initiator.Machine),
            ("QuickMode", _) => Draw(endpoint.QuickMode.Responder.Machine),
            ("NewGroupMode", "Initiator") => Draw(endpoint.NewGroupMode.Initiator.Machine),
            ("NewGroupMode", _) => Draw(endpoint.NewGroupMode.Responder.Machine),
            ("Informational", "Sender") => Draw(endpoint.Informational.Sender.Machine),
            ("Informational", _) => Draw(endpoint.Informational.Receiver.Machine),
            ("Transaction", "Initiator") => Draw(endpoint.Transaction.Initiator.Machine),
            ("Transaction", _) => Draw(endpoint.Transaction.Responder.Machine),
            _ when TableEqualityTests.Isakmp.All.FirstOrDefault(e => e.Exchange == exchange) is { } tables =>
                Draw((role == "Initiator" ? tables.Initiator : tables.Responder).Machine),
            (_, "Initiator") => Draw(endpoint.Phase1.All.Single(e => e.Method.Exchange == exchange).Method.Initiator.Machine),
            _ => Draw(endpoint.Phase1.All.Single(e => e.Method.Exchange == exchange).Method.Responder.Machine),
        };
        await Verify(diagram).UseParameters(exchange, role);
    }

    private static Row[] Rows(string exchange, string role)
        => [.. RowFile.ReadAll(Pair.Repository).Where(r => r.Exchange == exchange && r.Role == role)];

    private static string Draw<TState, TEvent>(StateMachine<TState, TEvent> machine)
        => MermaidGraph.Format(machine.GetInfo());
}
