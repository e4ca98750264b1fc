using RefIke.Wire;

namespace RefIke.Exchanges;

/// <summary>What tells one exchange from every other of an endpoint: both cookies and the message id (RFC 2408 §2.5.3, §3.1).</summary>
public readonly record struct ExchangeName(Cookie CKY_I, Cookie CKY_R, uint M_ID)
{
    /// <inheritdoc/>
    public override string ToString() => $"{CKY_I}/{CKY_R}/{M_ID:x8}";
}

/// <summary>Random octets, asked for by name, so that the same question gets the same answer in whatever order things happen.</summary>
public interface IRandomness
{
    /// <summary>Gives <paramref name="length"/> octets for one purpose (<c>Ni</c>, <c>x</c>, <c>SPI</c>, …) of one exchange.</summary>
    byte[] Bytes(string purpose, ExchangeName exchange, int length);
}
