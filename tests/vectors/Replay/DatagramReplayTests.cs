using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// Every value and datagram of every vector through RefIke's own formulas, reader, writer and encryption.
/// </summary>
public sealed class DatagramReplayTests
{
    public static TheoryData<string> Names => [.. VectorFolder.Exchanges.Select(v => v.Name)];

    /// <summary>
    /// RFC 2409 §5, §5.1 to §5.7, App. B: keys, HASH and SIG, encrypted bodies, IVs, KEYMAT; each datagram survives
    /// reading and writing.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    [Clause("2409-3.2-03")]
    [Clause("2409-5-15")]
    [Clause("2409-5-16")]
    [Clause("2409-5-17")]
    [Clause("2409-5-18")]
    [Clause("2409-5-19")]
    [Clause("2409-5.5-11")]
    [Clause("2409-5.5-12")]
    [Clause("2409-5.5-13")]
    [Clause("2409-5.5-14")]
    [Clause("2409-5.5-15")]
    [Clause("2409-5.5-16")]
    [Clause("2409-B-02")]
    [Clause("2409-B-03")]
    [Clause("2409-B-07")]
    public void FormulasGiveEveryValue(string name) => Assert.Empty(VectorCheck.Formulas(VectorFolder.Exchange(name)));
}
