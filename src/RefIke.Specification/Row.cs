namespace RefIke.Specification;

/// <summary>
/// One row of a table under <c>spec/exchanges</c>: a transition, what it sends, and the clause it obeys.
/// </summary>
/// <param name="Line">Where it stands in its file.</param>
public sealed record Row(
    string Exchange, string Role, string State, string Event, string Guard, string Next, string Sends, string Payloads, string Clause,
    int Line)
{
    /// <summary>The transition alone, in one string: by it the models print it.</summary>
    public string Transition => $"{Exchange} {Role} {State} {Event} {Guard} {Next} {Sends}";

    /// <summary>As it stands in a file.</summary>
    public override string ToString()
        => $"ROW({Exchange}, {Role}, {State}, {Event}, {Guard}, {Next}, {Sends}, \"{Payloads}\", {Clause})";
}
