using System.Security.Cryptography;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Crypto.Octets;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.Signatures;

/// <summary>
/// Known answers. The numbers are those of the source named at each; HASH stands for the digest of the source.
/// </summary>
public sealed class SignatureAnswerTests
{
    /// <summary>
    /// RFC 6979 §A.2.1: DSA with p of 1024 and q of 160 bits, message "sample" with SHA-1; the signature is r | s.
    /// </summary>
    [Fact]
    [Clause("2409-5.1-04")]
    public void DssSignsAsRfc6979Has()
    {
        var (p, q) = (Number(Hex(
            """
            86F5CA03DCFEB225063FF830A0C769B9DD9D6153AD91D7CE27F787C43278B447E6533B86B18BED6E8A48B784A14C252C
            5BE0DBF60B86D6385BD2F12FB763ED88
            73ABFD3F5BA2E0A8C0A59082EAC056935E529DAF7C610467899C77ADEDFC846C881870B7B19B2B58F9BE0521A17002E3
            BDD6B86685EE90B3D9A1B02B782B1779
            """)), Number(Hex("996F967F6C8E388D9E28D01E205FBA957A5698B1")));
        var g = Number(Hex(
            """
            07B0F92546150B62514BB771E2A0C0CE387F03BDA6C56B505209FF25FD3C133D89BBCD97E904E09114D9A7DEFDEADFC9
            078EA544D2E401AEECC40BB9FBBF78FD
            87995A10A1C27CB7789B594BA7EFB5C4326A9FE59A070E136DB77175464ADCA417BE5DCE2F40D10A46A3A3943F26AB7F
            D9C0398FF8C76EE0A56826A8A88F1DBD
            """));
        var key = KeyForms.DsaPrivate(p, q, g, Number(Hex("411602CB19A6CCC34494D79D98EF1E7ED5AF25F7")));
        var HASH = SHA1.HashData("sample"u8);
        var SIG = SignatureMethod.Dss.Sign(key, HASH);
        Assert.Equal(Hex("2E1A0C2562B2912CAAF89186FB0F42001585DA55 29EFB6B0AFF2D7A68EB70CA313022253B9A88DF5"), SIG);
        Assert.Null(SignatureMethod.Dss.Verify(key.PublicKey, HASH, SIG));
    }

    /// <summary>RFC 6979 §A.2.5 to §A.2.7: ECDSA with each curve's own hash, message "sample".</summary>
    [Theory]
    [InlineData(9, "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65"
        + "F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [InlineData(10, "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
        "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46"
        + "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8")]
    [InlineData(11,
        "00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC"
        + "1466F6D8FBEC67DB89EC0C08B0E996B83538",
        "00C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B53"
        + "4931D7D4E8455CC91F9B15BF05EC36E377FA"
        + "00617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF077"
        + "7B1A20F8CCB1DCCC43997F1EE0E44DA4A67A")]
    public void EcdsaSignsAsRfc6979Has(int number, string d, string expected)
    {
        Assert.True(SignatureMethod.TryGet(number, out var method));
        Assert.True(EcPrivateKey.TryCreate(EcCurve.All[number - 9], Hex(d), out var key, out _));
        var HASH = method.Hash!.Compute("sample"u8);
        var SIG = method.Sign(key, HASH);
        Assert.Equal(Hex(expected), SIG);
        Assert.Null(method.Verify(key.PublicKey, HASH, SIG));
    }

