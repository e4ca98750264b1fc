using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// CERT payloads (RFC 2408 §3.9, §5.9; RFC 4945 §3.3; D-58): which encodings are read, which are set aside, which are
/// refused.
/// </summary>
public sealed class ReceivedCertificatesTests
{
    private const byte SignedData = 2;

    private static readonly byte[] List = CertificateMaker.Revoke(
        Made.Ca, TestKeys.RsaCa, [], Made.Start, Made.End, []);

    private static DerTree Peer => DerTree.Read(Made.PeerOfCa.Der);

    private static DerTree Unreadable => DerTree.Of(0x30);

    /// <summary>Each encoding of RFC 2408 §3.9 and beyond.</summary>
    [Fact]
    [Clause("4945-3.3.10.1-01")]
    public void EncodingsAreReadSetAsideOrRefused()
    {
        Assert.Equal([Made.PeerOfCa], Add(4, Made.PeerOfCa.Der).Certificates);
        Assert.Equal([Made.PeerOfCa], Add(5, Made.PeerOfCa.Der).Certificates);
        Assert.Single(Add(7, List).RevocationLists);
        Assert.Single(Add(8, List).RevocationLists);
        Assert.Equal(ReceivedCertificates.None, Add(10, AttributeCertificate()));
        foreach (var encoding in Enumerable.Range(0, 256).Select(number => (byte)number)
            .Except<byte>([1, 4, 5, 7, 8, 10]))
        {
            Assert.False(ReceivedCertificates.None.TryAdd(encoding, Made.PeerOfCa.Der, out var with, out var fault));
            Assert.Same(ReceivedCertificates.None, with);
            Assert.Equal(encoding,
                PathTests.AssertFault<CryptoFault.EncodingUnsupported>(fault, FaultNotify.InvalidCertEncoding)
                .Encoding);
        }
    }

    /// <summary>
    /// RFC 4945 §3.3.4: PKCS #7 is accepted, with the whole hierarchy that some put into it, here by OpenSSL.
    /// </summary>
    [Fact]
    [Clause("4945-3.3.4-01")]
    public void Pkcs7BringsAllThatIsInIt()
    {
        Assert.True(Pem.TryRead(OpenSslCertificates.Pkcs7, ["PKCS7"], out var pkcs7, out _));
        var received = Add(1, pkcs7);
        Assert.True(Certificate.TryReadPem(OpenSslCertificates.Rsa, out var peer, out _));
        Assert.True(Certificate.TryReadPem(OpenSslCertificates.Ca, out var ca, out _));
        Assert.Equal([peer, ca], received.Certificates);
        Assert.True(CertificatePath.TryBuild(
            peer, received.Certificates, [], TrustStore.Of(ca), PathPolicy.Rfc4945, OpenSslCertificates.In2030, out _,
                out _));

        // B-87: what came in it is no anchor.
        Assert.False(CertificatePath.TryBuild(
            peer, received.Certificates, [], TrustStore.Empty, PathPolicy.Rfc4945, OpenSslCertificates.In2030, out _,
                out _));
    }

    /// <summary>
    /// RFC 2315 §9.1: certificates and CRLs of a PKCS #7 are both taken in; those that cannot be read are passed over
    /// (RFC 4945 §3.3.10.5).
    /// </summary>
    [Fact]
    [Clause("4945-3.3.4-01")]
    public void Pkcs7BringsListsToo()
    {
        var received = Add(1, Pkcs7([Unreadable, Peer], [Unreadable, DerTree.Read(List)]));
        Assert.Equal([Made.PeerOfCa], received.Certificates);
        Assert.Equal(Made.Ca.Subject.Der, Assert.Single(received.RevocationLists).Issuer.Der);
    }

    /// <summary>
    /// RFC 2315 §7, §9.1: what is no SignedData, or goes on behind it, or has lists that cannot be taken apart is
    /// refused whole, though a good certificate be in it; so is one without a certificate, by the fault of the last
    /// that there is.
    /// </summary>
    [Fact]
    [Clause("2408-5.9-02")]
    public void Pkcs7IsTakenWholeOrNotAtAll()
    {
        var good = Pkcs7([Peer], []);
        Assert.Equal([Made.PeerOfCa], Add(1, good).Certificates);
        AssertRefused<CryptoFault.CertificateUnreadable>([.. good, 5, 0]);
        AssertRefused<CryptoFault.CertificateUnreadable>(Pkcs7([Peer], [], contentType: 3));
        AssertRefused<CryptoFault.CertificateUnreadable>(
            Pkcs7([Peer], Enumerable.Repeat(DerTree.Null, CertificatePath.MostSent + 1)));
        AssertRefused<CryptoFault.CertificateUnreadable>(Pkcs7([], []));
        AssertRefused<CryptoFault.CertificateTooLarge>(Pkcs7(
            [Unreadable, DerTree.Read(KeyForms.Write(writer => writer.WriteOctetString(new byte[Certificate.Longest])))],
            []));
    }

    /// <summary>A bound: as many are looked for in a PKCS #7 as a peer may send, though all were the same.</summary>
    [Fact]
    public void NoMoreThanSoManyAreLookedForInPkcs7()
    {
        var most = Enumerable.Repeat(Peer, CertificatePath.MostSent);
        Assert.Equal([Made.PeerOfCa], Add(1, Pkcs7(most, [])).Certificates);
        AssertRefused<CryptoFault.CertificateUnreadable>(Pkcs7(most.Append(Peer), []));
    }

