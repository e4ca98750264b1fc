using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Cli.Matrix;

/// <summary>
/// Random octets of one run, but for the Diffie-Hellman private values: those are the same in all runs of a matrix, one
/// for phase 1 and one for Quick Mode, so that the exponentiations of a group are done once.
/// </summary>
internal sealed class MatrixRandomness(ulong seed, string endpoint, int run) : IRandomness
{
    private readonly NamedRandomness ofRun = new(seed, $"{endpoint} {run}");
    private readonly NamedRandomness ofAll = new(seed, endpoint);

    /// <inheritdoc/>
    public byte[] Bytes(string purpose, ExchangeName exchange, int length) => purpose is "xi" or "xr"
        ? ofAll.Bytes(purpose, new ExchangeName(default, default, Math.Min(exchange.M_ID, 1)), length)
        : ofRun.Bytes(purpose, exchange, length);
}