    /// <summary>
    /// RFC 4754 §8.1 to §8.3: the three examples, public key from w, signature over the digest of "abc".
    /// </summary>
    [Theory]
    [InlineData(9, "DC51D3866A15BACDE33D96F992FCA99DA7E6EF0934E7097559C27F1614C88A7F",
        "2442A5CC0ECD015FA3CA31DC8E2BBC70BF42D60CBCA20085E0822CB04235E970",
        "CB28E0999B9C7715FD0A80D8E47A77079716CBBF917DD72E97566EA1C066957C86FA3BB4E26CAD5BF90B7F81899256CE"
        + "7594BB1EA0C89212748BFF3B3D5B0315")]
    [InlineData(10, "0BEB646634BA87735D77AE4809A0EBEA865535DE4C1E1DCB692E84708E81A5AF62E528C38B2A81B35309668D73524D9F",
        "96281BF8DD5E0525CA049C048D345D3082968D10FEDF5C5ACA0C64E6465A97EA5CE10C9DFEC21797415710721F437922",
        "FB017B914E29149432D8BAC29A514640B46F53DDAB2C69948084E2930F1C8F7E08E07C9C63F2D21A07DCB56A6AF56EB3"
        + "B263A1305E057F984D38726A1B46874109F417BCA112674C528262A40A629AF1CBB9F516CE0FA7D2FF630863A00E8B9F")]
    [InlineData(11,
        "0065FDA3409451DCAB0A0EAD45495112A3D813C17BFD34BDF8C1209D7DF5849120597779060A7FF9D704ADF78B570FFA"
        + "D6F062E95C7E0C5D5481C5B153B48B375FA1",
        "0151518F1AF0F563517EDD5485190DF95A4BF57B5CBA4CF2A9A3F6474725A35F7AFE0A6DDEB8BEDBCD6A197E592D4018"
        + "8901CECD650699C9B5E456AEA5ADD19052A8",
        "0154FD3836AF92D0DCA57DD5341D3053988534FDE8318FC6AAAAB68E2E6F4339B19F2F281A7E0B22C269D93CF8794A92"
        + "78880ED7DBB8D9362CAEACEE544320552251"
        + "017705A7030290D1CEB605A9A1BB03FF9CDD521E87A696EC926C8C10C8362DF4975367101F67D1CF9BCCBF2F3D239534"
        + "FA509E70AAC851AE01AAC68D62F866472660")]
    public void EcdsaVerifiesTheExamplesOfRfc4754(int number, string w, string gwx, string payload)
    {
        Assert.True(SignatureMethod.TryGet(number, out var method));
        Assert.True(EcPrivateKey.TryCreate(EcCurve.All[number - 9], Hex(w), out var key, out _));
        Assert.Contains(gwx, Convert.ToHexString(key.PublicKey.SubjectPublicKeyInfo.Span), StringComparison.Ordinal);
        Assert.Null(method.Verify(key.PublicKey, method.Hash!.Compute("abc"u8), Hex(payload)));
        Assert.IsType<CryptoFault.SignatureMismatch>(
            method.Verify(key.PublicKey, method.Hash.Compute("abd"u8), Hex(payload)));
    }

