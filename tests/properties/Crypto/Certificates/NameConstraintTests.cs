using System.Formats.Asn1;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using Xunit;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// What a CA may certify (RFC 5280 §4.2.1.10): permitted and excluded names, from the anchor down, cumulative.
/// </summary>
public sealed class NameConstraintTests
{
    private const int Permitted = 0, Excluded = 1;

    /// <summary>
    /// Domain names, mail addresses, addresses and directory names, each permitted and each excluded.
    /// </summary>
    [Fact]
    public void NamesOutsideWhatIsPermittedAreRefused()
    {
        (byte[] Base, AlternativeName In, AlternativeName Out)[] cases =
        [
            (General(2, "example.org"u8), AlternativeName.Dns("gw.example.org"), AlternativeName.Dns("gw.example.com")),
            (General(1, "example.org"u8), AlternativeName.Rfc822("u@example.org"),
                AlternativeName.Rfc822("u@example.com")),
            (General(7, [10, 0, 0, 0, 255, 0, 0, 0]), AlternativeName.Ip([10, 1, 2, 3]),
                AlternativeName.Ip([11, 1, 2, 3])),
        ];
        foreach (var (subtree, inside, outside) in cases)
        {
            Assert.Null(Validate(Constraints(Permitted, subtree), inside));
            AssertRefused(Validate(Constraints(Permitted, subtree), outside));
            AssertRefused(Validate(Constraints(Permitted, subtree), inside, outside));
            AssertRefused(Validate(Constraints(Excluded, subtree), inside));
            Assert.Null(Validate(Constraints(Excluded, subtree), outside));
        }
    }

    /// <summary>Directory names: the subject of the peer must lie below.</summary>
    [Fact]
    public void SubjectsOutsideWhatIsPermittedAreRefused()
    {
        Assert.Null(Validate(Constraints(Permitted, Directory("C=CH, O=RefIke"))));
        AssertRefused(Validate(Constraints(Permitted, Directory("C=CH, O=Other"))));
        AssertRefused(Validate(Constraints(Excluded, Directory("C=CH"))));
    }

    /// <summary>
    /// RFC 5280 §6.1.3 b, c: what an authority issues to itself, such as the certificate of its next key, is passed
    /// over, but not at the end of a chain; any other authority is asked for its name like the peer.
    /// </summary>
    [Theory]
    [InlineData("CN=Limited", "C=CH, CN=a", true)]
    [InlineData("C=CH, CN=Below", "C=CH, CN=a", true)]
    [InlineData("CN=Other", "C=CH, CN=a", false)]
    [InlineData("CN=Limited", "CN=Limited", false)]
    public void SelfIssuedCertificatesArePassedOverUnlessTheyAreTheLast(string middle, string last, bool isValid)
    {
        var root = CertificateMaker.SelfSigned(Made.Authority("CN=Limited") with
        {
            OtherExtensions = [("2.5.29.30", true, Constraints(Permitted, Directory("C=CH")))],
        }, TestKeys.P384);
        var ca = CertificateMaker.Issue(Made.Authority(middle), TestKeys.P256Ca.PublicKey, root, TestKeys.P384);
        var peer = CertificateMaker.Issue(
            Made.Peer() with { Subject = last }, TestKeys.P256.PublicKey, ca, TestKeys.P256Ca);
        var fault = Made.Validate(peer, [peer, ca], TrustStore.Of(root));
        PathTests.AssertEither<CryptoFault.NameConstraint>(isValid, fault);
    }

    /// <summary>A mail address in the subject is constrained like an rfc822Name (RFC 5280 §4.2.1.10).</summary>
    [Fact]
    public void MailAddressesInTheSubjectAreConstrained()
    {
        var constraints = Constraints(Permitted, General(1, "example.org"u8));
        Assert.Null(Validate(constraints, Made.Peer() with { Subject = "E=u@example.org, CN=u" }));
        AssertRefused(Validate(constraints, Made.Peer() with { Subject = "E=u@example.com, CN=u" }));
        constraints = Constraints(Excluded, General(1, "example.org"u8));
        Assert.Null(Validate(constraints, Made.Peer() with { Subject = "E=u@example.com, CN=u" }));
        AssertRefused(Validate(constraints, Made.Peer() with { Subject = "E=u@example.org, CN=u" }));
    }

