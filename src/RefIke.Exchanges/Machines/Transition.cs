namespace RefIke.Exchanges.Machines;

/// <summary>One row of an exchange's table as the machine was configured with it (see <c>spec/exchanges</c>).</summary>
public sealed record Transition(
    string Exchange, string Role, string State, string Event, string Guard, string Next, string Sends, string Payloads,
    string Clause);
