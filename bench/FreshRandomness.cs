using System.Security.Cryptography;
using RefIke.Exchanges;

namespace RefIke.Bench;

/// <summary>The system's generator, as a live endpoint has it; only the cookie secret stays.</summary>
internal sealed class FreshRandomness : IRandomness
{
    private readonly byte[] cookieSecret = RandomNumberGenerator.GetBytes(32);

    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
        => purpose == "cookie secret" ? cookieSecret : RandomNumberGenerator.GetBytes(length);
}
