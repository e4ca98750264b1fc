namespace RefIke.Wire;

/// <summary>Says that the code it stands on obeys a clause of the ledger under <c>spec/clauses</c>.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class ClauseAttribute(string id) : Attribute
{
    /// <summary>The clause's permanent id, such as <c>2409-5.5-07</c>.</summary>
    public string Id { get; } = id;
}
