using System.Formats.Asn1;

namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// DER as a tree, so that a test can change it in one place and all lengths still fit. A value inside an OCTET STRING,
/// and a SEQUENCE inside a BIT STRING, is taken apart like any other.
/// </summary>
internal sealed class DerTree
{
    private const byte BitString = 3, OctetString = 4, Sequence = 0x30, Constructed = 0x20;

    private readonly byte tag;
    private readonly byte[] own;

    private DerTree(byte tag, byte[] own, IEnumerable<DerTree> parts)
        => (this.tag, this.own, Parts) = (tag, own, [.. parts]);

    /// <summary>NULL: an element that is expected nowhere behind the last.</summary>
    public static DerTree Null => Read((byte[])[5, 0]);

    /// <summary>The elements within, to be changed.</summary>
    public List<DerTree> Parts { get; }

    /// <summary>This one and all within that have elements or could have.</summary>
    public IEnumerable<DerTree> Holders
    {
        get
        {
            var isHolder = Parts.Count > 0 || (tag & Constructed) != 0;
            return (isHolder ? (DerTree[])[this] : []).Concat(Parts.SelectMany(part => part.Holders));
        }
    }

    public DerTree this[Index at] => Parts[at];

    public static DerTree Of(byte tag, params IEnumerable<DerTree> parts) => new(tag, [], parts);

    /// <summary>Extension (RFC 5280 §4.1); critical is FALSE where it is not written.</summary>
    public static DerTree Extension(string oid, bool isCritical, byte[] value) => Read(KeyForms.Write(writer =>
    {
        using var extension = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        if (isCritical)
        {
            writer.WriteBoolean(true);
        }

        writer.WriteOctetString(value);
    }));

    public static DerTree Read(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var (tag, content) = (der.Span[0], reader.PeekContentBytes());
        if ((tag & Constructed) != 0)
        {
            return new DerTree(tag, [], All(content));
        }

        // Behind the count of unused bits.
        var prefix = tag == BitString ? 1 : 0;
        var isWrapped = tag == OctetString
            || (tag == BitString && content.Length > 1 && content.Span[0] == 0 && content.Span[1] == Sequence);
        return isWrapped && TryOne(content[prefix..]) is { } inner
            ? new DerTree(tag, content[..prefix].ToArray(), [inner])
            : new DerTree(tag, content.ToArray(), []);
    }

    public byte[] Encode()
    {
        byte[] content = [.. own, .. Parts.SelectMany(part => part.Encode())];
        byte[] length = content.Length switch
        {
            < 0x80 => [(byte)content.Length],
            < 0x100 => [0x81, (byte)content.Length],
            _ => [0x82, (byte)(content.Length >> 8), (byte)(content.Length & 0xff)],
        };
        return [tag, .. length, .. content];
    }

    private static List<DerTree> All(ReadOnlyMemory<byte> content)
    {
        var (reader, parts) = (new AsnReader(content, AsnEncodingRules.DER), new List<DerTree>());
        while (reader.HasData)
        {
            parts.Add(Read(reader.ReadEncodedValue()));
        }

        return parts;
    }

    private static DerTree? TryOne(ReadOnlyMemory<byte> content)
    {
        try
        {
            return All(content) is [var one] ? one : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
