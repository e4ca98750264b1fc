using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// A Transaction exchange, of Mode Config or XAUTH, in the place of one side (draft-dukes-ike-mode-cfg-02 §3.1): the
/// attributes are the recorded ones, HASH is RefIke's.
/// </summary>
internal sealed class TransactionReplay(SideOfSa side, uint M_ID, Phase1State phase1)
    : StatefulReplay<TransactionState>(side, ExchangeType.Transaction, M_ID)
{
    private readonly Transaction machine = Machine(side);

    protected override string End => State is { } state && IsComplete(state) ? "complete" : base.End;

    protected override Turn<TransactionState> Begin()
    {
        var own = Own();
        var what = own.MessageType switch
        {
            ConfigurationMessage.Request => TransactionEvent.Ask,
            ConfigurationMessage.Set => TransactionEvent.Push,
            _ => throw new NotInRecordException("the question to this answer is not in the capture", true),
        };
        return machine.Happen(Fresh(Role.Initiator, own.Identifier), what, own.List);
    }

    protected override TransactionState Respond() => Fresh(Role.Responder, 0);

    protected override Turn<TransactionState> Receive(TransactionState before, ReplayedMessage message)
        => machine.Receive(before, message.Datagram.Octets, message.Header!.Value, _ => Own().List).Turn;

    protected override TransactionState Pinned(TransactionState state, ReplayedMessage own)
        => state with { Iv = own.NextIv ?? state.Iv };

    /// <summary>
    /// An answer may have an identifier of its own (strongSwan's is 0), which HASH covers: then the list alone counts.
    /// </summary>
    protected override string? Difference(TransactionState state, Octets sent, ReplayedMessage own)
    {
        var made = PayloadsOf(sent, phase1.Suite, phase1.Keys!.Ka, own.Iv);
        var (ours, theirs) = (made.OfType<AttributesPayload>().FirstOrDefault(), Own());
        return ours is null || !ours.List.SequenceEqual(theirs.List) || ours.MessageType != theirs.MessageType
            ? "RefIke has another ATTR"
            : ours.Body == theirs.Body ? Differing(made, own.Payloads, PayloadType.Hash) : null;
    }

    protected override bool IsComplete(TransactionState state)
        => state.Step is TransactionStep.Received or TransactionStep.Sent;

    protected override string StepOf(TransactionState state) => $"{state.Step}";

    protected override bool? RealSideIsComplete() => null;

    protected override void Compare(TransactionState state)
    {
    }

    private static Transaction Machine(SideOfSa side)
    {
        var recorded = new RecordedSide(side);
        return new Transaction(new ExchangeMeans(KeySchedule.Rfc2409, recorded, recorded, Wiring.AsWritten));
    }

    private AttributesPayload Own() => Side.First<AttributesPayload>(true, MessageId)
        ?? throw new NotInRecordException("the message with ATTR is not in the capture", true);

    private TransactionState Fresh(Role role, ushort identifier)
        => TransactionState.Fresh(role, phase1, MessageId, identifier, KeySchedule.Rfc2409);
}
