using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// The one question of an exchange: which certificate speaks for this identity (M-89, M-92, A-28, A-46).
/// </summary>
public sealed class PeerCertificateTests
{
    private const byte Fqdn = 2, UserFqdn = 3, KeyId = 11;

    /// <summary>The certificate that names the identity is found among all that was sent, with its chain.</summary>
    [Fact]
    public void TheCertificateThatNamesTheIdentityIsFound()
    {
        var b = Made.Issue(
            Made.Peer() with { AlternativeNames = [AlternativeName.Dns("b.example")], SerialNumber = 3 });
        Assert.True(Find(Fqdn, "a.example", [Made.Ca, b, Made.Middle, Made.PeerOfMiddle], out var path, out _));
        Assert.Equal([Made.Ca, Made.Middle, Made.PeerOfMiddle], path!.Certificates);
        Assert.True(Find(Fqdn, "b.example", [Made.Middle, Made.PeerOfMiddle, b], out path, out _));
        Assert.Equal(b, path!.Peer);
    }

    /// <summary>M-92, A-28: any other valid certificate of the same CA does not speak for it.</summary>
    [Fact]
    [Clause("4945-3.1-01")]
    public void ACertificateOfSomebodyElseDoesNotSpeakForIt()
    {
        Assert.False(Find(Fqdn, "b.example", [Made.PeerOfCa], out _, out var fault));
        PathTests.AssertFault<CryptoFault.IdentityNotCertified>(fault, FaultNotify.InvalidIdInformation);
        Assert.False(Find(UserFqdn, "a.example", [Made.PeerOfCa], out _, out fault));
        PathTests.AssertFault<CryptoFault.IdentityNotCertified>(fault, FaultNotify.InvalidIdInformation);
        Assert.False(Find(KeyId, "a.example", [Made.PeerOfCa], out _, out fault));
        PathTests.AssertFault<CryptoFault.IdentityTypeRefused>(fault, FaultNotify.InvalidIdInformation);
    }

    /// <summary>The right name on a certificate that nobody trusted vouches for is not enough.</summary>
    [Fact]
    public void TheRightNameIsNotEnough()
    {
        var stranger = CertificateMaker.SelfSigned(Made.Authority("CN=Stranger"), TestKeys.P384);
        var forged = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, stranger, TestKeys.P384);
        Assert.False(Find(Fqdn, "a.example", [stranger, forged], out _, out var fault));
        PathTests.AssertFault<CryptoFault.NoTrustAnchor>(fault, FaultNotify.InvalidCertAuthority);
        Assert.False(Find(
            Fqdn, "a.example", [Made.Issue(Made.Peer() with { NotAfter = Made.Now - 1 })], out _, out fault));
        PathTests.AssertFault<CryptoFault.Expired>(fault);
        Assert.True(Find(Fqdn, "a.example", [stranger, forged, Made.PeerOfCa], out var path, out _));
        Assert.Equal(Made.PeerOfCa, path!.Peer);
    }

    /// <summary>
    /// M-89: CERT is optional, a certificate is not: without one it must be held, as a known or as a trusted one, or
    /// there is a fault.
    /// </summary>
    [Fact]
    [Clause("2409-5.1-06")]
    public void WithoutACertificateItMustBeHeld()
    {
        Assert.False(Find(Fqdn, "a.example", [], out _, out var fault));
        PathTests.AssertFault<CryptoFault.NoCertificate>(fault, FaultNotify.CertificateUnavailable);
        var known = TrustStore.Of(Made.Ca) with { Known = [Made.PeerOfCa] };
        Assert.True(Find(Fqdn, "a.example", [], out var path, out _, known));
        Assert.Equal(Made.PeerOfCa, path!.Peer);
        Assert.True(Find(Fqdn, "a.example", [], out path, out _, TrustStore.Of(Made.PeerOfCa)));
        Assert.Equal([Made.PeerOfCa], path!.Certificates);
        Assert.False(Find(Fqdn, "b.example", [], out _, out fault, known));
        PathTests.AssertFault<CryptoFault.IdentityNotCertified>(fault, FaultNotify.InvalidIdInformation);
    }

    /// <summary>
    /// Of several certificates that name the identity the first one's fault is told, and of several chains of one
    /// certificate that of the first.
    /// </summary>
    [Fact]
    public void TheFirstFaultIsTold()
    {
        var stranger = CertificateMaker.SelfSigned(Made.Authority("CN=Stranger"), TestKeys.P384);
        var forged = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, stranger, TestKeys.P384);
        var expired = Made.Issue(Made.Peer() with { NotAfter = Made.Now - 1 });
        Assert.False(Find(Fqdn, "a.example", [expired, forged], out _, out var fault));
        PathTests.AssertFault<CryptoFault.Expired>(fault);
        Assert.False(Find(Fqdn, "a.example", [forged, expired], out _, out fault));
        PathTests.AssertFault<CryptoFault.NoTrustAnchor>(fault, FaultNotify.InvalidCertAuthority);

        var authority = Made.Authority("CN=RefIke CA");
        var old = CertificateMaker.SelfSigned(authority with { NotAfter = Made.Now - 1 }, TestKeys.RsaCa);
        var plain = CertificateMaker.SelfSigned(authority with { IsCa = false }, TestKeys.RsaCa);
        PathTests.AssertFault<CryptoFault.Expired>(
            Made.Validate(Made.PeerOfCa, trust: TrustStore.Of(old, plain)));
        PathTests.AssertFault<CryptoFault.NotCa>(
            Made.Validate(Made.PeerOfCa, trust: TrustStore.Of(plain, old)));
    }

    /// <summary>RFC 4945 §3.3.9: four certificates that name the identity are tried, and no fifth.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [Clause("4945-3.3.9-01")]
    public void NoMoreThanSoManyAreTried(int bad, bool isFound)
    {
        var expired = Enumerable.Range(10, bad).Select(
            serial => Made.Issue(Made.Peer() with { SerialNumber = serial, NotAfter = Made.Now - 1 }));
        Assert.Equal(isFound, Find(Fqdn, "a.example", [.. expired, Made.PeerOfCa], out var path, out _));
        Assert.Equal(isFound ? Made.PeerOfCa : null, path?.Peer);
    }

    private static bool Find(
        byte type, string name, Certificate[] sent, out CertificatePath? path, out CryptoFault? fault,
        TrustStore? trust = null)
        => PeerCertificate.TryFind(
            type, System.Text.Encoding.ASCII.GetBytes(name), new ReceivedCertificates([.. sent], []),
            trust ?? TrustStore.Of(Made.Ca), PathPolicy.Rfc4945, Made.Now, out path, out fault);
}