    /// <summary>
    /// NIST CAVS 11.0, FIPS 186-3 DSA SigVer, L=1024, N=160, SHA-1: tests 1 (passes), 2 (R changed), 15 (Y changed).
    /// </summary>
    [Theory]
    [InlineData(true,
        "0fe1bfee500bdb76026099b1d37553f6bdfe48c82094ef98cb309dd777330bedfaa2f94c823ef74ef4074b50d8706041"
        + "ac0e371c7c22dcf70263b8d60e17a86c"
        + "7c379cfda8f22469e0df9d49d59439fc99891873628fff25dda5fac5ac794e948babdde968143ba05f1128f34fdad587"
        + "5edc4cd71c6c24ba2060ffbd439ce2b3",
        "6240ea0647117c38fe705106d56db578f3e10130928452d4f3587881b8a2bc6873a8befc3237f20914e2a91c7f07a928"
        + "ee22adeed23d74ab7f82ea11f70497e5"
        + "78f7a9b4cbd6f10226222b0b4da2ea1e49813d6bb9882fbf675c0846bb80cc891857b89b0ef1beb6cce3378a9aab5d66"
        + "ad4cb9277cf447dfe1e64434749432fb",
        "b5af307867fb8b54390013cc67020ddf1f2c0b81620d3b22ab5031440c3e35eab6f481298f9e9f08")]
    [InlineData(false,
        "97d50898025d2f9ba633866e968ca75e969d394edba6517204cb3dd537c2ba38778a2dc9dbc685a915e5676fcd43bc37"
        + "26bc59ce3d7a9fae35565082a069c139"
        + "fa37c90d922b126933db3fa6c5ef6b1edf00d174a51887bb76909c6a94fe994ecc7b7fc8f26113b17f30f9d01693df99"
        + "a125b4f17e184331c6b6e8ca00f54f3a",
        "69974de550fe6bd3099150faea1623ad3fb6d9bf23a07215093f319725ad0877accffd291b6da18eb0cbe51676ceb097"
        + "7504eb97c27c0b191883f72fb2710a9f"
        + "bd8bcf13be0bf854410b32f42b33ec89d3cc1cf892bcd536c4195ca9ada302ad600c3408739935d77dc247529ca47f84"
        + "4cc86f5016a2fe962c6e20ca7c4d4e8f",
        "b5d05faa7005764e8dae0327c5bf1972ff7681b918ea15bd9f00475b25204cbc23f8c23e01588015")]
    [InlineData(false,
        "36591b23d11c028b450c96d4f6adf28432b4739b2b616c37356bb63b1b5e7b1b6dd79a77d4586786cfc343687c6e5622"
        + "46aa93ea5e2891e84c991b79bfa426b6"
        + "54f7167b099645dff5c2570a676ecc4a9db6db5ac152da4a72f362b42b42b62c1cee9550828d73bd10cc7e2e9deb749c"
        + "68b9e915962d6f0353ca109eafe7c22e",
        "81c61a6f415d25e9802ff5ef0964ae527aeac90f252ba1c78461705474bfee39e1e853a628eba6d58912f54a6095eb87"
        + "7037796933d6090088f0bbe255ba3c80"
        + "7743684a9131128e1c590a372e989c7ce0a3a54c865530f64fe78c52f14fd79b0a5bcf908d16d36dbde78e49cea5d32d"
        + "f28a5a514d49a459a077f02bcef950e0",
        "0f7eb89c8e47becbc0a346007b36825342c9fe2124cce162f5238580450a916cc9cf03bb05d01af6")]
    public void DssVerifiesAsNistHas(bool passes, string message, string y, string signature)
    {
        var p = Number(Hex(
            """
            dc5bf3a88b2d99e4c95cdd7a0501cc38630d425cf5c390af3429cff1f35147b795caea923f0d3577158f8a0c89dabd19
            62c2c453306b5d70cacfb01430aceb54
            e5a5fa6f9340d3bd2da612fceeb76b0ec1ebfae635a56ab141b108e00dc76eefe2edd0c514c21c457457c39065dba9d0
            ecb7569c247172d8438ad2827b60435b
            """));
        var q = Number(Hex("e956602b83d195dbe945b3ac702fc61f81571f1d"));
        var g = Number(Hex(
            """
            d7eb9ca20a3c7a079606bafc4c9261ccaba303a5dc9fe9953f197dfe548c234895baa77f441ee6a2d97b909cbbd26ff7
            b869d24cae51b5c6edb127a4b5d75cd8
            b46608bfa148249dffdb59807c5d7dde3fe3080ca3a2d28312142becb1fa8e24003e21c7287108174b95d5bc711e1c8d
            9b1076784f5dc37a964a5e51390da713
            """));
        var read = KeyForms.TryReadDsa(p, q, g, Number(Hex(y)), out var key);
        Assert.Equal(passes, read
            && SignatureMethod.Dss.Verify(key!, SHA1.HashData(Hex(message)), Hex(signature)) is null);
    }

    /// <summary>
    /// NIST CAVS 11.0, RSA SigVer PKCS#1 v1.5, 1024 bits, SHA-1, e = 3: test 4, which passes. NIST signs a DigestInfo:
    /// with it as HASH the block is the one of RFC 2409; with the bare digest as HASH it is the block that RFC 2409
    /// §5.1 rules out (D-99, M-90).
    /// </summary>
    [Fact]
    public void RsaOpensWhatNistSigned()
    {
        var digest = SHA1.HashData(Hex(NistPassing));
        byte[] digestInfo = [.. Hex("3021300906052b0e03021a05000414"), .. digest];
        Assert.Null(SignatureMethod.Rsa.Verify(NistKey(3), digestInfo, Hex(NistPassingSignature)));
        Assert.IsType<CryptoFault.SignatureWithDigestInfo>(
            SignatureMethod.Rsa.Verify(NistKey(3), digest, Hex(NistPassingSignature)));
    }

