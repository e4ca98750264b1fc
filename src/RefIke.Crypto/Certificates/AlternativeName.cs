using System.Formats.Asn1;

namespace RefIke.Crypto.Certificates;

/// <summary>The choices of GeneralName that RFC 4945 §5.1.3.6 has a use for.</summary>
public enum AlternativeNameKind
{
    /// <summary>One that proves no identity in IKE.</summary>
    Other,

    /// <summary>rfc822Name, for ID_USER_FQDN.</summary>
    Rfc822Name,

    /// <summary>dNSName, for ID_FQDN.</summary>
    DnsName,

    /// <summary>iPAddress, for ID_IPV4_ADDR and ID_IPV6_ADDR.</summary>
    IpAddress,
}

/// <summary>A name of the SubjectAltName extension (RFC 5280 §4.2.1.6).</summary>
public sealed class AlternativeName
{
    private const int Rfc822Tag = 1;
    private const int DnsTag = 2;
    private const int IpTag = 7;

    private AlternativeName(AlternativeNameKind kind, ReadOnlyMemory<byte> octets, ReadOnlyMemory<byte> encoded)
        => (Kind, Octets, Encoded) = (kind, octets, encoded);

    /// <summary>Which choice.</summary>
    public AlternativeNameKind Kind { get; }

    /// <summary>
    /// The characters of an rfc822Name or dNSName, the 4 or 16 octets of an iPAddress; empty for another.
    /// </summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>The GeneralName as encoded.</summary>
    internal ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>A rfc822Name, <c>user@example</c>.</summary>
    public static AlternativeName Rfc822(string name)
        => Of(AlternativeNameKind.Rfc822Name, Rfc822Tag, System.Text.Encoding.ASCII.GetBytes(name));

    /// <summary>A dNSName, <c>a.example</c>.</summary>
    public static AlternativeName Dns(string name)
        => Of(AlternativeNameKind.DnsName, DnsTag, System.Text.Encoding.ASCII.GetBytes(name));

    /// <summary>An iPAddress of 4 or 16 octets in network order.</summary>
    public static AlternativeName Ip(ReadOnlySpan<byte> address)
        => Of(AlternativeNameKind.IpAddress, IpTag, address.ToArray());

    /// <inheritdoc/>
    public override string ToString() => Kind is AlternativeNameKind.Rfc822Name or AlternativeNameKind.DnsName
        ? $"{Kind}:{DistinguishedName.Printable(System.Text.Encoding.Latin1.GetString(Octets.Span))}"
        : $"{Kind}:{Convert.ToHexStringLower(Octets.Span)}";

    /// <summary>The next GeneralName.</summary>
    internal static AlternativeName Read(AsnReader reader)
    {
        var encoded = reader.ReadEncodedValue();
        var inner = new AsnReader(encoded, AsnEncodingRules.DER);
        var tag = inner.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific)
        {
            throw new AsnContentException("no GeneralName");
        }

        return tag.TagValue switch
        {
            Rfc822Tag => new(AlternativeNameKind.Rfc822Name, inner.ReadOctetString(Tag(Rfc822Tag)), encoded),
            DnsTag => new(AlternativeNameKind.DnsName, inner.ReadOctetString(Tag(DnsTag)), encoded),
            IpTag => new(AlternativeNameKind.IpAddress, inner.ReadOctetString(Tag(IpTag)), encoded),
            _ => new(AlternativeNameKind.Other, default, encoded),
        };
    }

    private static AlternativeName Of(AlternativeNameKind kind, int tag, byte[] octets)
        => new(kind, octets, Keys.Der.Write(writer => writer.WriteOctetString(octets, Tag(tag))));

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number);
}
