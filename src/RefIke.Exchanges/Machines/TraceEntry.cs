namespace RefIke.Exchanges.Machines;

/// <summary>One transition that was taken: a row of <c>spec/exchanges</c> as it happened.</summary>
public sealed record TraceEntry(
    string Exchange, string Role, string State, string Event, string Guard, string Next, string Sends)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Exchange}.{Role}: {State} --{Event}[{Guard}]--> {Next}, sends {Sends}";
}
