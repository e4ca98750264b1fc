using System.Buffers.Binary;
using System.Text;
using RefIke.Crypto;
using RefIke.Exchanges;

namespace RefIke.Engine;

/// <summary>
/// Octets derived from a seed, the endpoint's name, the purpose and the exchange: the same question always has the same answer.
/// For tests, exploration and reproducible runs; a real endpoint uses the system's generator.
/// </summary>
public sealed class NamedRandomness(ulong seed, string endpoint) : IRandomness
{
    /// <inheritdoc/>
    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
    {
        var key = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(key, seed);
        var label = Encoding.UTF8.GetBytes($"{endpoint}|{purpose}|{exchange}|");
        var result = new byte[length];
        for (var (at, block) = (0, (byte)0); at < length; block++)
        {
            var octets = Prf.HmacSha256.Compute(key, [.. label, block]);
            var take = Math.Min(octets.Length, length - at);
            octets.AsSpan(0, take).CopyTo(result.AsSpan(at));
            at += take;
        }

        return result;
    }
}
