using System.Security.Cryptography;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Properties.Crypto.Certificates;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.PublicKeyEncryption;

/// <summary>HASH(1) chooses the key (RFC 2409 §5.2, D-111).</summary>
public sealed class CredentialChoiceTests
{
    private static readonly RsaEncryption Encryption = RsaEncryption.Rfc2409;

    /// <summary>HASH(1) is the negotiated hash of the certificate's DER and nothing else.</summary>
    [Fact]
    [Clause("2409-5.2-03")]
    public void HashOneIsTheHashOfTheCertificate()
    {
        Assert.Equal(MD5.HashData(Made.PeerOfCa.Der.Span), Encryption.HASH_1(HashFunction.Md5, Made.PeerOfCa.Der.Span));
        Assert.Equal(SHA256.HashData(Made.PeerOfCa.Der.Span),
            Encryption.HASH_1(HashFunction.Sha256, Made.PeerOfCa.Der.Span));
    }

    /// <summary>
    /// The certificate that HASH(1) names gives the key, whatever the order; without HASH(1) the first with an RSA key
    /// does.
    /// </summary>
    [Fact]
    public void HashOneChoosesAmongSeveralKeys()
    {
        var small = CertificateMaker.Issue(
            Made.Peer() with { SerialNumber = 9 }, TestKeys.Rsa1024.PublicKey, Made.Ca, TestKeys.RsaCa);
        var curve = CertificateMaker.Issue(
            Made.Peer() with { SerialNumber = 10 }, TestKeys.P256.PublicKey, Made.Ca, TestKeys.RsaCa);
        Credential[] ours = [
            Credential(TestKeys.P256, curve), Credential(TestKeys.Rsa1024, small),
            Credential(TestKeys.Rsa, Made.PeerOfCa)];
        AssertChooses(TestKeys.Rsa, ours, Encryption.HASH_1(HashFunction.Sha1, Made.PeerOfCa.Der.Span));
        AssertChooses(TestKeys.Rsa1024, ours, Encryption.HASH_1(HashFunction.Sha1, small.Der.Span));
        AssertChooses(TestKeys.Rsa1024, ours, null);
        AssertChooses(null, ours, Encryption.HASH_1(HashFunction.Sha1, curve.Der.Span));
        AssertChooses(null, ours, Encryption.HASH_1(HashFunction.Sha256, Made.PeerOfCa.Der.Span));
        AssertChooses(null, ours, new byte[20]);
        AssertChooses(null, ours, []);
        AssertChooses(null, [ours[0]], null);
    }

    private static void AssertChooses(RsaPrivateKey? due, Credential[] ours, byte[]? HASH_1)
    {
        ReadOnlyMemory<byte>? named = null;
        if (HASH_1 is not null)
        {
            named = HASH_1;
        }

        var chosen = CredentialChoice.TryChoose(ours, Encryption, HashFunction.Sha1, named, out var key, out var fault);
        Assert.Equal(due is not null, chosen);
        Assert.Same(due, key);
        Assert.Equal(due is null ? FaultNotify.InvalidHashInformation
            : null, (fault as CryptoFault.UnknownCertificateHash)?.Notify);
    }

    private static Credential Credential(PrivateKey key, Certificate certificate)
    {
        Assert.True(RefIke.Crypto.Certificates.Credential.TryCreate(key, certificate, [], out var credential, out _));
        return credential;
    }
}