    /// <summary>
    /// What has been received is the same if certificates and CRLs are, octet by octet; equal ones hash alike.
    /// </summary>
    [Fact]
    public void ReceivedIsComparedByOctets()
    {
        ReceivedCertificates Both(byte[] list) => new([Made.PeerOfCa], [.. Add(7, list).RevocationLists]);
        var later = CertificateMaker.Revoke(Made.Ca, TestKeys.RsaCa, [], Made.Start + 1, Made.End, []);
        ReceivedCertificates[] different =
        [
            ReceivedCertificates.None, Add(4, Made.PeerOfCa.Der), Add(4, Made.Middle.Der), Add(7, List), Add(7, later),
            Both(List), Both(later),
        ];
        foreach (var (at, one) in different.Index())
        {
            Assert.All(different.Index(), other => Assert.Equal(at == other.Index, one.Equals(other.Item)));
        }

        Assert.Equal(Both(List), Both([.. List]));
        Assert.Equal(Both(List).GetHashCode(), Both([.. List]).GetHashCode());
        Assert.Equal(ReceivedCertificates.None.GetHashCode(), new ReceivedCertificates([], []).GetHashCode());
    }

    /// <summary>
    /// RFC 4945 §3.3.10.4: the same certificate again is the same; RFC 2408 §5.9: a bad payload leaves what was there.
    /// </summary>
    [Fact]
    [Clause("4945-3.3.10.1-01")]
    [Clause("4945-3.3.10.4-01")]
    [Clause("2408-5.9-02")]
    public void DuplicatesAndBadPayloadsChangeNothing()
    {
        var one = Add(4, Made.PeerOfCa.Der);
        Assert.True(one.TryAdd(4, Made.PeerOfCa.Der, out var twice, out _));
        Assert.Equal([Made.PeerOfCa], twice.Certificates);
        foreach (var encoding in (byte[])[1, 4, 5, 7, 8, 10])
        {
            Assert.False(one.TryAdd(encoding, (byte[])[0x30, 0], out var same, out var fault));
            Assert.Same(one, same);
            Assert.Equal(FaultNotify.InvalidCertificate, fault!.Notify);
        }
    }

    /// <summary>A bound on what is kept.</summary>
    [Fact]
    public void NoMoreThanSoManyAreKept()
    {
        var received = ReceivedCertificates.None;
        for (var count = 0; count < CertificatePath.MostSent; count++)
        {
            var list = CertificateMaker.Revoke(Made.Middle, TestKeys.P256Ca, [], Made.Start + count, Made.End, []);
            Assert.True(received.TryAdd(7, list, out received, out _));
            Assert.True(received.TryAdd(7, list, out var same, out _));
            Assert.Equal(received, same);
        }

        Assert.False(received.TryAdd(4, Made.PeerOfCa.Der, out var unchanged, out var fault));
        Assert.Same(received, unchanged);
        Assert.Equal(CertificatePath.MostSent + 1, Assert.IsType<CryptoFault.CertificateTooLarge>(fault).Found);
    }

    /// <summary>No octets throw in any encoding.</summary>
    [Property(MaxTest = 300)]
    public bool RandomAndAlteredOctetsAreReadWithoutAnException(
        byte encoding, byte[] octets, ushort position, byte change)
    {
        _ = Pem.TryRead(OpenSslCertificates.Pkcs7, ["PKCS7"], out var pkcs7, out _);
        var at = position % pkcs7!.Length;
        byte[][] inputs = [
            octets, Octets.Changed(pkcs7, at, change), pkcs7[..at], [.. pkcs7[..at], .. octets, .. pkcs7[at..]]];
        return Array.TrueForAll(
            inputs, input => ReceivedCertificates.None.TryAdd((byte)(encoding % 11), input, out _, out var fault) == (
            fault is null)
            && ReceivedCertificates.None.TryAdd(1, input, out _, out var other) == (other is null));
    }

    private static ReceivedCertificates Add(byte encoding, ReadOnlyMemory<byte> data)
    {
        Assert.True(ReceivedCertificates.None.TryAdd(encoding, data, out var received, out var fault), fault?.Reason);
        return received;
    }

    /// <summary>The PKCS #7 of OpenSSL with other certificates and lists in it.</summary>
    private static byte[] Pkcs7(
        IEnumerable<DerTree> certificates, IEnumerable<DerTree> lists, byte contentType = SignedData)
    {
        Assert.True(Pem.TryRead(OpenSslCertificates.Pkcs7, ["PKCS7"], out var pkcs7, out _));
        var tree = DerTree.Read(pkcs7);
        tree.Parts[0] = DerTree.Read(Octets.Changed(tree[0].Encode(), 10, (byte)(SignedData ^ contentType)));
        var fields = tree[1][0].Parts;
        fields[3] = DerTree.Of(0xa0, certificates);
        fields.Insert(4, DerTree.Of(0xa1, lists));
        return tree.Encode();
    }

    private static void AssertRefused<T>(byte[] pkcs7)
    {
        Assert.False(ReceivedCertificates.None.TryAdd(1, pkcs7, out var with, out var fault));
        PathTests.AssertFault<T>(fault);
        Assert.Same(ReceivedCertificates.None, with);
    }

    private static byte[] AttributeCertificate() => KeyForms.Write(writer =>
    {
        using var outer = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
        }

        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.1.11");
        }

        writer.WriteBitString(new byte[128]);
    });
}
