using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// Reading certificates: to the last octet, without an exception, and as other software makes them and reads them.
/// </summary>
public sealed class CertificateReadingTests
{
    private const byte Utc = 0x17, Generalized = 0x18;

    /// <summary>What OpenSSL wrote is found: subject, names of all kinds, usage, validity, key.</summary>
    [Fact]
    public void CertificatesOfOpenSslAreRead()
    {
        Assert.True(Certificate.TryReadPem(OpenSslCertificates.Rsa, out var certificate, out _));
        Assert.Equal("C=CH, O=Example, OU=VPN, west, CN=gw.example.org", $"{certificate.Subject}");
        Assert.Equal("C=CH, O=Example, CN=OpenSSL CA", $"{certificate.Issuer}");
        Assert.Equal([("C", "CH"), ("O", "Example"), ("OU", "VPN, west"), ("CN", "gw.example.org")],
            certificate.Subject.Attributes);
        Assert.Equal(
            ["DnsName:gw.example.org", "Rfc822Name:user@example.org", "IpAddress:c0000207",
                "IpAddress:20010db8000000000000000000000007", "Other:"],
            certificate.AlternativeNames.Select(name => $"{name}"));
        Assert.Equal((3, KeyUsages.DigitalSignature, false),
            (certificate.Version, certificate.KeyUsages, certificate.IsCa));
        Assert.InRange(OpenSslCertificates.In2030, certificate.NotBefore, certificate.NotAfter);
        Assert.Equal("RSA 1024", $"{certificate.PublicKey}");
        Assert.True(Certificate.TryReadPem(certificate.ToPem(), out var again, out _));
        Assert.Equal(certificate, again);
    }

    /// <summary>
    /// The platform reads ours, finds the same in it, and finds its chain good at the same instant. Each key signs with
    /// its own algorithm, whose parameters are NULL for RSA and left out for the others (RFC 3279 §2.2, RFC 5758 §3).
    /// </summary>
    [Theory]
    [InlineData("RSA", "1.2.840.113549.1.1.11", 2)]
    [InlineData("DSA", "1.2.840.10040.4.3", 1)]
    [InlineData("P-256", "1.2.840.10045.4.3.2", 1)]
    [InlineData("P-384", "1.2.840.10045.4.3.3", 1)]
    [InlineData("P-521", "1.2.840.10045.4.3.4", 1)]
    public void ThePlatformReadsOurCertificates(string kind, string algorithm, int parts)
    {
        var key = TestKeys.Of(kind);
        var root = CertificateMaker.SelfSigned(Made.Authority("C=CH, O=RefIke, CN=root"), key);
        var peer = CertificateMaker.Issue(
            Made.Peer() with
            {
                AlternativeNames = [
                AlternativeName.Dns("a.example"), AlternativeName.Ip([192, 0, 2, 1])]
            },
            TestKeys.Rsa.PublicKey, root, key);
        using var theirRoot = X509CertificateLoader.LoadCertificate(root.Der.Span);
        using var theirPeer = X509CertificateLoader.LoadCertificate(peer.Der.Span);
        Assert.Equal(peer.NotAfter, new DateTimeOffset(theirPeer.NotAfter).ToUnixTimeSeconds());
        Assert.Equal(algorithm, theirPeer.SignatureAlgorithm.Value);
        Assert.Equal(parts, DerTree.Read(peer.Der)[1].Parts.Count);
        Assert.Equal(peer.Subject.Der.ToArray(), theirPeer.SubjectName.RawData);
        Assert.Equal(peer.PublicKey.SubjectPublicKeyInfo.ToArray(), theirPeer.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.True(theirPeer.MatchesHostname("a.example") && theirPeer.MatchesHostname("192.0.2.1"));

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(theirRoot);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = DateTimeOffset.FromUnixTimeSeconds(Made.Now).UtcDateTime;
        Assert.True(chain.Build(theirPeer),
            string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.Null(Made.Validate(peer, trust: TrustStore.Of(root)));
    }

    /// <summary>A chain that the platform's authority made is good here.</summary>
    [Fact]
    public void ChainsOfThePlatformAreValid()
    {
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var peerKey = RSA.Create(2048);
        var (from, to) = (DateTimeOffset.FromUnixTimeSeconds(Made.Start), DateTimeOffset.FromUnixTimeSeconds(Made.End));
        var caRequest = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=Their CA, O=Test", caKey, HashAlgorithmName.SHA384);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        caRequest.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        caRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(caRequest.PublicKey, false));
        using var theirCa = caRequest.CreateSelfSigned(from, to);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=Their peer", peerKey, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("peer.example");
        names.AddEmailAddress("peer@example");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(theirCa, true, false));
        using var theirs = request.Create(
            theirCa.SubjectName, X509SignatureGenerator.CreateForECDsa(caKey), from, to, [1, 2, 3]);

        Assert.True(Certificate.TryRead(theirCa.RawData, out var ca, out _));
        Assert.True(Certificate.TryRead(theirs.RawData, out var peer, out _));
        Assert.Null(Made.Validate(peer, trust: TrustStore.Of(ca)));
        Assert.Equal(["DnsName:peer.example", "Rfc822Name:peer@example"],
            peer.AlternativeNames.Select(name => $"{name}"));
    }

    /// <summary>
    /// Every octet of a certificate counts: with any one changed it is unreadable or its chain is refused, and nothing
    /// throws.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(128)]
    [InlineData(255)]
    public void NoOctetOfACertificateIsIdle(byte change)
    {
        var ca = CertificateMaker.SelfSigned(Made.Authority("CN=root"), TestKeys.P256Ca);
        var peer = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, ca, TestKeys.P256Ca);
        Assert.Null(Made.Validate(peer, trust: TrustStore.Of(ca)));
        for (var at = 0; at < peer.Der.Length; at++)
        {
            if (Certificate.TryRead(Octets.Changed(peer.Der.ToArray(), at, change), out var changed, out var fault))
            {
                Assert.True(Made.Validate(changed, trust: TrustStore.Of(ca)) is not null,
                    $"octet {at} changed by {change}");
            }
            else
            {
                Assert.Equal(FaultNotify.InvalidCertificate, fault.Notify);
            }
        }
    }

