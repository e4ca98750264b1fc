namespace RefIke.Specification;

/// <summary>
/// One transition of a running core: of which exchange instance, and the row it claims to have taken.
/// </summary>
public sealed record TraceStep(
    string Instance, string Exchange, string Role, string State, string Event, string Guard, string Next, string Sends);

/// <summary>
/// Judges a trace by the tables: every step must be a row, begin in the state in which its instance's step before ended, and
/// begin in Idle where there is none. A name whose exchange ended without an SA may be used by a later one.
/// </summary>
public sealed class TraceAcceptance(IReadOnlyList<Row> rows)
{
    private readonly HashSet<(string, string, string, string, string, string, string)> known =
        [.. rows.Select(r => (r.Exchange, r.Role, r.State, r.Event, r.Guard, r.Next, r.Sends))];

    /// <summary>Null where the tables accept it, else what is wrong with the first step that they do not.</summary>
    public string? FirstFault(IEnumerable<TraceStep> trace)
    {
        var states = new Dictionary<(string, string, string), string>();
        foreach (var step in trace)
        {
            var instance = (step.Instance, step.Exchange, step.Role);
            if (Fault(step, states.GetValueOrDefault(instance)) is { } fault)
            {
                return fault;
            }

            states[instance] = step.Next;
        }

        return null;
    }

    /// <summary>What is wrong with one step; null where nothing is.</summary>
    /// <param name="left">The state in which its instance's step before ended; null where there is none.</param>
    public string? Fault(TraceStep step, string? left)
    {
        var before = left ?? "Idle";
        return !known.Contains((step.Exchange, step.Role, step.State, step.Event, step.Guard, step.Next, step.Sends)) ? $"no row: {step}"
            : before != step.State && !(step.State == "Idle" && before is ("Failed" or "Sent" or "Received"))
                ? $"begins in {step.State} where {before} was left: {step}" : null;
    }
}
