using RefIke.Exchanges;

namespace RefIke.Vectors.Making;

/// <summary>Writes down what another randomness was asked for, each question once, in the order of asking.</summary>
internal sealed class RecordingRandomness(IRandomness inner) : IRandomness
{
    private readonly Dictionary<(string, string), Draw> seen = [];

    public List<Draw> Draws { get; } = [];

    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
    {
        var octets = inner.Bytes(purpose, exchange, length);
        var draw = new Draw(purpose, $"{exchange}", octets);
        if (seen.TryAdd((purpose, draw.Exchange), draw))
        {
            Draws.Add(draw);
        }

        return octets;
    }
}
