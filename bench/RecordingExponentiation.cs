using RefIke.Crypto;

namespace RefIke.Bench;

/// <summary>One exponentiation that was asked for: b^e mod m.</summary>
internal sealed record Exponentiation(byte[] B, byte[] E, byte[] M);

/// <summary>
/// Passes exponentiations on and keeps a list of them, so that the very same ones can be measured alone.
/// </summary>
internal sealed class RecordingExponentiation(IModularExponentiation inner) : IModularExponentiation
{
    public List<Exponentiation> Asked { get; } = [];

    public string Name => inner.Name;

    public byte[] Power(ReadOnlySpan<byte> b, ReadOnlySpan<byte> e, ReadOnlySpan<byte> m)
    {
        Asked.Add(new Exponentiation(b.ToArray(), e.ToArray(), m.ToArray()));
        return inner.Power(b, e, m);
    }
}
