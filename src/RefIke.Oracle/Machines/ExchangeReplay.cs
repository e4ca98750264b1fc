using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Oracle;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>One exchange of a capture, replayed on RefIke's machine in the place of one side.</summary>
internal abstract class ExchangeReplay(SideOfSa side, ExchangeType exchange, uint M_ID)
{
    /// <summary>In whose place.</summary>
    protected SideOfSa Side => side;

    /// <summary>Its message id; 0 in phase 1.</summary>
    protected uint MessageId => M_ID;

    /// <summary>Its messages, retransmissions left out.</summary>
    protected ImmutableArray<ReplayedMessage> Messages { get; } = side.Exchange(exchange, M_ID);

    /// <summary>How many of the other side's messages were accepted.</summary>
    protected int Accepted { get; set; }

    /// <summary>What is as it should be, though refused.</summary>
    protected string? Refusal { get; set; }

    /// <summary>Where machine and record part.</summary>
    protected string? Fault { get; set; }

    /// <summary>What is not there.</summary>
    protected string? Lacking { get; set; }

    /// <summary>Whether no more is to be said of it.</summary>
    public bool IsJudged => Fault is not null || Refusal is not null || Lacking is not null;

    /// <summary>The other side tells an error that ends it (RFC 2408 §5.14).</summary>
    public virtual void PeerRefuses(ReplayedMessage message, NotifyType error)
    {
    }

    /// <summary>It begins while phase 1 is still going on (RFC 2409 §4).</summary>
    public void TakeEarly(ReplayedMessage message)
        => Fault = $"message {message.Frame} comes before phase 1 is established (2409-4-02)";

    /// <summary>The next message of it, retransmissions among them.</summary>
    public void Take(ReplayedMessage message)
    {
        if (IsJudged)
        {
            return;
        }

        try
        {
            TakeOne(message);
        }
        catch (NotInRecordException e)
        {
            Lack(message, e);
        }
    }

    /// <summary>What has come of it when the capture is at its end.</summary>
    public MachineVerdict Verdict()
    {
        if (!IsJudged)
        {
            try
            {
                Conclude();
            }
            catch (NotInRecordException e)
            {
                Lacking = e.Message;
            }
        }

        return Judged(new MachineVerdict(side.Side, side.CKY_I, exchange, M_ID, Messages[0].Frame, End, Accepted,
            Messages.Count(m => !side.IsOwn(m)))
        {
            Refusal = Refusal,
            Fault = Fault,
            Lacking = Lacking,
        });
    }

    /// <summary>What the machine came to, in words.</summary>
    protected abstract string End { get; }

    /// <summary>One message, while all is well.</summary>
    protected abstract void TakeOne(ReplayedMessage message);

    /// <summary>The comparisons at the end, while all is well.</summary>
    protected abstract void Conclude();

    /// <summary>With what else was compared.</summary>
    protected virtual MachineVerdict Judged(MachineVerdict verdict) => verdict;

    /// <summary>
    /// Something is missing: of a capture that goes on after it that is a fault, as the real side had it.
    /// </summary>
    private void Lack(ReplayedMessage message, NotInRecordException what)
    {
        var goesOn = what.IsOfCapture && Messages.Any(m => m.Frame > message.Frame);
        (Fault, Lacking) = goesOn ? ($"at message {message.Frame}: {what.Message}", Lacking) : (Fault, what.Message);
    }

    /// <summary>
    /// A message is refused: rightly where the two share no secret, or where the real side told that it refuses too.
    /// </summary>
    protected void Refuse(ReplayedMessage message, Rejection why, NotifyType? told)
    {
        var words = $"message {message.Frame} is refused: {why.Reason} ({why.Kind}, {why.Clause})";
        var error = side.OwnErrorAfter(message.Frame);
        if (side.SecretsDiffer && message.Header!.Value.IsEncrypted)
        {
            Refusal = $"the two have different SKEYID: {words}";
        }
        else if (told is not null && told == error)
        {
            Refusal = $"as the real side did: {words}";
        }
        else if (why is Rejection.NothingAcceptable && !Messages.Any(side.IsOwn))
        {
            Lacking = $"this side's answer to message {message.Frame} is not in the capture, so its policy is not known";
        }
        else
        {
            Fault = words;
        }
    }
}