    /// <summary>
    /// The same file: test 5, the digest moved to the left and octets behind it; test 6, the 00 behind the padding
    /// missing; test 4 with e = 17.
    /// </summary>
    [Fact]
    public void RsaRefusesTheMalformedBlocksOfNist()
    {
        var moved = Hex(
            """
            417aa0531b1da975066a1311a9bf2fa73f5daf90f0473a8937a27a9c6378c53012e0b4db3dcb5309b85a3e7f9db16184
            8465f2e8102f75d171b4dc5371c3dca0
            bd70626dff5fad68549477fea84db9ac1b405440e178f5d9f74f3935e78a6aaf774b86d509fb25bd1a93aac9a2cdbce6
            a897842ea3ae07d3c8b4c43f97e0bf75
            """);
        var noZero = Hex(
            """
            56b25cc46a9ef9607f4f0f553265996e22a4552fc6cb2752d0595e887afad29f7f9a390c17dc427c7d9f83f19f6986c6
            0ec6d8f8017c3419cc2a838fe2425c7c
            80ceebfa1a0a3de507b5601609fe54b871efde685d23e546d69fbd14a30ebc2e67ac99446ae4978f1b3c120103294318
            b253aa9fcee638907b84ac72b25e18fa
            """);
        var prefix = Hex("3021300906052b0e03021a05000414");
        byte[] movedDigest = [.. prefix, .. Hex("dd1e335f65b2f5e31562a2c74ea6eab09892febc")];
        byte[] noZeroDigest = [.. prefix, .. Hex("8031ffbcbd668626dcc49e40128d8abdab1e8172")];
        Assert.IsType<CryptoFault.SignatureMismatch>(SignatureMethod.Rsa.Verify(NistKey(3), movedDigest, moved));
        Assert.IsType<CryptoFault.SignaturePadding>(SignatureMethod.Rsa.Verify(NistKey(3), noZeroDigest, noZero));
        Assert.IsType<CryptoFault.SignaturePadding>(
            SignatureMethod.Rsa.Verify(NistKey(17), movedDigest, Hex(NistPassingSignature)));
    }

    private const string NistPassing =
        "d73829497cddbe41b705faac50e7899fdb5a38bf3a459e536357029e64f8796ba47f4fe96ba5a8b9a4396746e2164f55"
        + "a25368ddd0b9a5188c7ac3da2d1f7422"
        + "86c3bdee697f9d546a25efcfe53191d743fcc6b47833d993d08804daeca78fb9076c3c017f53e33a90305af06220974d"
        + "46bf19ed3c9b84edbae98b45a8771258";

    private const string NistPassingSignature =
        "175015bda50abe0fa7d39a8353885ca01be3a7e7fcc55045744111362ee1914473a48dc537d956294b9e20a1ef661d58"
        + "537acdc8de908fa050630fcc272e6d00"
        + "1045e6fdeed2d10531c8603334c2e8db39e73e6d9665ee1343f9e4198302d2201b44e8e8d06b3ef49cee6197582163a8"
        + "490089ca654c0012fce1ba6511089750";

    private static RsaPublicKey NistKey(byte e)
    {
        var n = Hex(
            """
            a8d68acd413c5e195d5ef04e1b4faaf242365cb450196755e92e1215ba59802aafbadbf2564dd550956abb54f8b1c917
            844e5f36195d1088c600e07cada5c080
            ede679f50b3de32cf4026e514542495c54b1903768791aae9e36f082cd38e941ada89baecada61ab0dd37ad536bcb0a0
            946271594836e92ab5517301d45176b5
            """);
        Assert.True(RsaPublicKey.TryCreate(n, [e], out var key, out _));
        return key;
    }
}
