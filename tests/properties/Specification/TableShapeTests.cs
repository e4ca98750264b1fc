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

    /// <summary>
    /// In every state each event that the exchange speaks of, to either role, has its rows or is dropped by a line that says so,
    /// and never both; a clause of the ledger stands beside it.
    /// </summary>
    [Fact]
    public void EveryEventInEveryStateIsAnsweredOrDropped()
    {
        var rows = RowFile.ReadAll(Pair.Repository);
        var drops = RowFile.ReadAllDrops(Pair.Repository);
        Assert.Empty(Undecided(rows, drops));
        Assert.True(drops.Sum(d => d.Events.Count) > 500);
        var known = Ledger.Read(Pair.Repository).Select(c => c.Id).ToHashSet();
        Assert.All(drops, d => Assert.Contains(Coverage.Id(d.Clause), known));
    }

    /// <summary>The cells of state and event that nothing is said of, and those of which two things are.</summary>
    internal static IReadOnlyList<string> Undecided(IReadOnlyList<Row> rows, IReadOnlyList<Drop> drops)
    {
        var answered = rows.Select(r => (r.Exchange, r.Role, r.State, r.Event)).ToHashSet();
        var dropped = drops.SelectMany(d => d.Events.Select(e => (d.Exchange, d.Role, d.State, Event: e))).CountBy(c => c).ToDictionary();
        var cells = rows.Select(r => (r.Exchange, r.Role)).Distinct().SelectMany(t =>
            rows.Where(r => (r.Exchange, r.Role) == t).SelectMany(r => new[] { r.State, r.Next }).Distinct().SelectMany(state =>
                rows.Where(r => r.Exchange == t.Exchange).Select(r => r.Event).Distinct().Select(e => (t.Exchange, t.Role, State: state, Event: e)))).ToHashSet();
        return
        [
            .. cells.Where(c => !answered.Contains(c) && !dropped.ContainsKey(c)).Select(c => $"nothing is said of {Named(c)}"),
            .. cells.Where(c => answered.Contains(c) && dropped.ContainsKey(c)).Select(c => $"a row answers what is dropped: {Named(c)}"),
            .. dropped.Where(c => c.Value > 1 || !cells.Contains(c.Key)).Select(c => $"dropped twice or never met: {Named(c.Key)}"),
        ];

        static string Named((string Exchange, string Role, string State, string Event) c)
            => $"{c.Exchange} {c.Role} {c.State} {c.Event}";
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
