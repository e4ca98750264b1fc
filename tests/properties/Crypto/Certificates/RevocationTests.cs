using System.Formats.Asn1;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// CRLs (RFC 4945 §5.2, RFC 5280 §5): heeded when they are there, demanded when policy says so, never a stranger's.
/// </summary>
public sealed class RevocationTests
{
    private static readonly PathPolicy Demanding = PathPolicy.Rfc4945 with { RequireRevocationInformation = true };

    /// <summary>
    /// RFC 4945 §5.2: who is listed is revoked, who is not stays; with demanding policy both need a list at all.
    /// </summary>
    [Fact]
    [Clause("4945-5.2-01")]
    public void ListedCertificatesAreRevoked()
    {
        var other = Made.Issue(Made.Peer() with { SerialNumber = 99 });
        var list = List([other]);
        Assert.Equal(1, list.Count);
        AssertRevoked(Validate(other, PathPolicy.Rfc4945, list));
        Assert.Null(Validate(Made.PeerOfCa, PathPolicy.Rfc4945, list));
        Assert.Null(Validate(Made.PeerOfCa, Demanding, list));
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfCa, Demanding));
        Assert.Null(Validate(Made.PeerOfCa, PathPolicy.Rfc4945));
    }

    /// <summary>
    /// Each certificate below the anchor is looked for: an intermediate that is revoked takes those below with it.
    /// </summary>
    [Fact]
    public void IntermediatesAreRevokedToo()
    {
        AssertRevoked(Validate(Made.PeerOfMiddle, PathPolicy.Rfc4945, List([Made.Middle])));
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfMiddle, Demanding, List([])));
        Assert.Null(Validate(Made.PeerOfMiddle, Demanding, List([]), Read(CertificateMaker.Revoke(
            Made.Middle, TestKeys.P256Ca, [], Made.Start, Made.End, []))));
    }

    /// <summary>
    /// A list counts if the issuer's key signed it, its KeyUsage allows cRLSign and it was issued by now.
    /// </summary>
    [Fact]
    [Clause("4945-5.2-01")]
    public void ListsOfStrangersCountForNothing()
    {
        var impostor = CertificateMaker.SelfSigned(Made.Authority("CN=RefIke CA"), TestKeys.P384);
        var forged = Read(CertificateMaker.Revoke(impostor, TestKeys.P384, [Made.PeerOfCa], Made.Start, Made.End, []));
        Assert.Null(Validate(Made.PeerOfCa, PathPolicy.Rfc4945, forged));
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfCa, Demanding, forged));

        var noCrlSign = CertificateMaker.SelfSigned(
            Made.Authority("CN=root") with { KeyUsages = KeyUsages.KeyCertSign }, TestKeys.P384);
        var peer = CertificateMaker.Issue(Made.Peer(), TestKeys.P256.PublicKey, noCrlSign, TestKeys.P384);
        Assert.Null(Made.Validate(peer, trust: TrustStore.Of(noCrlSign) with
        {
            RevocationLists = [
                Read(CertificateMaker.Revoke(noCrlSign, TestKeys.P384, [peer], Made.Start, Made.End, []))],
        }));

        var future = Read(
            CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, [Made.PeerOfCa], Made.Now + 1, Made.End, []));
        Assert.Null(Validate(Made.PeerOfCa, PathPolicy.Rfc4945, future));
    }

    /// <summary>
    /// RFC 4945 §5.2.1: an old list still revokes, but that somebody is not on it means nothing any more.
    /// </summary>
    [Fact]
    [Clause("4945-5.2-02")]
    public void OldListsOnlyRevoke()
    {
        var old = Read(CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, [Made.PeerOfCa], Made.Start, Made.Now - 1, []));
        AssertRevoked(Validate(Made.PeerOfCa, PathPolicy.Rfc4945, old, List([])));
        Assert.IsType<CryptoFault.RevocationUnknown>(
            Validate(Made.Issue(Made.Peer() with { SerialNumber = 5 }), Demanding, old));
        var endless = Read(CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, [], Made.Start, null, []));
        Assert.Null(endless.NextUpdate);
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfCa, Demanding, endless));
    }

    /// <summary>
    /// RFC 5280 §5.1.2.4, §5.1.2.5: first and last second belong to the time in which a list is current.
    /// </summary>
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(-1, 0, true)]
    [InlineData(1, 2, false)]
    public void ListsAreCurrentFromTheFirstSecondToTheLast(int from, int to, bool isCurrent)
    {
        var list = Read(CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [Made.PeerOfCa], Made.Now + from, Made.Now + to, []));
        Assert.Equal(isCurrent, Validate(Made.PeerOfCa, PathPolicy.Rfc4945, list) is CryptoFault.Revoked);
        var other = Made.Issue(Made.Peer() with { SerialNumber = 5 });
        Assert.Equal(isCurrent, Validate(other, Demanding, list) is null);
    }

    /// <summary>
    /// RFC 5280 §5.1.2.5: nextUpdate from 2050 on is a GeneralizedTime; without one the entries follow at once.
    /// </summary>
    [Theory]
    [InlineData(2_524_607_999L)]
    [InlineData(2_524_608_000L)]
    [InlineData(null)]
    public void TheNextUpdateIsReadOrLeftOut(long? nextUpdate)
    {
        var list = Read(CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [Made.Middle], Made.Start, nextUpdate, []));
        Assert.Equal((nextUpdate, 1), (list.NextUpdate, list.Count));
        Assert.Equal(nextUpdate is not null, Validate(Made.PeerOfCa, Demanding, list) is null);
    }

    /// <summary>
    /// RFC 5280 §5.2.5: a list for users says nothing of a CA, and one for CAs does; the chain below has its own list.
    /// </summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void AuthoritiesAreNoUsers(int flag, bool isCovered)
    {
        var below = Read(CertificateMaker.Revoke(Made.Middle, TestKeys.P256Ca, [], Made.Start, Made.End, []));
        var fault = Validate(Made.PeerOfMiddle, Demanding, Scoped(Flag(flag)), below);
        Assert.Equal(isCovered ? null : new CryptoFault.RevocationUnknown($"{Made.Middle.Subject}"), fault);
    }

    /// <summary>
    /// RFC 4945 §5.1.3.13, §5.2.2.5: a list for one distribution point covers the certificates that name it, bit by
    /// bit; one for CAs, users or attribute certificates covers those; one for some reasons covers nobody.
    /// </summary>
    [Fact]
    public void ListsCoverWhatTheirScopeTakesIn()
    {
        var (one, other) = (Uri("http://one.example/crl"), Uri("http://other.example/crl"));
        var named = Made.Issue(Made.Peer() with { OtherExtensions = [("2.5.29.31", false, DistributionPoint(one))] });
        Assert.Null(Validate(named, Demanding, Scoped(writer => WritePoint(writer, one))));
        Assert.IsType<CryptoFault.RevocationUnknown>(
            Validate(named, Demanding, Scoped(writer => WritePoint(writer, other))));
        Assert.IsType<CryptoFault.RevocationUnknown>(
            Validate(Made.PeerOfCa, Demanding, Scoped(writer => WritePoint(writer, one))));
        Assert.Null(Validate(named, Demanding, List([])));

        Assert.Null(Validate(Made.PeerOfCa, Demanding, Scoped(Flag(1))));
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfCa, Demanding, Scoped(Flag(2))));
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfMiddle, Demanding, Scoped(Flag(1))));
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfCa, Demanding, Scoped(Flag(5))));
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfCa, Demanding, Scoped(
            writer => writer.WriteBitString([0x40], 6, new Asn1Tag(TagClass.ContextSpecific, 3)))));
        Assert.IsType<CryptoFault.RevocationUnknown>(Validate(Made.PeerOfCa, Demanding, Scoped(writer =>
        {
            using var point = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
            using var relative = writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 1));
        })));
    }

    /// <summary>
    /// RFC 4945 §5.2.2.4.1: delta CRLs are refused; so are indirect ones and those with critical extensions not
    /// processed here.
    /// </summary>
    [Fact]
    [Clause("4945-5.2.2-01")]
    public void DeltaAndIndirectListsAreRefused()
    {
        AssertUnusable(CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End, [("2.5.29.27", true, [2, 1, 1])]));
        AssertUnusable(CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End, [("1.3.6.1.4.1.99999.1", true, [5, 0])]));
        AssertUnusable(CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End, [("2.5.29.28", true, Scope(Flag(4)))]));
        AssertUnusable([.. CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End, []), 0]);
        AssertUnusable([]);
        Assert.Equal(0, Read(
            CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End, [("2.5.29.20", false, [2, 1, 1])])).Count);
        AssertUnusable(new byte[RevocationList.Longest]);
        Assert.False(RevocationList.TryRead(new byte[RevocationList.Longest + 1], out _, out var fault));
        Assert.IsType<CryptoFault.CertificateTooLarge>(fault);

        // RFC 5280 §5.1.1.2: the algorithm that is signed is the one that stands with the signature.
        var tree = DerTree.Read(CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End, []));
        tree[1].Parts.RemoveAt(1);
        AssertUnusable(tree.Encode());
    }

    /// <summary>
    /// RFC 5280 §5.3: a critical extension of any entry that is not processed here makes the list useless, whatever
    /// else stands in it; others are passed over.
    /// </summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void CriticalExtensionsOfEntriesMakeAListUnusable(bool isUsable, params bool[] critical)
    {
        var tree = DerTree.Read(CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, [Made.Middle, Made.PeerOfCa],
            Made.Start, Made.End, [("2.5.29.20", false, [2, 1, 1])]));
        var extensions = critical.Select((isCritical, at) => DerTree.Extension($"1.3.6.1.4.1.99999.{at}", isCritical, [5, 0]));
        tree[0][5][0].Parts.Add(DerTree.Of(0x30, extensions));
        if (isUsable)
        {
            Assert.Equal(2, Read(tree.Encode()).Count);
        }
        else
        {
            AssertUnusable(tree.Encode());
        }
    }

    /// <summary>
    /// RFC 5280 §5.2.5: the fields of IssuingDistributionPoint have tags of their own; a value of another class is none
    /// of them, whatever its number, and makes the list useless. Nothing throws.
    /// </summary>
    [Theory]
    [InlineData(0x01, 0xff)]
    [InlineData(0x02, 1)]
    [InlineData(0x03, 0)]
    [InlineData(0x04, 0)]
    [InlineData(0x05, 0)]
    [InlineData(0x41, 0xff)]
    [InlineData(0xc2, 0xff)]
    [InlineData(0x86, 0xff)]
    public void WhatIsNoFieldOfAScopeIsRefused(byte tag, byte value)
    {
        byte[] field = [tag, 1, value];
        AssertUnusable(CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End,
            [("2.5.29.28", true, Scope(writer => writer.WriteEncodedValue(field)))]));
    }

    /// <summary>
    /// RFC 4945 §6.2, RFC 7468 §6: both labels; OpenSSL's list revokes what OpenSSL revoked and nothing else.
    /// </summary>
    [Fact]
    public void ListsOfOpenSslAreHeeded()
    {
        Assert.True(Certificate.TryReadPem(OpenSslCertificates.Ca, out var ca, out _));
        Assert.True(Certificate.TryReadPem(OpenSslCertificates.Revoked, out var revoked, out _));
        Assert.True(Certificate.TryReadPem(OpenSslCertificates.Rsa, out var good, out _));
        var lists = RevocationList.ReadPem(OpenSslCertificates.RevocationList);
        var trust = TrustStore.Of(ca) with { RevocationLists = [Assert.Single(lists)] };
        AssertRevoked(Made.Validate(revoked, trust: trust, policy: Demanding, now: OpenSslCertificates.In2030));
        Assert.Null(Made.Validate(good, trust: trust, policy: Demanding, now: OpenSslCertificates.In2030));
        var relabelled = OpenSslCertificates.RevocationList.Replace("X509 CRL", "CRL", StringComparison.Ordinal);
        Assert.Equal(2, RevocationList.ReadPem(OpenSslCertificates.RevocationList + "\n" + relabelled).Count);
    }

    /// <summary>The lists that a peer sends are signed like any other and count like any other.</summary>
    [Fact]
    public void ListsThatAPeerSendsAreHeeded()
    {
        Assert.False(CertificatePath.TryBuild(
            Made.PeerOfCa, [], [List([Made.PeerOfCa])], TrustStore.Of(Made.Ca), PathPolicy.Rfc4945, Made.Now, out _,
                out var fault));
        AssertRevoked(fault);
    }

    /// <summary>No octets throw; an altered list is unreadable or no longer its issuer's.</summary>
    [Property(MaxTest = 200)]
    public bool RandomAndAlteredListsAreReadWithoutAnException(byte[] octets, ushort position, byte change)
    {
        _ = RevocationList.TryRead(octets, out _, out _);
        var whole = CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [Made.Middle], Made.Start, Made.End, [("2.5.29.28", true, Scope(Flag(1)))]);
        var altered = Octets.Changed(whole, position % whole.Length, change == 0 ? (byte)1 : change);
        _ = RevocationList.TryRead(whole.AsMemory()[..(position % whole.Length)], out _, out _);
        return !RevocationList.TryRead(altered, out var list, out var fault)
            ? fault.Notify == FaultNotify.InvalidCertificate
            : Validate(Made.PeerOfCa, Demanding, list) is CryptoFault.RevocationUnknown;
    }

    private static CryptoFault? Validate(Certificate peer, PathPolicy policy, params RevocationList[] lists)
        => Made.Validate(
            peer, [peer, Made.Middle], TrustStore.Of(Made.Ca) with { RevocationLists = [.. lists] }, policy);

    private static RevocationList List(IReadOnlyList<Certificate> revoked)
        => Read(CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, revoked, Made.Start, Made.End, []));

    private static RevocationList Scoped(Action<AsnWriter> scope)
        => Read(CertificateMaker.Revoke(
            Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End, [("2.5.29.28", true, Scope(scope))]));

    private static byte[] Scope(Action<AsnWriter> scope) => KeyForms.Write(writer =>
    {
        using var sequence = writer.PushSequence();
        scope(writer);
    });

    private static Action<AsnWriter> Flag(int number) => writer
        => writer.WriteBoolean(true, new Asn1Tag(TagClass.ContextSpecific, number));

    private static byte[] Uri(string uri) => KeyForms.Write(
        writer => writer.WriteOctetString(
            System.Text.Encoding.ASCII.GetBytes(uri), new Asn1Tag(TagClass.ContextSpecific, 6)));

    private static byte[] DistributionPoint(byte[] name) => KeyForms.Write(writer =>
    {
        using var points = writer.PushSequence();
        using var point = writer.PushSequence();
        WritePoint(writer, name);
    });

    private static void WritePoint(AsnWriter writer, byte[] name)
    {
        using var point = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        using var full = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        writer.WriteEncodedValue(name);
    }

    private static RevocationList Read(byte[] der)
    {
        Assert.True(RevocationList.TryRead(der, out var list, out var fault), fault?.Reason);
        return list;
    }

    private static void AssertRevoked(CryptoFault? fault) => PathTests.AssertFault<CryptoFault.Revoked>(fault);

    private static void AssertUnusable(byte[] der)
    {
        Assert.False(RevocationList.TryRead(der, out _, out var fault));
        PathTests.AssertFault<CryptoFault.CrlUnusable>(fault);
    }
}
