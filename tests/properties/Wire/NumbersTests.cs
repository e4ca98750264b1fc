using System.Text;
using System.Text.RegularExpressions;
using RefIke.Specification;
using RefIke.Wire;
using VerifyXunit;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>
/// The registries of <c>src/RefIke.Wire/Numbers</c>: one a file, each number with its document, unknown ones kept.
/// </summary>
public sealed partial class NumbersTests
{
    private static readonly Header Header = new(
        new Cookie(1), new Cookie(2), PayloadType.None, 0x10, ExchangeType.Informational, HeaderFlags.None, 7, 0);

    private static IEnumerable<string> Files
        => Directory.GetFiles(Path.Combine(RowFile.FindRepository(AppContext.BaseDirectory)!, "src", "RefIke.Wire", "Numbers"))
        .Order(StringComparer.Ordinal);

    /// <summary>Each value says in its comment where it is assigned.</summary>
    [Fact]
    public void EachNumberNamesItsDocument()
    {
        foreach (var file in Files)
        {
            var registry = Type.GetType($"RefIke.Wire.{Path.GetFileNameWithoutExtension(file)}, RefIke.Wire")!;
            var documented = Number().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value);
            Assert.Equal(Enum.GetNames(registry).Order(StringComparer.Ordinal),
                documented.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>All numbers with their names and documents: a change of one is a change of this snapshot.</summary>
    [Fact]
    [Clause("2409-A-05")]
    public async Task NumbersAreTheRegistries()
    {
        var text = new StringBuilder();
        foreach (var file in Files)
        {
            text.Append(Path.GetFileNameWithoutExtension(file)).Append('\n');
            foreach (Match number in Number().Matches(File.ReadAllText(file)))
            {
                text.Append($"  {number.Groups["value"].Value,5} {number.Groups["words"].Value}\n");
            }
        }

        await Verifier.Verify(text.ToString());
    }

    /// <summary>
    /// Every number of an octet, known or not, survives a round trip in each field that has such a registry.
    /// </summary>
    [Fact]
    public void UnknownNumbersOfOneOctetSurvive()
    {
        for (var n = 0; n <= byte.MaxValue; n++)
        {
            var number = (byte)n;
            Survives(new CertificatePayload((CertificateEncoding)number, Octets.Empty));
            Survives(new CertificateRequestPayload((CertificateEncoding)number, Octets.Empty));
            Survives(Notification((Protocol)number, NotifyType.Connected));
            Survives(new DeletePayload(Doi.Ipsec, (Protocol)number, 4, [Octets.FromHex("c0ffee01")]));
            Survives(new AttributesPayload((ConfigurationMessage)number, 1, []));
            Survives(new IdentificationPayload((IdentificationType)number, 0, 0,
                new byte[Generators.PayloadGen.Length((IdentificationType)number) ?? 5]));
            Survives(Sa(Doi.Ipsec, Situation.IdentityOnly, (Protocol)number, 12));
            Survives(Sa(Doi.Ipsec, Situation.IdentityOnly, Protocol.Esp, number));
            if (number >= 133)
            {
                Survives(new UnknownPayload((PayloadType)number, Octets.FromHex("aa")));
            }

            var message = Read(Header with { ExchangeType = (ExchangeType)number }, new HashPayload(Octets.Empty));
            Assert.Equal((ExchangeType)number, message.Header.ExchangeType);
        }
    }

    /// <summary>
    /// Every number of two octets as notify type and as attribute value, every class of 15 bits in both encodings.
    /// </summary>
    [Fact]
    public void UnknownNumbersOfTwoOctetsSurvive()
    {
        for (var n = 0; n <= ushort.MaxValue; n += 16)
        {
            var numbers = Enumerable.Range(n, 16).Select(i => (ushort)i);
            Survives([.. numbers.Select(i => Notification(Protocol.Esp, (NotifyType)i))]);
            Survives(new AttributesPayload(ConfigurationMessage.Set, 1,
                [.. numbers.Select(i => DataAttribute.Basic(1, i))]));
            if (n <= 0x7fff)
            {
                Survives(new AttributesPayload(ConfigurationMessage.Set, 1,
                    [.. numbers.Select(i => DataAttribute.Basic(i, 1))]));
                Survives(new AttributesPayload(ConfigurationMessage.Set, 1,
                    [.. numbers.Select(i => DataAttribute.Variable(i, Octets.FromHex("01")))]));
            }
        }
    }

    /// <summary>DOIs and situation bits that nobody assigned; labels follow in the IPsec DOI alone.</summary>
    [Theory]
    [InlineData(1, 0x80000001)]
    [InlineData(1, 0x00000008)]
    [InlineData(0, 0x00000000)]
    [InlineData(2, 0x00000006)]
    [InlineData(0xffffffff, 0xffffffff)]
    public void UnknownDomainsAndSituationsSurvive(uint doi, uint situation)
        => Survives(Sa((Doi)doi, (Situation)situation, Protocol.Esp, 12));

    private static NotificationPayload Notification(Protocol protocol, NotifyType type)
        => new(Doi.Ipsec, protocol, Octets.Empty, type, Octets.Empty);

    private static SecurityAssociationPayload Sa(Doi doi, Situation situation, Protocol protocol, byte transform)
        => new(doi, situation, null,
            [new ProposalPayload(1, protocol, Octets.Empty, [new TransformPayload(1, transform, [])])]);

    private static void Survives(params Payload[] payloads) => Assert.Equal(payloads, Read(Header, payloads).Payloads);

    private static Message Read(Header header, params Payload[] payloads)
        => RoundTripTests.Read(MessageWriter.Write(header, [.. payloads]));

    /// <summary>A value's comment, which ends with its document in brackets, and the value.</summary>
    [GeneratedRegex(
        @"<summary>(?<words>.*\((?:.* )?(?:RFC \d{4}|draft-|\[MS-IKEE\]).*\))\.</summary>\n"
        + @"    (?<name>\w+) = (?<value>\d+),")]
    private static partial Regex Number();
}
