using System.Text;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>ID payload against certificate (RFC 4945 §3.1; D-85, A-46, M-92): exactly, one type to one field.</summary>
public sealed class IdentityBindingTests
{
    private const byte Ipv4 = 1, Fqdn = 2, UserFqdn = 3, Ipv4Subnet = 4, Ipv6 = 5, Ipv6Subnet = 6, Ipv4Range = 7,
        Ipv6Range = 8, Dn = 9, Gn = 10, KeyId = 11;

    private static readonly byte[] Address = [192, 0, 2, 7];
    private static readonly byte[] Address6 = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7];

    private static readonly Certificate All = Made.Issue(Made.Peer() with
    {
        AlternativeNames =
        [
            AlternativeName.Dns("a.example"), AlternativeName.Dns("B.Example"),
                AlternativeName.Rfc822("User@a.example"),
            AlternativeName.Ip(Address), AlternativeName.Ip(Address6),
        ],
    });

    /// <summary>
    /// RFC 4945 §3.1.1, §3.1.2, §3.1.3, §3.1.5: any of several names; domain names and mail addresses whatever the
    /// letter case.
    /// </summary>
    [Fact]
    [Clause("4945-3.1.1-01")]
    [Clause("4945-3.1.2-01")]
    [Clause("4945-3.1.3-01")]
    public void NamesInTheCertificateAreBound()
    {
        Assert.Null(Check(Fqdn, "a.example"));
        Assert.Null(Check(Fqdn, "b.EXAMPLE"));
        Assert.Null(Check(UserFqdn, "user@A.example"));
        Assert.Null(IdentityBinding.Check(All, Ipv4, Address));
        Assert.Null(IdentityBinding.Check(All, Ipv6, Address6));
        Assert.Null(IdentityBinding.Check(All, Dn, All.Subject.Der.Span));
    }

    /// <summary>
    /// another name, a part of one, a longer one, one with NUL, one of the other field, a name that only the
    /// subject has.
    /// </summary>
    [Fact]
    [Clause("4945-3.1.1-02")]
    [Clause("4945-3.1.2-01")]
    [Clause("4945-3.1.3-01")]
    public void AnythingElseIsNot()
    {
        foreach (var name in (string[])[
            "b.example.org", "example", "a.exampl", "a.example.", "x.a.example", "a.example\0", "a.example\0.b", "",
            "192.0.2.7", "user@a.example", "*.example", "C=CH"])
        {
            AssertNotNamed("4945-3.1.2-01", Check(Fqdn, name));
        }

        foreach (var name in (string[])["user@b.example", "a.example", "@a.example", "user", ""])
        {
            AssertNotNamed("4945-3.1.3-01", Check(UserFqdn, name));
        }

        foreach (var address in (byte[][])[[192, 0, 2, 8], [192, 0, 2], [192, 0, 2, 7, 0], [], Address6])
        {
            AssertNotNamed("4945-3.1.1-01", IdentityBinding.Check(All, Ipv4, address));
        }

        AssertNotNamed("4945-3.1.1-01", IdentityBinding.Check(All, Ipv6, [.. Address, .. new byte[12]]));
        AssertNotNamed("4945-3.1.1-01", IdentityBinding.Check(All, Ipv6, Address));
    }

    /// <summary>
    /// RFC 4945 §3.1.5: the subject bit by bit; the same name in another string type or case is another.
    /// </summary>
    [Fact]
    [Clause("4945-3.1.5-01")]
    public void DistinguishedNamesAreComparedBitByBit()
    {
        foreach (var text in (string[])[
            "C=CH, O=RefIke, CN=A.example", "O=RefIke, C=CH, CN=a.example", "C=CH, O=RefIke", "CN=a.example", ""])
        {
            Assert.True(DistinguishedName.TryParse(text, out var name));
            AssertNotNamed("4945-3.1.5-01", IdentityBinding.Check(All, Dn, name.Der.Span));
        }
    }

    /// <summary>RFC 4945 §3.1.9: a domain name, mail address or IP address in the subject is no identity.</summary>
    [Fact]
    [Clause("4945-3.1.9-01")]
    public void TheSubjectProvesNothingButItself()
    {
        var certificate = Made.Issue(
            Made.Peer() with { Subject = "E=user@a.example, CN=a.example", AlternativeNames = [] });
        AssertNotNamed("4945-3.1.2-01", IdentityBinding.Check(certificate, Fqdn, "a.example"u8));
        AssertNotNamed("4945-3.1.3-01", IdentityBinding.Check(certificate, UserFqdn, "user@a.example"u8));
        Assert.Null(IdentityBinding.Check(certificate, Dn, certificate.Subject.Der.Span));
    }

    /// <summary>
    /// RFC 4945 §5.1.2.1, §3.1.5: an empty subject is accepted in a certificate and is nobody's identity.
    /// </summary>
    [Fact]
    [Clause("4945-3.1.5-02")]
    [Clause("4945-5.1.2.1-01")]
    public void AnEmptySubjectIsNobody()
    {
        var certificate = Made.Issue(Made.Peer() with { Subject = "" });
        Assert.Null(Made.Validate(certificate));
        Assert.True(certificate.Subject.IsEmpty);
        AssertNotNamed("4945-3.1.5-01", IdentityBinding.Check(certificate, Dn, certificate.Subject.Der.Span));
        Assert.Null(IdentityBinding.Check(certificate, Fqdn, "a.example"u8));
    }

    /// <summary>
    /// RFC 4945 §5.1.3.6.1, §5.1.3.6.2: a wildcard and an address with a mask are no identities, not even against
    /// themselves.
    /// </summary>
    [Fact]
    [Clause("4945-3.1.1-02")]
    [Clause("4945-5.1.3.6.1-01")]
    public void WildcardsAndMasksAreNobody()
    {
        var certificate = Made.Issue(Made.Peer() with
        {
            AlternativeNames = [
                AlternativeName.Dns("*.example"), AlternativeName.Ip([192, 0, 2, 0, 255, 255, 255, 0]),
                AlternativeName.Dns("")],
        });
        AssertNotNamed("4945-3.1.2-01", IdentityBinding.Check(certificate, Fqdn, "*.example"u8));
        AssertNotNamed("4945-3.1.2-01", IdentityBinding.Check(certificate, Fqdn, "a.example"u8));
        AssertNotNamed("4945-3.1.2-01", IdentityBinding.Check(certificate, Fqdn, []));
        AssertNotNamed("4945-3.1.1-01", IdentityBinding.Check(certificate, Ipv4, [192, 0, 2, 0, 255, 255, 255, 0]));
        AssertNotNamed("4945-3.1.1-01", IdentityBinding.Check(certificate, Ipv4, [192, 0, 2, 0]));
        Assert.Equal([Dn], IdentityBinding.Identities(certificate).Select(identity => identity.IdType));
    }

    /// <summary>
    /// RFC 4945 §3.1: subnets, ranges, GN, KEY_ID and what is unassigned are refused whatever they hold.
    /// </summary>
    [Fact]
    [Clause("4945-3.1-02")]
    public void OtherTypesAreRefused()
    {
        byte[] bound = [Ipv4, Fqdn, UserFqdn, Ipv6, Dn];
        foreach (var type in Enumerable.Range(0, 256).Select(type => (byte)type).Except(bound))
        {
            var fault = Assert.IsType<CryptoFault.IdentityTypeRefused>(IdentityBinding.Check(All, type, "a.example"u8));
            Assert.Equal((type, FaultNotify.InvalidIdInformation), (fault.Type, fault.Notify));
        }

        byte[] refused = [Ipv4Subnet, Ipv6Subnet, Ipv4Range, Ipv6Range, Gn, KeyId];
        Assert.All(refused, type => Assert.DoesNotContain(type, bound));
    }

    /// <summary>
    /// RFC 4945 §3.1.8: what a certificate may be put into an ID payload for, and every one of that is bound.
    /// </summary>
    [Fact]
    [Clause("4945-3.1.8-01")]
    public void IdentitiesOfACertificateAreBoundToIt()
    {
        var identities = IdentityBinding.Identities(All);
        Assert.Equal([Fqdn, Fqdn, UserFqdn, Ipv4, Ipv6, Dn], identities.Select(identity => identity.IdType));
        Assert.All(identities, identity => Assert.Null(
            IdentityBinding.Check(All, identity.IdType, identity.IdData.Span)));
    }

    private static CryptoFault? Check(byte type, string name)
        => IdentityBinding.Check(All, type, Encoding.ASCII.GetBytes(name));

    private static void AssertNotNamed(string clause, CryptoFault? fault)
    {
        var found = Assert.IsType<CryptoFault.IdentityNotCertified>(fault);
        Assert.Equal((clause, FaultNotify.InvalidIdInformation), (found.Clause, found.Notify));
    }
}
