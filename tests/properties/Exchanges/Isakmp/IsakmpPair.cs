using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Isakmp;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;
using IPAddress = System.Net.IPAddress;

namespace RefIke.Properties.Exchanges.Isakmp;

/// <summary>The two ends of one exchange of RFC 2408 §4.4 to §4.7, and every message between them.</summary>
internal sealed class IsakmpPair
{
    /// <summary>What a second phase is protected with: keys of some first phase.</summary>
    public static readonly IsakmpKeys FirstPhase = new(
        Suite.Cipher, Secret.Of(new byte[Suite.Cipher.KeyLength]), new byte[Suite.Cipher.BlockLength]);

    private readonly IsakmpExchange initiator;
    private readonly IsakmpExchange responder;

    /// <summary>Two ends of an exchange, as a first phase or as a second one with a message id.</summary>
    public IsakmpPair(ExchangeType type, IkeDoi? initiator = null, IkeDoi? responder = null, uint M_ID = 0)
    {
        this.initiator = new IsakmpExchange(initiator ?? A, Wiring.AsWritten);
        this.responder = new IsakmpExchange(responder ?? B, Wiring.AsWritten);
        var (i, r) = (new Cookie(0x1111_1111), new Cookie(0x2222_2222));
        (I, R) = M_ID == 0
            ? (IsakmpState.Initiating(type, i), IsakmpState.Responding(type, i, r))
            : (IsakmpState.Protected(type, Role.Initiator, i, r, M_ID, FirstPhase),
                IsakmpState.Protected(type, Role.Responder, i, r, M_ID, FirstPhase));
    }

    public static Phase1Suite Suite => SuiteNames.Phase1("aes128-sha1-modp1024", 28800)!;

    public static IkeDoi A => new("A", Suite, "secret", Host(1), Host(2));

    public static IkeDoi B => new("B", Suite, "secret", Host(2), Host(1));

    public IsakmpState I { get; set; }

    public IsakmpState R { get; set; }

    /// <summary>Every message sent, with the keys that it may be encrypted under.</summary>
    public List<(Octets Datagram, IsakmpKeys? Keys)> Sent { get; } = [];

    public static IdentificationPayload Host(int n) => Selector.ToPayload(new IPAddress([10, 77, 0, (byte)n]), 32);

    public static Header HeaderOf(Octets datagram)
        => Header.TryRead(datagram.Span, out var header, out _) ? header
            : throw new InvalidOperationException("no header");

    /// <summary>The initiator's first message.</summary>
    public Octets Begin() => Take(initiator.Happen(I, IsakmpEvent.Initiate), true)!.Value;

    /// <summary>What one end makes of a datagram; its record goes on.</summary>
    public Turn<IsakmpState> Deliver(Octets datagram, bool toResponder)
    {
        var turn = Try(datagram, toResponder);
        Take(turn, !toResponder);
        return turn;
    }

    /// <summary>The same, without the record going on.</summary>
    public Turn<IsakmpState> Try(Octets datagram, bool toResponder) => toResponder
        ? responder.Receive(R, datagram, HeaderOf(datagram)) : initiator.Receive(I, datagram, HeaderOf(datagram));

    /// <summary>A time-out at one end.</summary>
    public Turn<IsakmpState> Happen(IsakmpEvent what, bool atResponder)
        => atResponder ? responder.Happen(R, what) : initiator.Happen(I, what);

    /// <summary>
    /// Messages go to and fro until so many were delivered, or none is left; gives the one that comes next.
    /// </summary>
    public Octets? Run(int messages = int.MaxValue)
    {
        Octets? next = Begin();
        for (var n = 0; n < messages && next is { } datagram; n++)
        {
            next = Deliver(datagram, n % 2 == 0).Sent;
        }

        return next;
    }

    /// <summary>The payloads of the message sent as number <paramref name="n"/>, decrypted where it is HDR*.</summary>
    public ImmutableArray<Payload> Payloads(int n)
    {
        var (datagram, keys) = Sent[n];
        var header = HeaderOf(datagram);
        if (!header.IsEncrypted)
        {
            return MessageReader.TryRead(datagram.Memory, out var message, out _) ? message!.Payloads : [];
        }

        Protection.Open(datagram, header, keys!.Cipher, keys.Key, keys.Iv, out var opened);
        return opened!.Payloads;
    }

    /// <summary>
    /// The message number <paramref name="n"/> with other payloads, protected as it was, or the other way.
    /// </summary>
    public Octets With(int n, ImmutableArray<Payload> payloads, bool otherProtection = false)
    {
        var datagram = Sent[n].Datagram;
        var keys = Sent[n].Keys ?? FirstPhase;
        var header = HeaderOf(datagram) with { Flags = HeaderFlags.None };
        return HeaderOf(datagram).IsEncrypted != otherProtection
            ? Protection.Seal(header, payloads, keys.Cipher, keys.Key, keys.Iv).Datagram
            : MessageWriter.Write(header, payloads);
    }

    private Octets? Take(Turn<IsakmpState> turn, bool ofInitiator)
    {
        var before = ofInitiator ? I : R;
        if (turn.Sent is { } sent && turn.Rejection is not Rejection.Duplicate)
        {
            // The IV before the message: what was received for it has already moved it on.
            var iv = Sent.Count > 0 && HeaderOf(Sent[^1].Datagram) is { IsEncrypted: true }
                ? Sent[^1].Datagram.Slice(Sent[^1].Datagram.Length - Suite.Cipher.BlockLength, Suite.Cipher.BlockLength)
                : (before.Under ?? FirstIv(turn.After))?.Iv ?? Octets.Empty;
            Sent.Add((sent, (turn.After.Under ?? turn.After.Keys) is { } keys ? keys with { Iv = iv } : null));
        }

        (I, R) = ofInitiator ? (turn.After, R) : (I, turn.After);
        return turn.Sent;
    }

    private static IsakmpKeys? FirstIv(IsakmpState after) => after.Keys is { } keys
        ? keys with
        {
            Iv = KeySchedule.Rfc2409.Phase1Iv(Suite.Hash, after.KE_I.Span, after.KE_R.Span, Suite.Cipher.BlockLength),
        }
        : null;
}
