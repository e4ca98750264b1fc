namespace RefIke.Specification;

/// <summary>
/// What a state does not await, as a line of a table under <c>spec/exchanges</c> says it: an event that comes all the same is
/// dropped, changes nothing and is answered by nothing.
/// </summary>
/// <param name="Events">The events that no row of the state speaks of.</param>
/// <param name="Line">Where it stands in its file.</param>
public sealed record Drop(string Exchange, string Role, string State, IReadOnlyList<string> Events, string Clause, int Line);
