using System.Security.Cryptography;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using Xunit;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// The signature on a certificate (RFC 5280 §4.1.1.2, §4.1.1.3): the algorithm that it names, in the one form that this
/// has.
/// </summary>
public sealed class CertificateSignatureTests
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2", RsaWithSha256 = "1.2.840.113549.1.1.11",
        DsaWithSha1 = "1.2.840.10040.4.3";

    /// <summary>
    /// RFC 3279 §2.2.3: r and s and nothing else. Nobody signs the signature, so that whoever passes a certificate on
    /// could add to it.
    /// </summary>
    [Theory]
    [InlineData(false, new byte[] { 2, 1, 1 })]
    [InlineData(false, new byte[] { 5, 0 })]
    [InlineData(true, new byte[0])]
    public void SignaturesAreTwoNumbers(bool isValid, byte[] more)
    {
        var tree = DerTree.Read(Made.PeerOfMiddle.Der);
        var pair = tree[2][0];
        Assert.Equal(2, pair.Parts.Count);
        pair.Parts.AddRange(more.Length == 0 ? [] : [DerTree.Read(more)]);
        var fault = Validate(tree);
        PathTests.AssertEither<CryptoFault.CertificateSignature>(isValid, fault);
    }

    /// <summary>
    /// RFC 3279 §2.2, RFC 5758 §3.2: a signature is what its algorithm identifier says; a true one by an elliptic curve
    /// is none of RSA or DSA, though the hash is the same.
    /// </summary>
    [Theory]
    [InlineData(EcdsaWithSha256, "SHA256", true)]
    [InlineData(RsaWithSha256, "SHA256", false)]
    [InlineData(DsaWithSha1, "SHA1", false)]
    [Clause("4945-5.3-01")]
    public void SignaturesAreOfTheAlgorithmThatTheyName(string oid, string hash, bool isValid)
    {
        var tree = DerTree.Read(Made.PeerOfMiddle.Der);
        var algorithm = DerTree.Of(0x30, DerTree.Read(KeyForms.Write(writer => writer.WriteObjectIdentifier(oid))));
        (tree[0].Parts[2], tree.Parts[1]) = (algorithm, algorithm);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(TestKeys.P256Ca.Reveal().Reveal(), out _);
        var signature = key.SignData(
            tree[0].Encode(), new HashAlgorithmName(hash), DSASignatureFormat.Rfc3279DerSequence);
        tree.Parts[2] = DerTree.Read(KeyForms.Write(writer => writer.WriteBitString(signature)));
        var fault = Validate(tree);
        PathTests.AssertEither<CryptoFault.CertificateSignature>(isValid, fault);
    }

    private static CryptoFault? Validate(DerTree tree)
    {
        Assert.True(Certificate.TryRead(tree.Encode(), out var certificate, out var fault), fault?.Reason);
        return Made.Validate(certificate, [certificate, Made.Middle]);
    }
}
