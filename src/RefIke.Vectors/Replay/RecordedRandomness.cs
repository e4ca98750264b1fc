using RefIke.Exchanges;

namespace RefIke.Vectors.Replay;

/// <summary>Gives one side the octets that its vector recorded, and nothing that it did not.</summary>
internal sealed class RecordedRandomness(Side side) : IRandomness
{
    private readonly HashSet<Draw> asked = [];

    /// <summary>What was recorded and has not been asked for.</summary>
    public IEnumerable<Draw> Left => side.Random.Where(d => !asked.Contains(d));

    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
    {
        var draw = side.Random.SingleOrDefault(
            d => d.Purpose == purpose && d.Exchange == $"{exchange}" && d.Octets.Length == length)
            ?? throw new ReplayException($"the vector has no {length} octets for {purpose} of {exchange}");
        asked.Add(draw);
        return draw.Octets.ToArray();
    }
}