    /// <summary>No octets throw, cut, stretched or blind.</summary>
    [Property(MaxTest = 300)]
    public bool RandomAndAlteredOctetsAreReadWithoutAnException(byte[] octets, ushort position, byte change, bool cut)
    {
        var whole = Made.PeerOfMiddle.Der.ToArray();
        var at = position % whole.Length;
        byte[][] inputs =
        [
            octets, [0x30, (byte)Math.Min(octets.Length, 127), .. octets.Take(127)], Octets.Changed(whole, at, change),
            cut ? whole[..at] : [.. whole, .. octets], [.. whole[..at], .. octets, .. whole[at..]],
        ];
        return Array.TrueForAll(inputs, input => Certificate.TryRead(input, out var certificate, out var fault)
            ? Made.Validate(certificate, [certificate, Made.Middle]) is not { } found || found.Reason.Length > 0
            : fault.Notify == FaultNotify.InvalidCertificate);
    }

    /// <summary>
    /// Bounds and shapes: too long, nested without end, an extension twice, two algorithms, unknown version, unusable
    /// key (B-59).
    /// </summary>
    [Fact]
    [Clause("2408-5.9-02")]
    public void WhatIsNoCertificateIsNamed()
    {
        AssertFault<CryptoFault.CertificateTooLarge>(new byte[Certificate.Longest + 1]);
        AssertFault<CryptoFault.CertificateUnreadable>([]);
        AssertFault<CryptoFault.CertificateUnreadable>([.. Made.PeerOfCa.Der.Span, 0]);
        AssertFault<CryptoFault.CertificateUnreadable>([.. Enumerable.Repeat((byte)0x30, Certificate.Longest)]);
        AssertFault<CryptoFault.CertificateUnreadable>(
            [.. Enumerable.Repeat((byte[])[0x30, 0x80], 8000).SelectMany(octets => octets)]);

        var twice = Made.Peer() with { OtherExtensions = [("2.5.29.15", true, [3, 2, 7, 128])] };
        Assert.Throws<ArgumentException>(() => Made.Issue(twice));
        Assert.Throws<ArgumentException>(() => Made.Issue(Made.Peer() with { Version = 4 }));

        var outerAlgorithm = Made.PeerOfCa.Der.ToArray();
        var last = Convert.ToHexString(outerAlgorithm).LastIndexOf("2A864886F70D01010B", StringComparison.Ordinal) / 2;
        AssertFault<CryptoFault.CertificateUnreadable>(Octets.Changed(outerAlgorithm, last + 8, 0x0b ^ 0x05));

        var evenModulus = Convert.ToHexString(Made.PeerOfCa.Der.Span)
            .Replace("0203010001", "0203010000", StringComparison.Ordinal);
        var fault = AssertFault<CryptoFault.CertificateUnreadable>(Convert.FromHexString(evenModulus));
        Assert.Contains("exponent", fault.Reason, StringComparison.Ordinal);
        Assert.False(Certificate.TryReadPem("no block", out _, out var noBlock));
        Assert.IsType<CryptoFault.CertificateUnreadable>(noBlock);
    }

