using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>A case as its author has it: what is sent, and what must be said of it.</summary>
/// <param name="Id">What tells the case from others of its group.</param>
/// <param name="Comment">What is wrong, in one sentence.</param>
/// <param name="Kind">The kind of the last rejection, or several with a bar between them where the RFCs leave it
/// open.</param>
/// <param name="Datagrams">What is handed in.</param>
internal sealed record Trial(string Id, string Comment, string Kind, params ImmutableArray<Octets> Datagrams)
{
    /// <summary>What kind of case it is, and what the attacker has.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>The clause, where it is another than the rejection names.</summary>
    public string? Clause { get; init; }

    /// <summary>What the state must be.</summary>
    public string State { get; init; } = Outcome.Unchanged;

    /// <summary>The notify that must name the fault; not looked at where null.</summary>
    public NotifyType? Notify { get; init; }

    /// <summary>The field that must be named, of what is malformed.</summary>
    public string? Field { get; init; }

    /// <summary>The last octet of the sender's address, where it is not the peer.</summary>
    public int? From { get; init; }

    /// <summary>What of the last datagrams are honest, handed in as the peer would have sent them.</summary>
    public string? To { get; init; }
}
