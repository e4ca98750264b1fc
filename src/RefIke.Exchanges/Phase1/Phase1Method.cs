using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.Machines;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>Main or Aggressive Mode with one authentication method (RFC 2409 §5.1 to §5.4): its tables and what its messages are.</summary>
/// <param name="Exchange">The name in the rows.</param>
/// <param name="Initiator">The initiator's table.</param>
/// <param name="Responder">The responder's table.</param>
/// <param name="Messages">The messages of its drawing.</param>
/// <param name="SKEYID">How it makes SKEYID of the record and g^xy (RFC 2409 §5).</param>
public sealed record Phase1Method(
    string Exchange, Table<Phase1Step, Phase1Event, Phase1Turn> Initiator, Table<Phase1Step, Phase1Event, Phase1Turn> Responder,
    ImmutableArray<Phase1Message> Messages, Func<KeySchedule, Phase1State, Secret, Secret> SKEYID)
{
    /// <summary>The payloads that have an encrypted body where they stand in a clear message (RFC 2409 §5.2, §5.3).</summary>
    public ImmutableArray<PayloadType> EncryptedBodies { get; init; } = [];
}

/// <summary>A message of a drawing: which event it is, and by which payloads it is known.</summary>
/// <param name="Encrypted">Whether it is HDR*; null where it may be either.</param>
/// <param name="Needed">Payloads that are there exactly once.</param>
public sealed record Phase1Message(Phase1Event What, bool? Encrypted, params ImmutableArray<PayloadType> Needed)
{
    /// <summary>Payloads that may be there once.</summary>
    public ImmutableArray<PayloadType> Optional { get; init; } = [];

    /// <summary>Who sends it; null where both do, or where the payloads alone tell it.</summary>
    public Role? From { get; init; }
}