    /// <summary>
    /// RFC 5280 §4.1.2.5: UTCTime until 2049, GeneralizedTime from 2050 and before 1950; seconds come back as they
    /// were.
    /// </summary>
    [Theory]
    [InlineData(-700_000_000, -1, Generalized, Utc)]
    [InlineData(-631_152_001, -631_152_000, Generalized, Utc)]
    [InlineData(0, 2_524_607_999, Utc, Utc)]
    [InlineData(2_524_607_999, 2_524_608_000, Utc, Generalized)]
    [InlineData(951_782_400, 253_402_300_799, Utc, Generalized)]
    public void TimesComeBackToTheSecond(long notBefore, long notAfter, byte first, byte second)
    {
        var certificate = Made.Issue(Made.Peer() with { NotBefore = notBefore, NotAfter = notAfter });
        Assert.Equal((notBefore, notAfter), (certificate.NotBefore, certificate.NotAfter));
        var validity = DerTree.Read(certificate.Der)[0][4];
        Assert.Equal((first, second), (validity[0].Encode()[0], validity[1].Encode()[0]));
        using var theirs = X509CertificateLoader.LoadCertificate(certificate.Der.Span);
        Assert.Equal(notAfter, new DateTimeOffset(theirs.NotAfter).ToUnixTimeSeconds());
    }

    /// <summary>
    /// Names as text: order kept, comma with a backslash, unknown types and bare words refused; what does not print is
    /// escaped.
    /// </summary>
    [Fact]
    public void NamesAreReadFromText()
    {
        Assert.True(DistinguishedName.TryParse("C=CH, O=A\\, B, OU=x=y, DC=org, E=a@b, CN=\u00e4", out var name));
        Assert.Equal([("C", "CH"), ("O", "A, B"), ("OU", "x=y"), ("DC", "org"), ("E", "a@b"), ("CN", "\u00e4")],
            name.Attributes);
        Assert.EndsWith("CN=\\x00e4", $"{name}", StringComparison.Ordinal);
        Assert.True(DistinguishedName.TryRead(name.Der, out var again));
        Assert.True(again.HasOctets(name.Der.Span) && again.IsSameAs(name));
        Assert.True(DistinguishedName.TryParse("", out var empty) && empty.IsEmpty);
        foreach (var bad in (string[])["CN", "XY=1", "=a", "C=\u00e4", "E=\u00e4"])
        {
            Assert.False(DistinguishedName.TryParse(bad, out _));
        }

        var flood = KeyForms.Write(writer =>
        {
            using var sequence = writer.PushSequence();
            for (var count = 0; count < 65; count++)
            {
                using var set = writer.PushSetOf();
                using var pair = writer.PushSequence();
                writer.WriteObjectIdentifier("2.5.4.3");
                writer.WriteCharacterString(System.Formats.Asn1.UniversalTagNumber.UTF8String, "x");
            }
        });
        Assert.False(DistinguishedName.TryRead(flood, out _));
    }

    private static T AssertFault<T>(byte[] der)
    {
        Assert.False(Certificate.TryRead(der, out _, out var fault));
        Assert.Equal(FaultNotify.InvalidCertificate, fault.Notify);
        return Assert.IsType<T>(fault);
    }
}
