using System.Buffers.Binary;

namespace RefIke.Wire;

/// <summary>An ISAKMP cookie, eight octets (RFC 2408 §2.5.3, §3.1).</summary>
public readonly record struct Cookie(ulong Value)
{
    /// <summary>All zero: not yet known.</summary>
    public static Cookie None => default;

    /// <summary>Whether it is all zero.</summary>
    public bool IsZero => Value == 0;

    /// <summary>From the first eight octets.</summary>
    public static Cookie Read(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt64BigEndian(octets));

    /// <summary>Into the first eight octets.</summary>
    public void Write(Span<byte> octets) => BinaryPrimitives.WriteUInt64BigEndian(octets, Value);

    /// <summary>Eight octets.</summary>
    public byte[] ToArray()
    {
        var octets = new byte[8];
        Write(octets);
        return octets;
    }

    /// <summary>Sixteen hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
