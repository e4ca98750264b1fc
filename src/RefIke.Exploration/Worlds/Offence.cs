namespace RefIke.Exploration.Worlds;

/// <summary>What makes of a right message one that must be refused.</summary>
/// <param name="Words">What is wrong with it then.</param>
/// <param name="Clause">The clause that says so.</param>
/// <param name="Of">The message, changed; null where it cannot be done to this one.</param>
internal sealed record Offence(string Words, string Clause, Func<Letter, byte[]?> Of)
{
    /// <summary>One that leaves a message, with its HASH right again, and its encryption.</summary>
    public static Offence InWords(string words, string clause, Func<Letter, Letter?> change)
        => new(words, clause, letter => change(letter) is { Payloads.Length: > 0 } other && other != letter ? other.Write() : null);

    /// <summary>One of single octets of a datagram.</summary>
    public static Offence InOctets(string words, string clause, Func<byte[], byte[]?> change) => new(words, clause, letter => change(letter.Write()));

    /// <summary>One of single octets of a clear message.</summary>
    public static Offence InClear(string words, string clause, Func<byte[], byte[]?> change)
        => new(words, clause, letter => letter.Under is null ? change(letter.Write()) : null);
}
