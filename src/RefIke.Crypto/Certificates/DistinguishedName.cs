using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Text;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// An X.501 name: the subject and issuer of certificates, the contents of ID_DER_ASN1_DN and of CERTREQ (RFC 4945
/// §3.1.5, §3.2.7.1). The octets are kept as received, for identities are compared bit by bit.
/// </summary>
public sealed class DistinguishedName
{
    private const int MostAttributes = 64;

    private static readonly (string Oid, string Name)[] Known =
    [
        ("2.5.4.3", "CN"), ("2.5.4.6", "C"), ("2.5.4.10", "O"), ("2.5.4.11", "OU"), ("2.5.4.7", "L"), ("2.5.4.8", "ST"),
        ("2.5.4.5", "serialNumber"), ("0.9.2342.19200300.100.1.25", "DC"), ("1.2.840.113549.1.9.1", "E"),
    ];

    private DistinguishedName(ReadOnlyMemory<byte> der, IReadOnlyList<(string Type, string Value)> attributes)
        => (Der, Attributes) = (der, attributes);

    /// <summary>The name as encoded.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>
    /// Type (<c>CN</c>, <c>C</c>, <c>O</c>, <c>OU</c>, … or an OID) and value, in the order in which they stand, so
    /// that policy can match any combination (RFC 4945 §3.1.5). Values of no string type are in hexadecimal after
    /// <c>#</c>.
    /// </summary>
    public IReadOnlyList<(string Type, string Value)> Attributes { get; }

    /// <summary>Whether there is no attribute at all; such a name is nobody's identity (RFC 4945 §3.1.5).</summary>
    public bool IsEmpty => Attributes.Count == 0;

    /// <summary>Reads a DER Name (RFC 5280 §4.1.2.4).</summary>
    public static bool TryRead(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out DistinguishedName? name)
    {
        var attributes = Keys.Der.Read(der, Read);
        name = attributes is null ? null : new DistinguishedName(der.ToArray(), attributes);
        return name is not null;
    }

    /// <summary>
    /// Reads text such as <c>C=CH, O=RefIke, CN=a.example</c>, in that order; a comma in a value has a backslash before
    /// it. C is made a PrintableString, DC and E an IA5String, all else a UTF8String.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DistinguishedName? name)
    {
        name = null;
        var parts = text.Replace("\\,", "\0", StringComparison.Ordinal)
            .Split(',', StringSplitOptions.RemoveEmptyEntries);
        var pairs = parts.Select(part => part.Replace('\0', ',').Split('=', 2, StringSplitOptions.TrimEntries))
            .ToArray();
        if (Array.Exists(pairs, pair => pair.Length != 2 || Oid(pair[0]) is null))
        {
            return false;
        }

        try
        {
            return TryRead(Keys.Der.Write(writer => Write(writer, pairs)), out name);
        }
        catch (ArgumentException)
        {
            // A character that the attribute's string type does not have.
            return false;
        }
    }

    /// <summary>Bit by bit, as identities are compared (RFC 4945 §3.1.5).</summary>
    public bool HasOctets(ReadOnlySpan<byte> der) => Der.Span.SequenceEqual(der);

    /// <summary>
    /// As names are chained (RFC 5280 §7.1): same attributes in the same order, whatever string type, letter case and
    /// runs of spaces. What it lets through is decided by the signature.
    /// </summary>
    public bool IsSameAs(DistinguishedName other) => HasOctets(other.Der.Span)
        || (Attributes.Count == other.Attributes.Count
            && Attributes.Zip(other.Attributes).All(pair => pair.First.Type == pair.Second.Type
                && Folded(pair.First.Value).Equals(Folded(pair.Second.Value), StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// The attributes as text; what does not print stands as <c>\xNNNN</c>, so that a peer's name cannot forge a log.
    /// </summary>
    public override string ToString() => IsEmpty ? "(empty name)"
        : string.Join(", ", Attributes.Select(attribute => $"{attribute.Type}={Printable(attribute.Value)}"));

    internal static string Printable(string text)
        => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\x{(int)c:x4}"));

    private static List<(string Type, string Value)> Read(AsnReader reader)
    {
        var attributes = new List<(string, string)>();
        var sequence = reader.ReadSequence();
        while (sequence.HasData)
        {
            var set = sequence.ReadSetOf();
            do
            {
                var pair = set.ReadSequence();
                var oid = pair.ReadObjectIdentifier();
                var type = Array.Find(Known, known => known.Oid == oid).Name ?? oid;
                attributes.Add((type, Value(pair.ReadEncodedValue())));
                pair.ThrowIfNotEmpty();
            }
            while (set.HasData && attributes.Count <= MostAttributes);

            if (attributes.Count > MostAttributes)
            {
                throw new AsnContentException("a name of too many attributes");
            }
        }

        return attributes;
    }

    private static string Value(ReadOnlyMemory<byte> encoded)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.DER);
        var tag = reader.PeekTag();
        return tag is { TagClass: TagClass.Universal, IsConstructed: false }
            && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
                or UniversalTagNumber.IA5String or UniversalTagNumber.BMPString or UniversalTagNumber.T61String
            ? reader.ReadCharacterString((UniversalTagNumber)tag.TagValue)
            : "#" + Convert.ToHexStringLower(encoded.Span);
    }

    private static void Write(AsnWriter writer, string[][] pairs)
    {
        using (writer.PushSequence())
        {
            foreach (var pair in pairs)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oid(pair[0])!);
                    writer.WriteCharacterString(StringType(pair[0]), pair[1]);
                }
            }
        }
    }

    private static UniversalTagNumber StringType(string type) => type switch
    {
        "C" or "serialNumber" => UniversalTagNumber.PrintableString,
        "DC" or "E" => UniversalTagNumber.IA5String,
        _ => UniversalTagNumber.UTF8String,
    };

    private static string? Oid(string name) => Array.Find(Known, known => known.Name == name).Oid;

    private static string Folded(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new StringBuilder().AppendJoin(' ', words).ToString();
    }
}
