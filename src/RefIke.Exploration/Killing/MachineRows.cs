using RefIke.Engine;
using RefIke.Exchanges.Machines;
using RefIke.Specification;

namespace RefIke.Exploration.Killing;

/// <summary>The transitions of an endpoint's machines beside the rows of the specification.</summary>
public static class MachineRows
{
    /// <summary>Every transition of every machine that an endpoint has.</summary>
    public static IEnumerable<Transition> Of(Endpoint endpoint) =>
    [
        .. endpoint.Phase1.All.SelectMany(e => e.Method.Initiator.Transitions.Concat(e.Method.Responder.Transitions)),
        .. endpoint.QuickMode.Initiator.Transitions, .. endpoint.QuickMode.Responder.Transitions,
        .. endpoint.NewGroupMode.Initiator.Transitions, .. endpoint.NewGroupMode.Responder.Transitions,
        .. endpoint.Informational.Sender.Transitions, .. endpoint.Informational.Receiver.Transitions,
        .. endpoint.Transaction.Initiator.Transitions, .. endpoint.Transaction.Responder.Transitions,
    ];

    /// <summary>A row as a transition.</summary>
    public static Transition Of(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(row.Exchange, row.Role, row.State, row.Event, row.Guard, row.Next, row.Sends, row.Payloads, row.Clause);
    }

    /// <summary>What only the rows have, or only the machines; of exchanges that the endpoint speaks.</summary>
    public static IReadOnlyCollection<Transition> Differences(Endpoint endpoint, IEnumerable<Row> rows)
    {
        Transition[] code = [.. Of(endpoint)];
        var spoken = code.Select(t => (t.Exchange, t.Role)).ToHashSet();
        var differences = rows.Select(Of).Where(t => spoken.Contains((t.Exchange, t.Role))).ToHashSet();
        differences.SymmetricExceptWith(code);
        return differences;
    }
}
