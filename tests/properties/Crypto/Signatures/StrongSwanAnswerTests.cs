using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;
using RefIke.Properties.Crypto.Certificates;
using Xunit;
using static RefIke.Properties.Crypto.Octets;

namespace RefIke.Properties.Crypto.Signatures;

/// <summary>
/// What deployed software signs. SIG_I, SIG_R and the HASH that was signed were taken from two Main Mode exchanges
/// between strongSwan 5.9 endpoints, decrypted with the keys that they logged; the DSS and a further RSA signature were
/// made with OpenSSL 3.0.
/// </summary>
public sealed class StrongSwanAnswerTests
{
    /// <summary>RSA of 2048 bits, HMAC-SHA-256: strongSwan signs HASH without its OID (D-99 (a)).</summary>
    [Theory]
    [InlineData(
        "ac04fd29adf9630c2ef38c591414fd02ce62f73a5fbf7bbeec68307fa36bb17b5886985c13d3d2f96c17b53358e75f51"
        + "10fd64c49be4dbd1cd5410159faadf3c"
        + "65083be2b7b2e8970a0f6af9d4eb7b86d4bec4bbdcfb64bb2fa5db7d406afb9a34596ee2f557b83f852ba90d01378da5"
        + "180496aab72f0f0ef5108d3f5c60e39c"
        + "d414cb1ec057e3697b177729ed76c9e9517c8c1fed124d8e480c1187651f1b4cb4c973ae12c1f077bdab6bb8379e19bb"
        + "0e82eb31d3d78869b55d8e5ffef6d0e8"
        + "a151d07afe7a33453bf617f0579f878506ea07b85f7f910b4f238bf12a84a08ead4a61b02a5cf5821438e1ae9294e089"
        + "de81c120db435e4724fc1d2a297a3e77",
        "7b08726e2ccaa1dd49f3fd1b83f8523fece0b771ee29528341823d13fcf659bd",
        "5f41c44d1340b9b2fb4cd6b42205288dcac7924e64cf3da5d75ba4af21f517129c6ae75aef032d87c76b47104e1a0ead"
        + "dced233c96d4f249cc0b788a0f818040"
        + "dfb512bacd8acc607a99db25216b15783b7d5b5ea1bef0ab364458ecda18463b21a950922bbd3ddd24753b813d0343e7"
        + "5ac7197e7571d119abc8cde14a2fe399"
        + "738e428f41a08e0839b2120045315e131100727fb932f923ee6cc6c94d59d864b6ca94b6a295c11ab3677dfbab02207d"
        + "80f564ada8d1d4958ed254a71d5596e0"
        + "e52d0945d73a8bd1fec7cb3114e748e24f318f54233170dbcbf75a60159319c08b0818d42fbe3d55319d182e1fb11801"
        + "8dab9c8d34e4eb199cf036c16391defd")]
    [InlineData(
        "c0e3de4f9c73de2941742145af49ff7cae7ab7736044bd1696b51de299940cb842d72565da3dd3a138c71227a641f624"
        + "83e2e90cd5cb9b6c854a7838d5b69cd5"
        + "69de57eed8da228f8d3bce766cb4c297b59348ec761075b910fd166d4371da43d751c2d47a723e1b2620959719d99810"
        + "3e91e4b00fab9a3fe2d09ecabb29c189"
        + "03101339b8eeeb62f12e2d1af0c606b2950baf8be522b00b94df6c19b6d0f34f14ca6b456e61ced3cf6e1b3d019a3164"
        + "6cff86b37afd96a78637a7ab46a0a373"
        + "632a9b0033ac1814eaec7cc564e9bdac4c3941e048eaf0d8090345365da143fdd9de04c6937cede2bc4844d58df171a6"
        + "112da16debf52054b211051875ce9601",
        "61eea54ad54b1212c551663a92beba547eedbd149f0fe9a9ab382bd286aa0d6c",
        "1a2f5cf0a731788688d7eea14b322fe4351b70e216e69a5b4be97e7aa01fd5b349d7f30b67e052319ff2baa185b72743"
        + "669c70bfb016362af018a489e2f887dc"
        + "a5a79a852df447ad9ca647ce6eb225b2b96d428e1136eadaa8036eb1a3f2765ebe6e43287fbeeb112d6c41eef3620d4b"
        + "a8e57540046674a1d5c20c73d8479fd7"
        + "3dcb6e9a989a6773a263f5db937eca498ab2ffd1e4ef010c481f7c1cc3d6d9d842f172fce8752eab0c963064a99ed29c"
        + "1f90667eb6a7b9b6879cb15c4adc87bb"
        + "c2da504bb3f8e165e1b07d40cb9f815c8d0d0e94bb3f1fa696f844968440e08b11d464ee2e2504ed6e53704c746fdf5c"
        + "f9cd7440047fd43bb5fea256f2c1d542")]
    public void RsaSignaturesOfStrongSwanVerify(string modulus, string HASH, string SIG)
    {
        Assert.True(RsaPublicKey.TryCreate(Hex(modulus), [1, 0, 1], out var key, out _));
        Assert.Null(SignatureMethod.Rsa.Verify(key, Hex(HASH), Hex(SIG)));
    }

