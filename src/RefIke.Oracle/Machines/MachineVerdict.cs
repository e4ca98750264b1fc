using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>What became of RefIke's machine in the place of one side of a captured exchange.</summary>
/// <param name="Side">In whose place: which side of phase 1.</param>
/// <param name="CKY_I">Of which ISAKMP SA.</param>
/// <param name="Frame">The first message of the exchange.</param>
/// <param name="End">What the machine came to, in words: <c>established</c>.</param>
/// <param name="Accepted">How many of the other side's messages it took.</param>
/// <param name="Handed">How many there are; retransmissions count once.</param>
internal sealed record MachineVerdict(
    Role Side, Cookie CKY_I, ExchangeType Exchange, uint M_ID, int Frame, string End, int Accepted, int Handed)
{
    /// <summary>The keys of phase 1 that are equal to those that this side logged.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>The SPIs of SAs whose KEYMAT is equal to what this side logged.</summary>
    public ImmutableArray<Octets> Keymat { get; init; } = [];

    /// <summary>What was refused as the real side did, or had to; null where nothing was.</summary>
    public string? Refusal { get; init; }

    /// <summary>Where machine and record part; null where they do not.</summary>
    public string? Fault { get; init; }

    /// <summary>What the machine would have needed and is not there; null where all was.</summary>
    public string? Lacking { get; init; }

    /// <summary>The exchange's name in RFC 2409 or its profile.</summary>
    public string Name => NameOf(Exchange);

    /// <summary>Main Mode, Quick Mode, ….</summary>
    public static string NameOf(ExchangeType exchange) => exchange switch
    {
        ExchangeType.MainMode => "Main Mode",
        ExchangeType.Aggressive => "Aggressive Mode",
        ExchangeType.QuickMode => "Quick Mode",
        ExchangeType.NewGroupMode => "New Group Mode",
        _ => $"{exchange}",
    };
}
