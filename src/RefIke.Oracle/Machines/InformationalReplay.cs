using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// An Informational exchange, which is one message (RFC 2409 §5.7): the other side's must be accepted, and of this
/// side's own RefIke makes the same HASH(1).
/// </summary>
/// <param name="phase1">The ISAKMP SA as it stands.</param>
internal sealed class InformationalReplay(SideOfSa side, uint M_ID, Phase1State phase1)
    : ExchangeReplay(side, ExchangeType.Informational, M_ID)
{
    private readonly Informational machine = Machine(side);
    private bool isSent;

    protected override string End => isSent ? "sent" : Accepted > 0 ? "accepted" : "not accepted";

    protected override void TakeOne(ReplayedMessage message)
    {
        if (message.IsRepeated)
        {
            return;
        }

        if (!Side.IsOwn(message))
        {
            var (_, rejection, _) = machine.Receive(phase1, message.Datagram.Octets, message.Header!.Value);
            if (rejection is Rejection.WrongProtection && !message.Header.Value.IsEncrypted)
            {
                Refusal = $"message {message.Frame} is in clear though there are keys, and is not obeyed (D-156)";
            }
            else if (rejection is not null)
            {
                Refuse(message, rejection, null);
            }
            else
            {
                Accepted++;
            }

            return;
        }

        isSent = true;
        if (phase1.Step != Phase1Step.Established || message.Iv is not { } iv)
        {
            return;
        }

        var (sent, _) = machine.Send(
            phase1, MessageId, [.. message.Payloads.Where(p => p.Type != PayloadType.Hash)]);
        var opened = StatefulReplay<Phase1State>.PayloadsOf(sent!.Value, phase1.Suite, phase1.Keys!.Ka, iv);
        Fault = StatefulReplay<Phase1State>.Differing(opened, message.Payloads, PayloadType.Hash) is { } difference
            ? $"message {message.Frame}: {difference}"
            : null;
    }

    protected override void Conclude()
    {
    }

    private static Informational Machine(SideOfSa side)
    {
        var recorded = new RecordedSide(side);
        return new Informational(new ExchangeMeans(KeySchedule.Rfc2409, recorded, recorded, Wiring.AsWritten));
    }
}
