using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>CERTREQ payloads and what answers them (RFC 2408 §3.10, §5.10; RFC 4945 §3.2; D-58, D-59).</summary>
public sealed class CertificateRequestTests
{
    /// <summary>
    /// RFC 4945 §3.2.7.1, §3.2.9.1: the subject of every trust anchor, bit by bit, none twice; nobody is asked for by
    /// an empty name.
    /// </summary>
    [Fact]
    [Clause("4945-3.2.7.1-01")]
    [Clause("4945-3.2.9.1-01")]
    [Clause("2408-3.10-03")]
    public void RequestsNameTheTrustAnchors()
    {
        var again = CertificateMaker.SelfSigned(Made.Authority("CN=RefIke CA"), TestKeys.P384);
        var nameless = CertificateMaker.SelfSigned(Made.Authority(""), TestKeys.P384);
        var authorities = CertificateRequest.Authorities(TrustStore.Of(Made.Ca, Made.Middle, again, nameless));
        Assert.Equal(
            [Made.Ca.Subject.Der.ToArray(), Made.Middle.Subject.Der.ToArray()],
                authorities.Select(authority => authority.ToArray()));
    }

    /// <summary>
    /// RFC 2408 §5.10 steps 1 and 2; RFC 4945 §3.2.3, §3.2.4: 1, 4 and 5 are requests; other types and names are
    /// discarded.
    /// </summary>
    [Fact]
    [Clause("4945-3.2.3-01")]
    [Clause("4945-3.2.4-01")]
    [Clause("4945-3.2.8.1-01")]
    public void TypesAreRequestsOrDiscarded()
    {
        foreach (var type in Enumerable.Range(0, 256).Select(number => (byte)number))
        {
            var read = CertificateRequest.TryRead(type, Made.Ca.Subject.Der, out var request, out var fault);
            Assert.Equal(type is 1 or 4 or 5, read);
            switch (type)
            {
                case 1 or 4 or 5:
                    Assert.True(request!.Authority!.HasOctets(Made.Ca.Subject.Der.Span));
                    break;
                case 0 or > 10:
                    PathTests.AssertFault<CryptoFault.RequestEncodingInvalid>(fault, FaultNotify.InvalidCertEncoding);
                    break;
                default:
                    PathTests.AssertFault<CryptoFault.RequestTypeUnsupported>(fault, FaultNotify.CertTypeUnsupported);
                    break;
            }
        }

        Assert.True(CertificateRequest.TryRead(4, default, out var any, out _));
        Assert.Null(any.Authority);
        Assert.False(CertificateRequest.TryRead(4, "CN=text"u8.ToArray(), out _, out var unreadable));
        PathTests.AssertFault<CryptoFault.AuthorityUnreadable>(unreadable, FaultNotify.InvalidCertAuthority);
    }

    /// <summary>
    /// RFC 4945 §3.3, §3.3.11.2: the certificate and what leads to the authority asked for, never a trust anchor, never
    /// more.
    /// </summary>
    [Fact]
    [Clause("4945-3.2.7.1-02")]
    [Clause("4945-3.2.7.2-02")]
    [Clause("4945-3.2.8.3-01")]
    [Clause("4945-3.3-01")]
    [Clause("4945-3.3.11.1-01")]
    [Clause("4945-3.3.11.2-01")]
    public void TheChainUpToTheAuthorityIsSent()
    {
        var ours = Ours();
        AssertSends([Made.PeerOfMiddle, Made.Middle], [ours], Request(Made.Ca));
        AssertSends([Made.PeerOfMiddle], [ours], Request(Made.Middle));
        AssertSends([Made.PeerOfMiddle], [ours], Request(Made.Ca), Request(Made.Middle));
        AssertSends([Made.PeerOfMiddle], [ours], Request(Made.Middle), Request(Made.Ca));
        AssertSends([Made.PeerOfMiddle, Made.Middle], [ours], Any());
        Assert.Equal([Made.PeerOfMiddle, Made.Middle], ours.Chain);
        Assert.Equal([Made.Middle, Made.Ca], ours.Issuers);
    }