    /// <summary>
    /// A bound: names nested too deep are refused where names are constrained. Where they are not nobody looks into a
    /// name that has no use here.
    /// </summary>
    [Theory]
    [InlineData(3, true, true)]
    [InlineData(20, true, false)]
    [InlineData(20, false, true)]
    public void DeepNamesAreLookedIntoOnlyWhereNamesAreConstrained(int depth, bool isConstrained, bool isValid)
    {
        var value = Enumerable.Range(0, depth).Aggregate(DerTree.Null, (inner, _) => DerTree.Of(0x30, inner));
        var otherName = DerTree.Of(0xa0, DerTree.Read((byte[])[6, 2, 0x2a, 3]), DerTree.Of(0xa0, value));
        var peer = Made.Peer() with
        {
            AlternativeNames = [],
            OtherExtensions = [("2.5.29.17", false, DerTree.Of(0x30, otherName).Encode())],
        };
        var fault = isConstrained
            ? Validate(Constraints(Permitted, General(2, "example.org"u8)), peer)
            : Made.Validate(Made.Issue(peer));
        PathTests.AssertEither<CryptoFault.NameConstraint>(isValid, fault);
    }

    /// <summary>
    /// A constraint that cannot be understood refuses everything below (RFC 5280 §4.2: it is critical).
    /// </summary>
    [Fact]
    public void ConstraintsThatCannotBeUnderstoodRefuse()
    {
        AssertRefused(Validate(Constraints(Permitted, General(7, [10, 0, 0]))));
        AssertRefused(Validate(KeyForms.Write(writer => writer.WriteInteger(1))));
        byte[] deep = [5, 0];
        for (var depth = 0; depth < 100; depth++)
        {
            var inner = deep;
            deep = KeyForms.Write(writer =>
            {
                using var sequence = writer.PushSequence();
                writer.WriteEncodedValue(inner);
            });
        }

        AssertRefused(Validate(deep));
    }

    private static CryptoFault? Validate(byte[] constraints, params AlternativeName[] names)
        => Validate(constraints, Made.Peer() with { AlternativeNames = names });

    private static CryptoFault? Validate(byte[] constraints, CertificateRecipe peer)
    {
        var ca = CertificateMaker.Issue(
            Made.Authority("CN=Constrained CA") with { OtherExtensions = [("2.5.29.30", true, constraints)] },
                TestKeys.P256Ca.PublicKey, Made.Ca, TestKeys.RsaCa);
        var certificate = CertificateMaker.Issue(peer, TestKeys.P256.PublicKey, ca, TestKeys.P256Ca);
        return Made.Validate(certificate, [certificate, ca]);
    }

    private static byte[] Constraints(int list, byte[] name) => KeyForms.Write(writer =>
    {
        using var constraints = writer.PushSequence();
        using var subtrees = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, list));
        using var subtree = writer.PushSequence();
        writer.WriteEncodedValue(name);
    });

    private static byte[] General(int tag, ReadOnlySpan<byte> content)
    {
        var octets = content.ToArray();
        return KeyForms.Write(writer => writer.WriteOctetString(octets, new Asn1Tag(TagClass.ContextSpecific, tag)));
    }

    private static byte[] Directory(string text)
    {
        Assert.True(DistinguishedName.TryParse(text, out var name));
        return KeyForms.Write(writer =>
        {
            using var holder = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4));
            writer.WriteEncodedValue(name.Der.Span);
        });
    }

    private static void AssertRefused(CryptoFault? fault) => PathTests.AssertFault<CryptoFault.NameConstraint>(fault);
}
