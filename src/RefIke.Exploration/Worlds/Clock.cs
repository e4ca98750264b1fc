using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Exploration.Worlds;

/// <summary>The time of the step that is taken now.</summary>
internal sealed class Clock
{
    /// <summary>Set before each step.</summary>
    public Instant Now { get; set; }
}

/// <summary>
/// Named random octets, but for a responder's cookie, which is another at another time: the same old message 1 is answered under a fresh one, as by an
/// endpoint whose octets are really random. A step is still a function of state, time and input.
/// </summary>
internal sealed class ClockedRandomness(IRandomness named, Clock clock) : IRandomness
{
    /// <inheritdoc/>
    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
        => named.Bytes(purpose == "CKY-R" ? $"{purpose} at {clock.Now.Milliseconds}" : purpose, exchange, length);
}
