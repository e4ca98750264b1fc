using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// Chains and what can be wrong with them (RFC 4945 §5.1, RFC 5280 §6.1). Each fault is of its own type, with its
/// notify.
/// </summary>
public sealed class PathTests
{
    /// <summary>Each kind of key certifies each kind of key.</summary>
    [Fact]
    public void EveryKindOfKeyCertifiesEveryOther()
    {
        PrivateKey[] authorities = [TestKeys.RsaCa, TestKeys.DsaCa, TestKeys.P256Ca, TestKeys.P384, TestKeys.P521];
        PrivateKey[] peers = [TestKeys.Rsa, TestKeys.Dsa, TestKeys.P256, TestKeys.P384, TestKeys.P521];
        foreach (var authority in authorities)
        {
            var ca = CertificateMaker.SelfSigned(Made.Authority($"CN=CA with {authority.Name}"), authority);
            Assert.All(peers, peer => Assert.Null(Made.Validate(
                CertificateMaker.Issue(Made.Peer(), peer.PublicKey, ca, authority), trust: TrustStore.Of(ca))));
        }
    }

    /// <summary>The same recipe and keys give the same octets: there is neither clock nor randomness in them.</summary>
    [Fact]
    public void TheSameRecipeGivesTheSameOctets()
    {
        Assert.Equal(Made.Issue(Made.Peer()), Made.Issue(Made.Peer()));
        Assert.NotEqual(Made.Issue(Made.Peer()), Made.Issue(Made.Peer() with { SerialNumber = 3 }));
    }

    /// <summary>
    /// RFC 4945 §3.3.10: order, duplicates and strangers among what was sent do not matter; an intermediate may be held
    /// instead.
    /// </summary>
    [Fact]
    [Clause("4945-3.3.10.3-01")]
    [Clause("4945-3.3.10.5-01")]
    public void IntermediatesAreFoundInAnyOrder()
    {
        Certificate[] strangers = [
            Made.PeerOfCa, CertificateMaker.SelfSigned(Made.Authority("CN=Stranger"), TestKeys.P384)];
        Assert.Null(Made.Validate(Made.PeerOfMiddle, [Made.PeerOfMiddle, Made.Middle]));
        Assert.Null(Made.Validate(
            Made.PeerOfMiddle, [Made.Middle, .. strangers, Made.PeerOfMiddle, Made.Middle, Made.Ca]));
        Assert.Null(Made.Validate(
            Made.PeerOfMiddle, trust: TrustStore.Of(Made.Ca) with { Known = [.. strangers, Made.Middle] }));
        Assert.True(CertificatePath.TryBuild(
            Made.PeerOfMiddle, [Made.Middle], [], TrustStore.Of(Made.Ca), PathPolicy.Rfc4945, Made.Now, out var path,
                out _));
        Assert.Equal([Made.Ca, Made.Middle, Made.PeerOfMiddle], path.Certificates);
        Assert.Equal((Made.Ca, Made.PeerOfMiddle), (path.Anchor, path.Peer));
    }

    /// <summary>
    /// A peer's own certificate may be the anchor, and a CA below another may be one (RFC 4945 §3.3).
    /// </summary>
    [Fact]
    public void AnyCertificateMayBeTheAnchor()
    {
        Assert.Null(Made.Validate(Made.PeerOfCa, trust: TrustStore.Of(Made.PeerOfCa)));
        Assert.Null(Made.Validate(Made.PeerOfMiddle, trust: TrustStore.Of(Made.Middle)));
        Assert.IsType<CryptoFault.Expired>(
            Made.Validate(Made.PeerOfCa, trust: TrustStore.Of(Made.PeerOfCa), now: Made.End + 1));
    }

    /// <summary>
    /// B-91: unknown CA. B-87: a CA that the peer sends itself is no anchor, even under the anchor's name.
    /// </summary>
    [Fact]
    [Clause("4945-3.2.7.2-01")]
    public void NobodyIsTrustedForHavingBeenSent()
    {
        AssertFault<CryptoFault.NoTrustAnchor>(
            Made.Validate(Made.PeerOfCa, trust: TrustStore.Empty), FaultNotify.InvalidCertAuthority);
        AssertFault<CryptoFault.NoTrustAnchor>(Made.Validate(Made.PeerOfMiddle), FaultNotify.InvalidCertAuthority);

        var impostor = CertificateMaker.SelfSigned(Made.Authority("CN=Impostor"), TestKeys.P384);
        var victim = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, impostor, TestKeys.P384);
        AssertFault<CryptoFault.NoTrustAnchor>(
            Made.Validate(victim, [victim, impostor]), FaultNotify.InvalidCertAuthority);

