using RefIke.Crypto.Certificates;
using Xunit;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// The form of certificates and CRLs (RFC 5280 §4.1, §4.2, §5.1): what must not be in them, what need not, how much.
/// </summary>
public sealed class CertificateShapeTests
{
    /// <summary>
    /// RFC 5280 §4.1: nothing follows the last field, neither of the certificate nor of anything in it, names, key and
    /// extensions included. Left out is AuthorityKeyIdentifier, of which only the first field is looked at.
    /// </summary>
    [Fact]
    public void NothingFollowsTheLastFieldOfACertificate()
    {
        var tree = DerTree.Read(Made.Issue(Made.Authority("C=CH, CN=Middle CA") with
        {
            PathLength = 3,
            AlternativeNames = [AlternativeName.Dns("a.example")],
            ExtendedKeyUsage = ["1.3.6.1.5.5.7.3.17"],
        }).Der);
        tree[0][^1][0].Parts.RemoveAt(1);
        AssertNothingMayFollow(tree, 30, der => Certificate.TryRead(der, out _, out _));
    }

    /// <summary>RFC 5280 §5.1: nor of a CRL, of its entries, and of their extensions and its own.</summary>
    [Fact]
    public void NothingFollowsTheLastFieldOfAList()
    {
        byte[] scope = [0x30, 3, 0x81, 1, 0xff], reason = [0x30, 7, 6, 3, 0x55, 0x1d, 21, 4, 0];
        var tree = DerTree.Read(CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [Made.Middle], Made.Start, Made.End, [("2.5.29.28", true, scope)]));
        tree[0][5][0].Parts.Add(DerTree.Of(0x30, DerTree.Read(reason)));
        AssertNothingMayFollow(tree, 16, der => RevocationList.TryRead(der, out _, out _));
    }

    /// <summary>
    /// RFC 5280 §4.1.2.8: certificates with either unique identifier, or with both in their order, are read, and the
    /// extensions behind them are found.
    /// </summary>
    [Theory]
    [InlineData(true, 0x81)]
    [InlineData(true, 0x82)]
    [InlineData(true, 0x81, 0x82)]
    [InlineData(false, 0x82, 0x81)]
    [InlineData(false, 0x81, 0x81)]
    [InlineData(false, 0x84)]
    public void UniqueIdentifiersArePassedOver(bool isRead, params int[] tags)
    {
        var tree = DerTree.Read(Made.PeerOfCa.Der);
        tree[0].Parts.InsertRange(7, tags.Select(tag => DerTree.Read((byte[])[(byte)tag, 2, 0, 0xaa])));
        Assert.Equal(isRead, Certificate.TryRead(tree.Encode(), out var certificate, out _));
        Assert.Equal(isRead ? ["DnsName:a.example"] : [], certificate?.AlternativeNames.Select(name => $"{name}") ?? []);
    }

    /// <summary>RFC 5280 §4.2.1.6: every name is a choice of GeneralName; a value of another class is none.</summary>
    [Theory]
    [InlineData(true, 0x82)]
    [InlineData(true, 0x86)]
    [InlineData(false, 0x0c)]
    [InlineData(false, 0x42)]
    public void NamesAreGeneralNames(bool isRead, byte tag)
        => Assert.Equal(isRead, Reads("2.5.29.17", [0x30, 3, tag, 1, (byte)'a']));

    /// <summary>A bound: names beyond the 256th make a certificate unreadable.</summary>
    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    public void NoMoreThanSoManyNamesAreRead(int count)
    {
        var names = Enumerable.Repeat(DerTree.Read((byte[])[0x82, 1, (byte)'a']), count);
        Assert.Equal(count <= 256, Reads("2.5.29.17", DerTree.Of(0x30, names).Encode()));
    }

    /// <summary>RFC 5280 §4.2.1.9: pathLenConstraint is a number from 0 up; one beyond 31 bits is not read.</summary>
    [Theory]
    [InlineData(true, new byte[] { 0 })]
    [InlineData(true, new byte[] { 127 })]
    [InlineData(false, new byte[] { 255 })]
    [InlineData(false, new byte[] { 1, 0, 0, 0, 0 })]
    public void PathLengthsAreNoLessThanNothing(bool isRead, byte[] length)
    {
        var number = DerTree.Read((byte[])[2, (byte)length.Length, .. length]);
        Assert.Equal(isRead, Reads("2.5.29.19", DerTree.Of(0x30, DerTree.Read((byte[])[1, 1, 0xff]), number).Encode()));
    }

    /// <summary>
    /// RFC 5280 §4.2.1.13: a distribution point need not have a name; it may name whoever issues the CRL.
    /// </summary>
    [Theory]
    [InlineData(new byte[] { 0xa2, 4, 0x82, 2, (byte)'a', (byte)'b' })]
    [InlineData(new byte[] { 0xa0, 5, 0xa0, 3, 0x86, 1, (byte)'a' })]
    [InlineData(new byte[] { 0xa0, 2, 0xa1, 0 })]
    [InlineData(new byte[0])]
    public void DistributionPointsNeedNoName(byte[] point)
        => Assert.True(Reads("2.5.29.31", [0x30, (byte)(point.Length + 2), 0x30, (byte)point.Length, .. point]));

    /// <summary>
    /// A bound: attributes of a name beyond the 64th make it unreadable, whether in as many RDNs or in one.
    /// </summary>
    [Theory]
    [InlineData(64, false)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(65, true)]
    public void NoMoreThanSoManyAttributesAreRead(int count, bool inOne)
    {
        DerTree[] attributes = [.. Enumerable.Range(0, count).Select(number => DerTree.Read(
            (byte[])[0x30, 8, 6, 3, 0x55, 4, 3, 0x0c, 1, (byte)('!' + number)]))];
        var name = DerTree.Of(0x30, inOne
            ? [DerTree.Of(0x31, attributes)]
            : attributes.Select(attribute => DerTree.Of(0x31, attribute)));
        Assert.Equal(count <= 64, DistinguishedName.TryRead(name.Encode(), out var read));
        Assert.Equal(count <= 64 ? count : null, read?.Attributes.Count);
    }

    private static bool Reads(string oid, byte[] value)
    {
        var tree = DerTree.Read(Made.PeerOfMiddle.Der);
        var extensions = tree[0][^1][0].Parts;
        extensions.Clear();
        extensions.Add(DerTree.Extension(oid, false, value));
        return Certificate.TryRead(tree.Encode(), out _, out _);
    }

    private static void AssertNothingMayFollow(DerTree tree, int least, Func<byte[], bool> reads)
    {
        Assert.True(reads(tree.Encode()));
        DerTree[] holders = [.. tree.Holders];
        Assert.True(holders.Length >= least, $"{holders.Length} places");
        foreach (var (at, holder) in holders.Index())
        {
            holder.Parts.Add(DerTree.Null);
            Assert.False(reads(tree.Encode()), $"at {at}: {Convert.ToHexStringLower(holder.Encode())}");
            holder.Parts.RemoveAt(holder.Parts.Count - 1);
        }
    }
}