    /// <summary>ECDSA-384, HMAC-SHA-384: strongSwan takes HASH as the digest itself (D-101 (a)).</summary>
    [Theory]
    [InlineData(
        "3076301006072a8648ce3d020106052b8104002203620004c27be3538c6ba5d20809c3dfd2b7df03a5e09071c75e30f2"
        + "8b57da73a9d84cbb8075b99657a71aa7"
        + "7f862bff93a15c5da8b105fa5a483893921d0d9bbb823b776b38c0342e39ec6c06baca0dc78a6936b4ad65953247d15d"
        + "bb130f2cd83e215b",
        "1f3ff564138e900fd06ac65adc8aa7094d7a6178fdec6b4f82db1c411bb57b783a0a1df5301c27fc6fd74ac32e042d36",
        "73e9e3746f065cc91efe721db5c5625d5ccd38fec8d8e8ae90c6bae87e56cd28d4679da5478f2d1ae5d50fec46618aed"
        + "aecad4bae061e317eb7d0dad5c683a0c"
        + "66a8e712ae7b49c10dfc94310264b6e7d0be210fc7225c59ae11e70728fff6e7")]
    [InlineData(
        "3076301006072a8648ce3d020106052b81040022036200046bbde1aa21ffe3dae7a5a74c116aeaccdab016c7096edfa4"
        + "8c739a1ab8a602cb2f71bdaeae467fae"
        + "9ff15ba6295382c2de926dea5e0d6d813a77a3b4450801265d96508878ca6ccec242c8cd333a65b866073e5167d72efd"
        + "417ad06826cf47ca",
        "7b527065cd3f3bf802a6abc73e0a860759d3c5322265ee8bd34294edfdd7a5a4fc817850faacde7f34fbfed676257899",
        "c5645c62c4dfecf9161cc39ed53ea76528e339ad009ee17a64c2a683549a8aa14dd7541a6b5f71a2b287153332b79ba4"
        + "fd6d4eaf2d13650a559ed09fe11a34f7"
        + "8b72e8957e3a76e163884cce197901e1ea35259117ac1b6d3dc577ac0f4c7120")]
    public void EcdsaSignaturesOfStrongSwanVerify(string subjectPublicKeyInfo, string HASH, string SIG)
    {
        Assert.True(PublicKey.TryRead(Hex(subjectPublicKeyInfo), out var key, out _));
        Assert.Null(SignatureMethod.EcdsaP384.Verify(key, Hex(HASH), Hex(SIG)));
    }

    /// <summary>OpenSSL's signature without a digest is RFC 2409's; its DSA takes the digest as it is.</summary>
    [Fact]
    public void RsaAndDssSignaturesOfOpenSslVerify()
    {
        var HASH = "0123456789abcdefghij"u8;
        Assert.Null(SignatureMethod.Rsa.Verify(
            OpenSslKey(OpenSslCertificates.Rsa), HASH, Hex(OpenSslCertificates.RsaSignature)));
        Assert.Null(SignatureMethod.Dss.Verify(
            OpenSslKey(OpenSslCertificates.Dss), HASH, Hex(OpenSslCertificates.DssSignature)));
    }

    private static PublicKey OpenSslKey(string text)
    {
        Assert.True(RefIke.Crypto.Certificates.Certificate.TryReadPem(text, out var certificate, out var fault),
            fault?.Reason);
        return certificate.PublicKey;
    }
}
