using System.Text;
using RefIke.Cli;
using RefIke.Cli.Configuration;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>What a configuration says of public keys, identities and peers at any address, with real files beside it.</summary>
public sealed class PublicKeyConfigurationTests : IDisposable
{
    private const string Good = """
        mode = "aggressive"
        auth = "rsa-sig"
        private_key = "own.key"
        certificates = ["own.pem"]
        trusted = ["ca.pem"]
        crls = ["ca.crl"]
        """;

    private static readonly RsaPrivateKey CaKey = KeyMaker.Rsa("configuration CA"u8, 1024);
    private static readonly RsaPrivateKey OwnKey = KeyMaker.Rsa("configuration own"u8, 1024);
    private static readonly EcPrivateKey EcKey = KeyMaker.Ec("configuration ec"u8, EcCurve.P256);
    private static readonly Certificate Ca = CertificateMaker.SelfSigned(
        new CertificateRecipe { Subject = "C=CH, CN=CA", NotBefore = 0, NotAfter = 2_000_000_000, IsCa = true }, CaKey);

    private static readonly Certificate Own = CertificateMaker.Issue(
        new CertificateRecipe { Subject = "C=CH, CN=own", NotBefore = 0, NotAfter = 2_000_000_000, SerialNumber = 2 },
        OwnKey.PublicKey, Ca, CaKey);

    private readonly TestFolder folder = new();

