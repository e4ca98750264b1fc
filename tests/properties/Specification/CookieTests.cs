using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;
using Cookie = RefIke.Wire.Cookie;

namespace RefIke.Properties.Specification;

/// <summary>RFC 2408 §2.5.3: a cookie depends on both parties and on a secret that its maker alone has.</summary>
public sealed class CookieTests
{
    private static readonly Pair Asked = PlaceOfMessagesTests.Sent(1);

    [Fact]
    [Clause("2408-2.5.3-01")]
    public void CookieDependsOnThePartiesAndOnASecret()
    {
        var cookie = Answer(500, 500, 0);
        Assert.Equal(cookie, Answer(500, 500, 0));
        Assert.NotEqual(cookie, Answer(501, 500, 0));
        Assert.NotEqual(cookie, Answer(500, 501, 0));
        Assert.NotEqual(cookie, Answer(500, 500, 1));
    }

    /// <summary>
    /// B's cookie for A's message 1 from one port to another; B's secret is one or another, its other randomness the
    /// same.
    /// </summary>
    private static Cookie Answer(int from, int to, byte secret)
    {
        var sent = Asked.Flying.Single();
        var setup = Asked.B.Endpoint.Setup;
        var b = new Endpoint(setup with { Randomness = new OtherSecret(setup.Randomness, secret) });
        var (state, _) = b.Step(EndpointState.Empty, default, new Input.DatagramArrived(
            new IPEndPoint(sent.Remote.Address, to), new IPEndPoint(sent.Local.Address, from), sent.Datagram));
        return state.Isakmp.Values.Single().Own;
    }

    private sealed class OtherSecret(IRandomness inner, byte change) : IRandomness
    {
        public byte[] Bytes(string purpose, ExchangeName exchange, int length)
        {
            var octets = inner.Bytes(purpose, exchange, length);
            octets[0] ^= purpose == "cookie secret" ? change : (byte)0;
            return octets;
        }
    }
}
