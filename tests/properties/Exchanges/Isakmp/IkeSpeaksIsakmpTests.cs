using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Isakmp;
using RefIke.Exchanges.Machines;
using RefIke.Properties.Engine;
using RefIke.Properties.Engine.Phase1;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Exchanges.Isakmp;

/// <summary>
/// RFC 2409 §5: Main Mode is an Identity Protection Exchange, Aggressive Mode an Aggressive Exchange. So the generic
/// exchange with IKE's keys and HASH is understood by an endpoint, in either role; the two that IKE leaves alone are
/// refused.
/// </summary>
public sealed class IkeSpeaksIsakmpTests
{
    /// <summary>The generic exchange begins, the endpoint answers.</summary>
    [Theory]
    [InlineData(ExchangeType.MainMode)]
    [InlineData(ExchangeType.Aggressive)]
    [Clause("2408-4.5-01")]
    [Clause("2408-4.7-02")]
    public void EndpointAnswersTheGenericExchange(ExchangeType type)
    {
        var pair = new Pair(both: s => s.With(c => c with { Mode = type }));
        var exchange = new IsakmpExchange(IsakmpPair.A, Wiring.AsWritten);
        var state = IsakmpState.Initiating(type, new Cookie(0x1111_1111));
        var turn = exchange.Happen(state, IsakmpEvent.Initiate);
        while (turn.Sent is { } sent)
        {
            pair.Deliver(new Effect.Send(pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local, sent, false));
            if (pair.Flying.Count == 0)
            {
                break;
            }

            var answer = pair.Flying[0].Datagram;
            pair.Flying.Clear();
            turn = exchange.Receive(turn.After, answer, IsakmpPair.HeaderOf(answer));
        }

        Assert.Equal(IsakmpStep.Established, turn.After.Step);
        var sa = Assert.Single(pair.B.Told.OfType<Effect.IsakmpEstablished>()).Phase1;
        Assert.Equal((sa.Keys!.Ka, sa.Iv), (turn.After.Keys!.Key, turn.After.Keys.Iv));
    }

    /// <summary>The endpoint begins, the generic exchange answers.</summary>
    [Theory]
    [InlineData(ExchangeType.MainMode)]
    [InlineData(ExchangeType.Aggressive)]
    [Clause("2408-4.5-01")]
    [Clause("2408-4.7-02")]
    public void GenericExchangeAnswersTheEndpoint(ExchangeType type)
    {
        var pair = new Pair(both: s => s.With(c => c with { Mode = type }));
        pair.Connect(pair.A);
        var first = IsakmpPair.HeaderOf(pair.Flying[0].Datagram);
        var exchange = new IsakmpExchange(IsakmpPair.B, Wiring.AsWritten);
        var state = IsakmpState.Responding(type, first.InitiatorCookie, new Cookie(0x2222_2222));
        while (state.Step != IsakmpStep.Established && pair.Flying.Count > 0)
        {
            var datagram = pair.Flying[0].Datagram;
            pair.Flying.Clear();
            var turn = exchange.Receive(state, datagram, IsakmpPair.HeaderOf(datagram));
            Assert.Null(turn.Rejection);
            state = turn.After;
            if (turn.Sent is { } sent)
            {
                pair.Deliver(new Effect.Send(pair.B.Endpoint.Setup.Local, pair.A.Endpoint.Setup.Local, sent, false));
            }
        }

        Assert.Equal(IsakmpStep.Established, state.Step);
        var sa = Assert.Single(pair.A.Told.OfType<Effect.IsakmpEstablished>()).Phase1;
        Assert.Equal((sa.Keys!.Ka, sa.Iv), (state.Keys!.Key, state.Keys.Iv));
    }

    /// <summary>
    /// Base and Authentication Only: IKE has no such exchange, and a peer of a connection is told so by
    /// UNSUPPORTED-EXCHANGE-TYPE, in clear, with no more than twice its octets; nothing is kept of it (D-39, D-150).
    /// </summary>
    [Theory]
    [InlineData(ExchangeType.Base)]
    [InlineData(ExchangeType.AuthenticationOnly)]
    [Clause("2408-5.2-02")]
    [Clause("2408-5.2-03")]
    public void EndpointRefusesWhatIkeHasNot(ExchangeType type)
    {
        var pair = new Pair();
        var first = new IsakmpPair(type).Begin();
        var (local, remote) = (pair.B.Endpoint.Setup.Local, pair.A.Endpoint.Setup.Local);
        pair.Do(pair.B, new Input.DatagramArrived(local, remote, first));
        Assert.Equal(EndpointState.Empty, pair.B.State);
        var why = Assert.IsType<Rejection.WrongExchangeType>(pair.B.Told.OfType<Effect.Rejected>().Single().Why);
        Assert.Equal((type, NotifyType.UnsupportedExchangeType), (why.Type, why.Notify));

        var answer = Assert.Single(pair.Flying).Datagram;
        Assert.True(answer.Length <= 2 * Header.Size);
        Assert.True(MessageReader.TryRead(answer.Memory, out var message, out _));
        Assert.Equal(ExchangeType.Informational, message!.Header.ExchangeType);
        var notify = Assert.IsType<NotificationPayload>(Assert.Single(message.Payloads));
        Assert.Equal(NotifyType.UnsupportedExchangeType, notify.NotifyType);

        pair.Flying.Clear();
        pair.Do(pair.B, new Input.DatagramArrived(local, new(System.Net.IPAddress.Parse("10.77.0.9"), 500), first));
        Assert.Empty(pair.Flying);
    }

    /// <summary>Under an ISAKMP SA they are no second phase either.</summary>
    [Theory]
    [InlineData(ExchangeType.Base)]
    [InlineData(ExchangeType.AuthenticationOnly)]
    [Clause("2408-5.2-02")]
    public void EndpointRefusesThemUnderAnIsakmpSa(ExchangeType type)
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        var (sa, before) = (pair.B.State.Isakmp.Values.Single().Phase1, pair.B.State);
        var header = new Header(sa.CKY_I, sa.CKY_R, PayloadType.None, 0x10, type, HeaderFlags.None, 7, 0);
        var cipher = sa.Suite!.Cipher;
        var (datagram, _) = Protection.Seal(
            header, [new NoncePayload(new byte[16])], cipher, sa.Keys!.Ka, new byte[cipher.BlockLength]);
        pair.Do(pair.B, new Input.DatagramArrived(pair.B.Endpoint.Setup.Local, pair.A.Endpoint.Setup.Local, datagram));
        var why = pair.B.Told.OfType<Effect.Rejected>().Last().Why;
        Assert.Equal(type, Assert.IsType<Rejection.WrongExchangeType>(why).Type);
        Assert.Equal(before, pair.B.State);
        Assert.Empty(pair.Flying);
    }
}
