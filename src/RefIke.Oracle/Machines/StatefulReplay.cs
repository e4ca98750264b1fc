using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// An exchange whose machine has a state. It is handed the other side's messages; what it answers is held against what
/// its side sent, and its state is pinned to the record where RefIke chooses otherwise than that side did.
/// </summary>
internal abstract class StatefulReplay<TState>(SideOfSa side, ExchangeType exchange, uint M_ID)
    : ExchangeReplay(side, exchange, M_ID)
    where TState : class
{
    private Octets? due;
    private ReplayedMessage? answered;

    /// <summary>The machine's state; null before the first message.</summary>
    public TState? State { get; private set; }

    /// <summary>This side begins: the state after the order, and what it sends.</summary>
    protected abstract Turn<TState> Begin();

    /// <summary>The other side begins: the state before its first message.</summary>
    protected abstract TState Respond();

    /// <summary>The machine takes a message.</summary>
    protected abstract Turn<TState> Receive(TState before, ReplayedMessage message);

    /// <summary>The state after a message that the real side sent, with what that side chose in it.</summary>
    protected abstract TState Pinned(TState state, ReplayedMessage own);

    /// <summary>
    /// What RefIke sends is not what the real side sent; null where it is, as far as the two must agree.
    /// </summary>
    protected abstract string? Difference(TState state, Octets sent, ReplayedMessage own);

    /// <summary>Whether the machine has come to its end.</summary>
    protected abstract bool IsComplete(TState state);

    /// <summary>The name of the machine's state.</summary>
    protected abstract string StepOf(TState state);

    /// <summary>Whether the real side came to the end, as far as it can be seen; null where it cannot.</summary>
    protected abstract bool? RealSideIsComplete();

    /// <summary>What the end is compared in.</summary>
    protected abstract void Compare(TState state);

    /// <summary>The state that follows from the peer's refusal.</summary>
    protected virtual TState Refused(TState state) => state;

    protected override string End => State switch
    {
        null => "not begun",
        var s when IsComplete(s) => "established",
        var s => $"in state {StepOf(s)}",
    };

    public override void PeerRefuses(ReplayedMessage message, NotifyType error)
    {
        if (!IsJudged && State is { } state && !IsComplete(state))
        {
            State = Refused(state);
            Refusal = $"the other side refuses in message {message.Frame}: {error}";
        }
    }

    protected override void TakeOne(ReplayedMessage message)
    {
        if (message.IsRepeated)
        {
            TakeAgain(message);
        }
        else if (Side.IsOwn(message))
        {
            TakeOwn(message);
        }
        else
        {
            TakePeers(message);
        }
    }

    protected override void Conclude()
    {
        var state = State!;
        if (due is not null)
        {
            var error = answered is null ? null : Side.OwnErrorAfter(answered.Frame);
            Fault = error is null ? null : $"RefIke takes message {answered!.Frame}, the real side refuses it: {error}";
            Lacking = error is null ? $"the answer to message {answered?.Frame} is not in the capture" : null;
        }
        else if (IsComplete(state))
        {
            Fault = RealSideIsComplete() == false ? "RefIke is established and the real side is not" : null;
            Compare(state);
        }
        else if (Side.SecretsDiffer)
        {
            Refusal = $"the two have different SKEYID: in state {StepOf(state)} to the end";
        }
        else
        {
            var words = $"in state {StepOf(state)} after message {Messages[^1].Frame}, the last of it";
            Fault = RealSideIsComplete() == true ? $"the real side is established and RefIke is not: {words}" : null;
            Lacking = Fault is null ? words : null;
        }
    }

    /// <summary>A retransmission must not be answered anew, and changes nothing (RFC 2408 §5.1).</summary>
    private void TakeAgain(ReplayedMessage message)
    {
        if (!Side.IsOwn(message) && State is { } state && Receive(state, message) is { Sent: not null })
        {
            Fault = $"message {message.Frame}, sent again, is answered anew";
        }
    }

    private void TakeOwn(ReplayedMessage own)
    {
        if (State is null)
        {
            var begun = Begin();
            (State, due) = (begun.After, begun.Sent);
        }

        if (due is not { } datagram)
        {
            Fault = $"message {own.Frame} is not due: RefIke sends nothing in state {StepOf(State!)}";
            return;
        }

        (due, answered) = (null, null);
        Fault = Difference(State!, datagram, own) is { } difference ? $"message {own.Frame}: {difference}" : null;
        State = Pinned(State!, own);
    }

    private void TakePeers(ReplayedMessage message)
    {
        if (due is not null)
        {
            Fault = $"before message {message.Frame}: the answer to message {answered?.Frame} is not in the capture";
            return;
        }

        var before = State ?? Respond();
        var turn = Receive(before, message);
        (State, due, answered) = (turn.After, turn.Sent, message);
        if (turn.Rejection is { } why)
        {
            Refuse(message, why, turn.Refusal?.Type);
        }
        else
        {
            Accepted++;
        }
    }

    /// <summary>Of the payloads of these types, those whose bodies differ, by name; null where none does.</summary>
    public static string? Differing(
        ImmutableArray<Payload> sent, ImmutableArray<Payload> recorded, params ReadOnlySpan<PayloadType> types)
    {
        var differing = new List<string>();
        foreach (var type in types)
        {
            if (!sent.Where(p => p.Type == type).Select(p => p.Body)
                .SequenceEqual(recorded.Where(p => p.Type == type).Select(p => p.Body)))
            {
                differing.Add(PayloadNames.Of(type));
            }
        }

        return differing.Count == 0 ? null : $"RefIke has another {string.Join(" and ", differing)}";
    }

    /// <summary>The payloads of a datagram of RefIke's own, decrypted where it is encrypted.</summary>
    public static ImmutableArray<Payload> PayloadsOf(
        Octets datagram, Exchanges.Negotiation.Phase1Suite? suite, Crypto.Secret? Ka, Octets? iv)
    {
        _ = Header.TryRead(datagram.Span, out var header, out _);
        if (!header.IsEncrypted)
        {
            return MessageReader.TryRead(datagram.Memory, out var message, out _) ? message!.Payloads : [];
        }

        return iv is { } known && Protection.Open(datagram, header, suite!.Cipher, Ka!, known, out var opened) is null
            ? opened!.Payloads
            : [];
    }
}
