using System.Buffers.Binary;
using System.Net;
using System.Text;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// Cookies: a keyed hash over both addresses and ports under a secret of this endpoint, and fresh octets for each exchange, so
/// that none is met twice (RFC 2408 §2.5.3, D-28).
/// </summary>
internal static class Cookies
{
    [Clause("2408-2.5.3-01")]
    [Clause("2408-2.5.3-02")]
    public static Cookie Make(EndpointSetup setup, string purpose, ExchangeName exchange, IPEndPoint local, IPEndPoint remote)
    {
        var secret = setup.Randomness.Bytes("cookie secret", default, 32);
        var fresh = setup.Randomness.Bytes(purpose, exchange, 16);
        var hash = Prf.HmacSha256.Compute(secret, [.. fresh, .. Encoding.ASCII.GetBytes($"{local}|{remote}")]);
        var cookie = new Cookie(BinaryPrimitives.ReadUInt64BigEndian(hash));
        return cookie.IsZero ? new Cookie(1) : cookie;
    }
}
