using System.Security.Cryptography.X509Certificates;
using RefIke.Crypto.Certificates;
using Xunit;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>What the maker of certificates writes is as RFC 5280 wants it from an authority.</summary>
public sealed class CertificateMakerTests
{
    /// <summary>
    /// RFC 5280 §4.1.2.1, §4.1.2.9: version 1 is the default and not written; extensions are in version 3 alone.
    /// </summary>
    [Theory]
    [InlineData(1, 0x02, 6)]
    [InlineData(2, 0xa0, 7)]
    [InlineData(3, 0xa0, 8)]
    public void VersionsHaveTheirFields(int version, byte first, int fields)
    {
        var made = Made.Issue(Made.Peer() with { Version = version });
        var parts = DerTree.Read(made.Der)[0].Parts;
        Assert.Equal((version, first, fields), (made.Version, parts[0].Encode()[0], parts.Count));
    }

    /// <summary>
    /// RFC 5280 §4.2.1.3, §4.2.1.6, §4.2.1.9: BasicConstraints and KeyUsage are critical, SubjectAltName where the
    /// subject is empty; without a name it is left out.
    /// </summary>
    [Fact]
    public void ExtensionsAreCriticalWhereTheyMustBe()
    {
        var authority = Made.Issue(Made.Authority("CN=CA"));
        Assert.Equal(["2.5.29.19", "2.5.29.15"], Extensions(authority, true));
        Assert.Equal(["2.5.29.14", "2.5.29.35"], Extensions(authority, false));
        Assert.Equal(["2.5.29.15"], Extensions(Made.PeerOfCa, true));
        Assert.Equal(["2.5.29.14", "2.5.29.35", "2.5.29.17"], Extensions(Made.PeerOfCa, false));
        Assert.Equal(["2.5.29.15", "2.5.29.17"], Extensions(Made.Issue(Made.Peer() with { Subject = "" }), true));
    }

    /// <summary>
    /// RFC 5280 §5.1.2.1, §5.1.2.6: a CRL says that it is of version 2, and has no list where nobody is revoked.
    /// </summary>
    [Fact]
    public void ListsSayTheirVersionAndNothingOfNobody()
    {
        DerTree List(params Certificate[] revoked) => DerTree.Read(
            CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, revoked, Made.Start, Made.End, []))[0];
        Assert.Equal([2, 1, 1], List()[0].Encode());
        Assert.Equal((5, 6), (List().Parts.Count, List(Made.PeerOfCa).Parts.Count));
    }

    private static IEnumerable<string?> Extensions(Certificate certificate, bool critical)
    {
        using var theirs = X509CertificateLoader.LoadCertificate(certificate.Der.Span);
        return [.. theirs.Extensions.Where(extension => extension.Critical == critical)
            .Select(extension => extension.Oid?.Value)];
    }
}
