using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Exploration.Mutants;

/// <summary>A limit, a time or the randomness of one end, changed.</summary>
internal static class PolicyMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("M-96", "the same nonces for every exchange", "2408-5.13-01")
        {
            Change = setup => setup with { Randomness = new Same(setup.Randomness, "Ni", "Nr") },
        },
        new("M-119", "a fixed retransmission timer without back-off", "2408-5.1-04")
        {
            Change = setup => setup with { Timing = setup.Timing with { Gap = (t, _) => t.FirstGap } },
        },
        new("M-124", "CKY-R is constant", "2408-2.5.3-01")
        {
            Change = setup => setup with { Randomness = new Same(setup.Randomness, "CKY-R") },
        },
        new("M-144", "rekey starts only when the life has ended", "2408-4.3-02")
        {
            AtBothEnds = true,
            Change = setup => setup with { Timing = setup.Timing with { InitiatorRekeysAt = 100, ResponderRekeysAt = 100 } },
        },
        new("M-145", "the old pair is deleted before HASH(3) has confirmed the new one", "2408-4.3-03")
        {
            Change = setup => setup with { Timing = setup.Timing with { DeleteOldAfter = 0 } },
        },
        new("M-154", "half-open exchanges without bound", "2408-1.7.1-01")
        {
            Change = setup => setup with { Limits = setup.Limits with { HalfOpen = int.MaxValue, HalfOpenPerAddress = int.MaxValue } },
        },
        new("M-903", "the old pair is never deleted after a rekey", "2408-4.3-03")
        {
            Change = setup => setup with { Timing = setup.Timing with { DeleteOldAfter = 100_000_000, DeleteSurplusAfter = 100_000_000 } },
        },
    ];

    /// <summary>Answers some purposes alike whichever exchange asks.</summary>
    private sealed class Same(IRandomness inner, params string[] purposes) : IRandomness
    {
        public byte[] Bytes(string purpose, ExchangeName exchange, int length)
            => inner.Bytes(purpose, purposes.Contains(purpose) ? default : exchange, length);
    }
}
