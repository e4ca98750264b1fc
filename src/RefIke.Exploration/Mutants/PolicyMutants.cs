using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Exploration.Mutants;

/// <summary>A limit, a time or the randomness of one end, changed.</summary>
internal static class PolicyMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("M-118", "no answer to a copy of a message, and no retransmission", "2408-5.1-02",
            setup => setup with { Timing = setup.Timing with { Retries = 0 } }),
        new("M-144", "rekey starts only when the life has ended", "2408-4.3-01",
            setup => setup with { Timing = setup.Timing with { InitiatorRekeysAt = 100, ResponderRekeysAt = 100 } }),
        new("M-112", "the old pair is never deleted after a rekey", "2408-4.3-01",
            setup => setup with { Timing = setup.Timing with { DeleteOldAfter = 100_000_000, DeleteSurplusAfter = 100_000_000 } }),
        new("M-133", "every message id, nonce and SPI of one length is the same", "2408-3.1-05",
            setup => setup with { Randomness = new OneName(setup.Randomness) }),
    ];

    /// <summary>Answers by purpose alone, whichever exchange asks.</summary>
    private sealed class OneName(IRandomness inner) : IRandomness
    {
        public byte[] Bytes(string purpose, ExchangeName exchange, int length)
            => purpose is "Ni" or "Nr" or "SPI" ? inner.Bytes(purpose, default, length) : inner.Bytes(purpose, exchange, length);
    }
}