        var sameName = CertificateMaker.SelfSigned(Made.Authority("CN=RefIke CA"), TestKeys.P384);
        var forged = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, sameName, TestKeys.P384);
        AssertFault<CryptoFault.NoTrustAnchor>(
            Made.Validate(forged, [forged, sameName]), FaultNotify.InvalidCertAuthority);
    }

    /// <summary>B-88: a certificate with the right names that the issuer's key did not sign.</summary>
    [Fact]
    public void TheIssuersKeyMustHaveSigned()
    {
        foreach (var (peer, chain) in ((Certificate, Certificate[])[])[
            (Made.PeerOfCa, []), (Made.PeerOfMiddle, [Made.Middle])])
        {
            Assert.True(Certificate.TryRead(
                Octets.Changed(peer.Der.ToArray(), peer.Der.Length - 1, 1), out var broken, out _));
            AssertFault<CryptoFault.CertificateSignature>(Made.Validate(broken, chain));
        }

        // Signed by another key under the anchor's name, without a key identifier that would give it away.
        var impostor = CertificateMaker.SelfSigned(Made.Authority("CN=RefIke CA") with { Version = 1 }, TestKeys.P384);
        var forged = CertificateMaker.Issue(
            Made.Peer() with { Version = 1 }, TestKeys.Rsa.PublicKey, impostor, TestKeys.P384);
        AssertFault<CryptoFault.CertificateSignature>(Made.Validate(forged, [forged, impostor]));
    }

    /// <summary>
    /// RFC 5280 §4.1.2.5: first and last second belong to the validity; peer, intermediate and anchor are all looked
    /// at.
    /// </summary>
    [Fact]
    public void EveryCertificateMustBeValidAtTheInstant()
    {
        Assert.Null(Made.Validate(Made.PeerOfCa, now: Made.Start));
        Assert.Null(Made.Validate(Made.PeerOfCa, now: Made.End));
        AssertFault<CryptoFault.NotYetValid>(Made.Validate(Made.PeerOfCa, now: Made.Start - 1));
        AssertFault<CryptoFault.Expired>(Made.Validate(Made.PeerOfCa, now: Made.End + 1));
        AssertFault<CryptoFault.Expired>(Made.Validate(Made.Issue(Made.Peer() with { NotAfter = Made.Now - 1 })));
        AssertFault<CryptoFault.NotYetValid>(Made.Validate(Made.Issue(Made.Peer() with { NotBefore = Made.Now + 1 })));

        var expired = CertificateMaker.Issue(
            Made.Authority("CN=Middle CA") with { NotAfter = Made.Now - 1 }, TestKeys.P256Ca.PublicKey, Made.Ca,
                TestKeys.RsaCa);
        AssertFault<CryptoFault.Expired>(Made.Validate(Made.PeerOfMiddle, [Made.PeerOfMiddle, expired]));
    }

    /// <summary>
    /// RFC 4945 §5.1.3.9: an issuer without BasicConstraints, with cA false, or whose KeyUsage lacks keyCertSign is
    /// none; nor is an anchor of version 3, which could say that it is.
    /// </summary>
    [Fact]
    [Clause("4945-5.1-01")]
    [Clause("4945-5.1.3.9-01")]
    public void IssuersMustBeAuthorities()
    {
        var plain = Made.Authority("CN=Middle CA") with { IsCa = false };
        AssertFault<CryptoFault.NotCa>(Below(plain, null));
        AssertFault<CryptoFault.NotCa>(Below(plain with { PathLength = 3 }, null));
        AssertFault<CryptoFault.NotCa>(
            Below(Made.Authority("CN=Middle CA") with { KeyUsages = KeyUsages.DigitalSignature }, null));
        Assert.Null(Below(Made.Authority("CN=Middle CA") with { KeyUsages = null }, null));
        Assert.Null(Below(plain, PathPolicy.Rfc4945 with { RequireBasicConstraints = false }));
        AssertFault<CryptoFault.NotCa>(
            Below(plain with { PathLength = 3 }, PathPolicy.Rfc4945 with { RequireBasicConstraints = false }));
        AssertFault<CryptoFault.NotCa>(Made.Validate(
            CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, Made.PeerOfCa, TestKeys.Rsa),
                [Made.PeerOfCa]));
        var anchor = CertificateMaker.SelfSigned(plain with { Subject = "CN=Root" }, TestKeys.P384);
        AssertFault<CryptoFault.NotCa>(Made.Validate(
            CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, anchor, TestKeys.P384),
            trust: TrustStore.Of(anchor)));
    }

    /// <summary>
    /// RFC 5280 §4.2.1.9: pathLenConstraint counts the CAs below that are not self-issued, not the peer; and no chain
    /// is longer than policy allows.
    /// </summary>
    [Fact]
    public void PathLengthsAreKept()
    {
        Assert.Null(Below(Made.Authority("CN=Middle CA") with { PathLength = 0 }, null));
        var root = CertificateMaker.SelfSigned(Made.Authority("CN=Root") with { PathLength = 0 }, TestKeys.P384);
        var middle = CertificateMaker.Issue(
            Made.Authority("CN=Middle CA"), TestKeys.P256Ca.PublicKey, root, TestKeys.P384);
        var peer = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, middle, TestKeys.P256Ca);
        AssertFault<CryptoFault.PathTooLong>(Made.Validate(peer, [peer, middle], TrustStore.Of(root)));
        middle = CertificateMaker.Issue(Made.Authority("CN=Root"), TestKeys.P256Ca.PublicKey, root, TestKeys.P384);
        peer = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, middle, TestKeys.P256Ca);
        Assert.Null(Made.Validate(peer, [peer, middle], TrustStore.Of(root)));

        var (issuer, issuerKey) = (Made.Ca, (PrivateKey)TestKeys.RsaCa);
        var chain = new List<Certificate>();
        for (var depth = 1; depth <= 7; depth++)
        {
            var below = CertificateMaker.Issue(
                Made.Authority($"CN=CA {depth}"), TestKeys.P256Ca.PublicKey, issuer, issuerKey);
            chain.Add(below);
            var end = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, below, TestKeys.P256Ca);
            var fault = Made.Validate(end, chain);
            Assert.Equal(depth > PathPolicy.Rfc4945.MostIntermediates, fault is CryptoFault.NoTrustAnchor);
            Assert.Equal(depth <= PathPolicy.Rfc4945.MostIntermediates, fault is null);
            (issuer, issuerKey) = (below, TestKeys.P256Ca);
        }
    }

    /// <summary>
    /// RFC 4945 §5.1.3.2: KeyUsage absent, or with digitalSignature or nonRepudiation, whatever else is set. For PKE
    ///
    /// </summary>
    [Fact]
    [Clause("4945-5.1.3.2-01")]
    public void KeyUsageMustAllowWhatTheKeyIsFor()
    {
        var encrypt = PathPolicy.Rfc4945 with { Purpose = KeyPurpose.Encryption };
        foreach (var (usages, signs, encrypts) in ((KeyUsages?, bool, bool)[])
            [(null, true, true), (KeyUsages.DigitalSignature, true, false), (KeyUsages.NonRepudiation, true, false),
                (KeyUsages.NonRepudiation | KeyUsages.CrlSign, true, false), (KeyUsages.KeyEncipherment, false, true),
                (KeyUsages.DataEncipherment, false, true), (KeyUsages.KeyAgreement, false, false),
                    (KeyUsages.KeyCertSign, false, false),
                (KeyUsages.DigitalSignature | KeyUsages.KeyEncipherment, true, true),
                    (KeyUsages.EncipherOnly | KeyUsages.DecipherOnly, false, false)])
        {
            var peer = Made.Issue(Made.Peer() with { KeyUsages = usages });
            Assert.Equal(usages, peer.KeyUsages);
            AssertEither<CryptoFault.KeyUsageForbids>(signs, Made.Validate(peer));
            AssertEither<CryptoFault.KeyUsageForbids>(encrypts, Made.Validate(peer, policy: encrypt));
        }
    }

    /// <summary>
    /// RFC 4945 §5.1.3.12: no ExtendedKeyUsage, or one with ipsecIKE or anyExtendedKeyUsage; a switch turns the check
    /// off.
    /// </summary>
    [Fact]
    [Clause("4945-5.1-01")]
    [Clause("4945-5.1.3.12-01")]
    public void ExtendedKeyUsageMustAllowIke()
    {
        const string Server = "1.3.6.1.5.5.7.3.1", Tunnel = "1.3.6.1.5.5.7.3.6", Ike = "1.3.6.1.5.5.7.3.17",
            Any = "2.5.29.37.0";
        foreach (var (purposes, good) in ((string[], bool)[])[
            ([], true), ([Ike], true), ([Any], true), ([Server, Ike], true), ([Server], false),
            ([Tunnel], false)])
        {
            var peer = Made.Issue(Made.Peer() with { ExtendedKeyUsage = purposes });
            AssertEither<CryptoFault.ExtendedKeyUsageForbids>(good, Made.Validate(peer));
            Assert.Null(Made.Validate(peer, policy: PathPolicy.Rfc4945 with { CheckExtendedKeyUsage = false }));
        }
    }

    /// <summary>
    /// RFC 4945 §5.1.3: an extension that is not processed is passed over unless it is critical, in peer, issuer and
    /// anchor.
    /// </summary>
    [Fact]
    [Clause("4945-5.1.3-01")]
    [Clause("4945-5.1.3.3-01")]
    public void UnknownCriticalExtensionsAreRefused()
    {
        (string, bool, byte[]) Unknown(bool critical) => ("1.3.6.1.4.1.99999.1", critical, [5, 0]);
        Assert.Null(Made.Validate(Made.Issue(Made.Peer() with { OtherExtensions = [Unknown(false)] })));
        AssertFault<CryptoFault.CriticalExtension>(
            Made.Validate(Made.Issue(Made.Peer() with { OtherExtensions = [Unknown(true)] })));
        AssertFault<CryptoFault.CriticalExtension>(
            Below(Made.Authority("CN=Middle CA") with { OtherExtensions = [Unknown(true)] }, null));
        var root = CertificateMaker.SelfSigned(
            Made.Authority("CN=Root") with { OtherExtensions = [Unknown(true)] }, TestKeys.P384);
        AssertFault<CryptoFault.CriticalExtension>(Made.Validate(
            CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, root, TestKeys.P384),
                trust: TrustStore.Of(root)));

        // PrivateKeyUsagePeriod is ignored even so (RFC 4945 §5.1.3.3), and so is its content.
        Assert.Null(Made.Validate(Made.Issue(Made.Peer() with { OtherExtensions = [("2.5.29.16", true, [0x30, 0])] })));
    }

    /// <summary>RFC 4945 §5.1.1: version 3 for all but the anchor.</summary>
    [Fact]
    [Clause("4945-5.1.1-01")]
    public void OldVersionsAreForAnchorsAlone()
    {
        AssertFault<CryptoFault.CertificateVersion>(Made.Validate(Made.Issue(Made.Peer() with { Version = 1 })));
        AssertFault<CryptoFault.CertificateVersion>(Made.Validate(Made.Issue(Made.Peer() with { Version = 2 })));
        var old = CertificateMaker.SelfSigned(Made.Authority("CN=Old root") with { Version = 1 }, TestKeys.P384);
        Assert.Equal((1, false), (old.Version, old.IsCa));
        Assert.Null(Made.Validate(
            CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, old, TestKeys.P384),
            trust: TrustStore.Of(old)));
    }

    /// <summary>
    /// RFC 4945 §5.3: MD5 and SHA-1 are verified unless policy refuses them; the certificate says that it is weak.
    /// </summary>
    [Fact]
    [Clause("4945-5.3-01")]
    public void WeakHashesAreVerifiedAndNamed()
    {
        var (ca, md5, sha1, sha256) = (Read(OpenSslCertificates.Ca), Read(OpenSslCertificates.SignedWithMd5),
            Read(OpenSslCertificates.SignedWithSha1), Read(OpenSslCertificates.Rsa));
        var strict = PathPolicy.Rfc4945 with { AcceptWeakHashes = false };
        Assert.Equal((true, true, false), (md5.HasWeakHash, sha1.HasWeakHash, sha256.HasWeakHash));
        foreach (var certificate in (Certificate[])[md5, sha1, sha256])
        {
            Assert.Null(Made.Validate(certificate, trust: TrustStore.Of(ca), now: OpenSslCertificates.In2030));
            AssertEither<CryptoFault.SignatureAlgorithm>(!certificate.HasWeakHash, Made.Validate(
                certificate, trust: TrustStore.Of(ca), policy: strict, now: OpenSslCertificates.In2030));
        }

        Assert.Null(Made.Validate(
            Read(OpenSslCertificates.Dss), trust: TrustStore.Of(Read(OpenSslCertificates.Dss)),
            now: OpenSslCertificates.In2030));
    }

    /// <summary>
    /// A signature algorithm that is not verified here is named by its OID: here the identifier of RSASSA-PSS (B-06).
    /// </summary>
    [Fact]
    [Clause("4945-5.3-01")]
    public void OtherSignatureAlgorithmsAreNamed()
    {
        var der = Convert.ToHexString(Made.PeerOfCa.Der.Span)
            .Replace("2A864886F70D01010B", "2A864886F70D01010A", StringComparison.Ordinal);
        Assert.True(Certificate.TryRead(Convert.FromHexString(der), out var pss, out _));
        var fault = AssertFault<CryptoFault.SignatureAlgorithm>(Made.Validate(pss));
        Assert.Equal("1.2.840.113549.1.1.10", fault.Algorithm);
    }

    /// <summary>
    /// Bounds: too many certificates, and as many CAs of one name as fit, which could be put in a row in any order.
    /// </summary>
    [Fact]
    public void WorkIsBounded()
    {
        Certificate[] many = [
            .. Enumerable.Range(0, CertificatePath.MostSent).Select(serial => CertificateMaker.SelfSigned(
            Made.Authority("CN=Same") with { SerialNumber = serial }, TestKeys.P256Ca))];
        var peer = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, many[0], TestKeys.P256Ca);
        AssertFault<CryptoFault.NoTrustAnchor>(Made.Validate(peer, many), FaultNotify.InvalidCertAuthority);
        AssertFault<CryptoFault.CertificateTooLarge>(Made.Validate(peer, [.. many, peer]));
    }

    /// <summary>
    /// RFC 5280 §7.1: issuer and subject are the same name whatever string type, letter case and spaces.
    /// </summary>
    [Fact]
    public void NamesAreChainedWithoutRegardToTheirEncoding()
    {
        Assert.True(DistinguishedName.TryParse("CN=refike  ca", out var other));
        Assert.True(other.IsSameAs(Made.Ca.Subject));
        Assert.False(other.HasOctets(Made.Ca.Subject.Der.Span));
        var renamed = CertificateMaker.SelfSigned(Made.Authority("CN=refike  ca"), TestKeys.RsaCa);
        Assert.Null(Made.Validate(Made.PeerOfCa, trust: TrustStore.Of(renamed)));
    }

    /// <summary>RFC 4945 §5.1: a policy of which nothing is said has every check on.</summary>
    [Fact]
    [Clause("4945-5.1-01")]
    public void APolicyChecksAllUnlessItIsLoosened()
    {
        var policy = new PathPolicy();
        Assert.Equal((true, true, true),
            (policy.CheckExtendedKeyUsage, policy.RequireBasicConstraints, policy.AcceptWeakHashes));
        Assert.Equal(policy, PathPolicy.Rfc4945);
    }

    /// <summary>RFC 5280 §7.1: names are the same if every attribute is, in type, value and order.</summary>
    [Theory]
    [InlineData("C=CH, O=RefIke, CN=CA", true)]
    [InlineData("C=CH, O=Other, CN=CA", false)]
    [InlineData("C=CH, OU=RefIke, CN=CA", false)]
    [InlineData("C=CH, CN=CA, O=RefIke", false)]
    [InlineData("C=CH, O=RefIke", false)]
    [InlineData("C=CH, O=RefIke, CN=C A", false)]
    public void NamesAreTheSameInEveryAttribute(string text, bool isSame)
    {
        Assert.True(DistinguishedName.TryParse("C=CH, O=Refike, CN=CA", out var name));
        Assert.True(DistinguishedName.TryParse(text, out var other));
        Assert.Equal((isSame, isSame), (name.IsSameAs(other), other.IsSameAs(name)));
    }

    internal static T AssertFault<T>(CryptoFault? fault, FaultNotify notify = FaultNotify.InvalidCertificate)
    {
        var found = Assert.IsType<T>(fault);
        Assert.Equal(notify, fault!.Notify);
        return found;
    }

    internal static void AssertEither<T>(bool good, CryptoFault? fault)
    {
        if (good)
        {
            Assert.Null(fault);
        }
        else
        {
            AssertFault<T>(fault);
        }
    }

    private static Certificate Read(string text)
    {
        Assert.True(Certificate.TryReadPem(text, out var certificate, out var fault), fault?.Reason);
        return certificate;
    }

    /// <summary>The fault of a peer below an intermediate of this recipe.</summary>
    private static CryptoFault? Below(CertificateRecipe middle, PathPolicy? policy)
    {
        var ca = CertificateMaker.Issue(middle, TestKeys.P256Ca.PublicKey, Made.Ca, TestKeys.RsaCa);
        var peer = CertificateMaker.Issue(Made.Peer(), TestKeys.Rsa.PublicKey, ca, TestKeys.P256Ca);
        return Made.Validate(peer, [peer, ca], policy: policy);
    }
}