    public PublicKeyConfigurationTests()
    {
        folder.Write("own.key", Pem.Write("PRIVATE KEY", OwnKey.Reveal().Reveal().ToArray()));
        folder.Write("ec.key", Pem.Write("PRIVATE KEY", EcKey.Reveal().Reveal().ToArray()));
        folder.Write("own.pem", Own.ToPem() + Ca.ToPem());
        folder.Write("ca.pem", Ca.ToPem());
        folder.Write("peer.pub", OwnKey.PublicKey.ToPem());
        folder.Write("ca.crl", Pem.Write("X509 CRL", CertificateMaker.Revoke(Ca, CaKey, [Own], 0, 2_000_000_000, [])));
        folder.Write("empty.pem", "nothing here");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>RFC 2409 §5.1, RFC 4945 §3.3: key, chain, anchors and CRLs are those of the files; the suites have the method.</summary>
    [Fact]
    public void FilesAreReadFromTheFolderOfTheConfiguration()
    {
        var connection = Load(Good);
        var terms = connection.PublicKeys!;
        Assert.Equal((ExchangeType.Aggressive, AuthenticationMethod.RsaSignatures), (connection.Mode, connection.Method));
        Assert.Equal(((PublicKey)OwnKey.PublicKey, Own),
            (terms.Credentials[0].PrivateKey.PublicKey, terms.Credentials[0].Certificate));
        Assert.Equal([Ca], terms.Credentials[0].Issuers);
        Assert.Equal([Ca], terms.Trust.Anchors);
        Assert.Equal(1, Assert.Single(terms.Trust.RevocationLists).Count);
        Assert.Null(terms.RawKey);
        Assert.Null(connection.PreSharedKey);
    }

    /// <summary>RFC 4945 §6.3: raw keys on both sides need no certificate.</summary>
    [Fact]
    public void RawKeysNeedNoCertificate()
    {
        var terms = Load("auth = \"rsa-rev-enc\"\nprivate_key = \"own.key\"\npeer_key = \"peer.pub\"").PublicKeys!;
        Assert.Equal(OwnKey.PublicKey, terms.RawKey!.PublicKey);
        Assert.Equal(OwnKey.PublicKey, terms.PeerKey);
        Assert.Empty(terms.Credentials);
    }

    /// <summary>Every switch of <see cref="PublicKeyTerms"/> can be thrown.</summary>
    [Fact]
    public void EverySwitchIsObeyed()
    {
        var terms = Load($"{Good}\nrequire_crl = true\nsend_certificates = \"always\"\nname_peer_certificate = true\n"
            + "address_may_differ = true\npeer_certificates = [\"own.pem\"]").PublicKeys!;
        Assert.True(terms.Path.RequireRevocationInformation && terms.NamesPeerCertificate && terms.AddressMayDiffer);
        Assert.Equal((CertificateSending.Always, 2), (terms.Sending, terms.Trust.Known.Length));
    }

    /// <summary>One thing of a good configuration is made wrong, and the message has the key, the file and the mistake.</summary>
    [Theory]
    [InlineData("\"own.key\"", "\"other.key\"", "private_key: other.key: no such file")]
    [InlineData("\"own.key\"", "\"empty.pem\"", "private_key: empty.pem: no readable key: no PRIVATE KEY block")]
    [InlineData("\"own.key\"", "\"ec.key\"", "private_key: ECDSA P-256 is no key for auth = \"rsa-sig\"")]
    [InlineData("private_key = \"own.key\"", "", "private_key is missing: auth = \"rsa-sig\" proves who we are with it")]
    [InlineData("\"rsa-sig\"", "\"ecdsa-384\"", "private_key: RSA 1024 is no key for auth = \"ecdsa-384\"")]
    [InlineData("[\"own.pem\"]", "[\"ca.pem\"]", "certificates: the first must be that of private_key: ")]
    [InlineData("[\"own.pem\"]", "[\"peer.pub\"]", "certificates: peer.pub: no CERTIFICATE block")]
    [InlineData("[\"own.pem\"]", "\"own.pem\"", "certificates must be a list of texts")]
    [InlineData("trusted = [\"ca.pem\"]", "", "trusted or peer_key is missing: nothing would prove who the peer is")]
    [InlineData("trusted = [\"ca.pem\"]", "peer_key = \"empty.pem\"", "peer_key: empty.pem: no readable key: no PUBLIC KEY block")]
    [InlineData("[\"ca.crl\"]", "[\"ca.pem\"]", "crls: ca.pem: no X509 CRL block")]
    [InlineData("auth = \"rsa-sig\"", "auth = \"rsa-enc\"", "peer_key or peer_certificates is missing: nonces are encrypted to that key")]
    [InlineData("mode = \"aggressive\"", "send_certificates = \"ask\"", "send_certificates must be one of asked, always, never, not \"ask\"")]
    public void MistakeIsToldWithItsPlace(string right, string wrong, string told)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        var refused = Assert.Throws<BadInputException>(() => Load(Good.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains($"connection office: {told}", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>RFC 2407 §4.6.2: each type has a form.</summary>
    [Theory]
    [InlineData("192.0.2.9", IdentificationType.Ipv4Address, "c0000209")]
    [InlineData("2001:db8::1", IdentificationType.Ipv6Address, "20010db8000000000000000000000001")]
    [InlineData("a.example", IdentificationType.Fqdn, "612e6578616d706c65")]
    [InlineData("a@b", IdentificationType.UserFqdn, "614062")]
    [InlineData("10.1.0.0/16", IdentificationType.Ipv4Subnet, "0a010000ffff0000")]
    [InlineData("10.1.0.1-10.1.0.9", IdentificationType.Ipv4Range, "0a0100010a010009")]
    [InlineData("2001:db8::/32", IdentificationType.Ipv6Subnet, "20010db8000000000000000000000000ffffffff000000000000000000000000")]
    [InlineData("::1-::2", IdentificationType.Ipv6Range, "0000000000000000000000000000000100000000000000000000000000000002")]
    [InlineData("dn:CN=a", IdentificationType.DerAsn1Dn, "300c310a300806035504030c0161")]
    [InlineData("gn_hex:820161", IdentificationType.DerAsn1Gn, "820161")]
    [InlineData("key_id:group one", IdentificationType.KeyId, "67726f7570206f6e65")]
    [InlineData("key_id_hex:00ff", IdentificationType.KeyId, "00ff")]
    [Clause("2407-4.6.2-01")]
    public void EveryIdentityTypeHasAForm(string text, IdentificationType type, string data)
    {
        var id = Load($"{Good}\nremote_id = \"{text}\"").PeerIdentity;
        Assert.Equal((type, data), (id.IdType, Convert.ToHexStringLower(id.Data.Span)));
    }

    /// <summary>RFC 2409 §5.4: a road warrior's address is not known, its identity is; there may be several with one address.</summary>
    [Fact]
    public void PeersAtAnyAddressAreToldByIdentity()
    {
        var one = Connection("one", "psk = \"1\"\nmode = \"aggressive\"\nremote_id = \"a@b\"", "any");
        var two = Connection("two", "psk = \"2\"\nmode = \"aggressive\"\nremote_id = \"c@d\"", "any");
        var same = Connection("two", "psk = \"2\"\nmode = \"aggressive\"\nremote_id = \"a@b\"", "any");
        Assert.Equal([true, true], LoadAll(one + two).Connections.Select(c => c.Remote.Address.Equals(System.Net.IPAddress.Any)));
        Assert.Contains("connections one and two cannot be told apart",
            Assert.Throws<BadInputException>(() => LoadAll(one + same)).Message, StringComparison.Ordinal);
        Assert.Contains("connection x: remote_id is missing", Assert.Throws<BadInputException>(
            () => LoadAll(Connection("x", "psk = \"1\"\nmode = \"aggressive\"", "any"))).Message, StringComparison.Ordinal);
    }

    private Connection Load(string keys) => LoadAll(Connection("office", keys, "192.0.2.2")).Connections[0];

    private EndpointSetup LoadAll(string connections)
        => ConfigurationFile.Load(
            folder.Write("c.toml", $"[endpoint]\nlisten = \"192.0.2.1\"\n{connections}"), new NamedRandomness(1, "test"));

    private static string Connection(string name, string keys, string remote)
        => new StringBuilder($"[[connection]]\nname = \"{name}\"\nremote = \"{remote}\"\n{keys}\n")
            .Append("phase1 = [\"aes128-sha1-modp2048\"]\n[[connection.child]]\nname = \"c\"\nesp = [\"aes128-sha1\"]\n").ToString();
}