    /// <summary>
    /// RFC 4945 §3.3.7: of several credentials the one that an authority asked for leads to, and of several such the
    /// one that stands first; RFC 2408 §5.10 step 3 if there is none.
    /// </summary>
    [Fact]
    [Clause("4945-3.3.7-01")]
    [Clause("4945-3.3.9-01")]
    public void TheCredentialOfTheAuthorityIsChosen()
    {
        var stranger = CertificateMaker.SelfSigned(Made.Authority("CN=Other CA"), TestKeys.P384);
        var theirs = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, stranger, TestKeys.P384);
        Assert.True(Credential.TryCreate(TestKeys.P256, theirs, [], out var other, out _));
        AssertSends([theirs], [Ours(), other], Request(stranger));
        AssertSends([Made.PeerOfMiddle, Made.Middle], [other, Ours()], Request(Made.Ca));
        AssertSends([theirs], [other, Ours()], Any());
        Assert.True(Credential.TryCreate(TestKeys.Rsa, Made.PeerOfCa, [], out var direct, out _));
        AssertSends([theirs], [other, direct], Request(stranger), Request(Made.Ca));
        AssertSends([Made.PeerOfCa], [direct, other], Request(stranger), Request(Made.Ca));
        Assert.False(Credential.TryAnswer([Ours()], [Request(stranger)], out var chosen, out var send, out var fault));
        Assert.Null(chosen);
        Assert.Empty(send);
        PathTests.AssertFault<CryptoFault.CertificateUnavailable>(fault, FaultNotify.CertificateUnavailable);
    }

    /// <summary>A key that is not the certificate's is found before anything is signed with it.</summary>
    [Fact]
    [Clause("4945-3.1-03")]
    public void KeyAndCertificateMustBelongTogether()
    {
        Assert.False(Credential.TryCreate(TestKeys.P256, Made.PeerOfCa, [], out _, out var fault));
        Assert.IsType<CryptoFault.KeyDoesNotMatch>(fault);
        Assert.Equal("C=CH, O=RefIke, CN=a.example [RSA 2048 private key]", $"{Ours()}");
    }

    /// <summary>No octets throw.</summary>
    [Property]
    public bool RandomAuthoritiesAreReadWithoutAnException(byte type, byte[] octets, ushort position, byte change)
    {
        var name = Made.PeerOfCa.Subject.Der.ToArray();
        var altered = Octets.Changed(name, position % name.Length, change);
        return CertificateRequest.TryRead((byte)(type % 12), octets, out _, out var one) == (one is null)
            && CertificateRequest.TryRead(4, altered, out var request, out var other) == (other is null)
            && $"{request?.Authority}".All(c => c is >= ' ' and <= '~');
    }

    private static Credential Ours()
    {
        Assert.True(Credential.TryCreate(
            TestKeys.Rsa, Made.PeerOfMiddle, [Made.Ca, Made.PeerOfCa, Made.Middle, Made.PeerOfMiddle, Made.Middle],
                out var ours, out _));
        return ours;
    }

    private static CertificateRequest Request(Certificate authority)
    {
        Assert.True(CertificateRequest.TryRead(4, authority.Subject.Der, out var request, out _));
        return request;
    }

    private static CertificateRequest Any()
    {
        Assert.True(CertificateRequest.TryRead(4, default, out var request, out _));
        return request;
    }

    private static void AssertSends(Certificate[] due, Credential[] ours, params CertificateRequest[] requests)
    {
        Assert.True(Credential.TryAnswer(ours, requests, out var chosen, out var send, out var fault));
        Assert.Null(fault);
        Assert.Equal(due, send);
        Assert.Equal(due[0], chosen.Certificate);
    }
}
