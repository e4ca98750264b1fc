using System.Collections.Concurrent;
using System.Security.Cryptography;
using RefIke.Exchanges;

namespace RefIke.Cli.Hosting;

/// <summary>The system's generator. Only the cookie secret is asked for twice and must stay the same.</summary>
internal sealed class SystemRandomness : IRandomness
{
    private readonly ConcurrentDictionary<string, byte[]> kept = new();

    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
        => purpose == "cookie secret"
            ? kept.GetOrAdd(purpose, _ => RandomNumberGenerator.GetBytes(length))
            : RandomNumberGenerator.GetBytes(length);
}
