using System.Collections.Immutable;
using RefIke.Exchanges.Machines;
using RefIke.Wire;

namespace RefIke.Exchanges.Isakmp;

/// <summary>One exchange of RFC 2408 §4.4 to §4.7: its tables and its messages.</summary>
/// <param name="Exchange">Its name in the rows.</param>
/// <param name="Type">Its number in the header.</param>
/// <param name="Messages">The messages of the drawing, by which an arriving one is recognised.</param>
public sealed record IsakmpTables(
    string Exchange, ExchangeType Type, Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Initiator,
    Table<IsakmpStep, IsakmpEvent, IsakmpTurn> Responder, ImmutableArray<IsakmpMessage> Messages)
{
    /// <summary>The four, in the order of the RFC.</summary>
    internal static ImmutableArray<IsakmpTables> All(Wiring wiring)
        =>
        [
            Base.Tables(wiring), IdentityProtection.Tables(wiring), AuthenticationOnly.Tables(wiring),
            Aggressive.Tables(wiring),
        ];
}

/// <summary>One message of a drawing.</summary>
/// <param name="What">Its event.</param>
/// <param name="Encrypted">Whether it is HDR* in a first phase.</param>
/// <param name="Needed">Its payloads; <see cref="Auth"/> stands for the DOI's AUTH.</param>
public sealed record IsakmpMessage(IsakmpEvent What, bool Encrypted, params ImmutableArray<PayloadType> Needed)
{
    /// <summary>HASH or SIG, whichever the DOI has.</summary>
    public const PayloadType Auth = PayloadType.None;

    /// <summary>Who sends it; null for both sides.</summary>
    public Role? From { get; init; }

    /// <summary>Its payloads with a DOI's AUTH.</summary>
    internal ImmutableArray<PayloadType> With(PayloadType auth) => [.. Needed.Select(p => p == Auth ? auth : p)];
}
