using System.Buffers.Binary;

namespace RefIke.Wire;

/// <summary>The ISAKMP header (RFC 2408 §3.1), in network order like all else (D-203).</summary>
/// <param name="Version">Major and minor version, four bits each: 0x10.</param>
/// <param name="Length">Octets of the whole message, header and encryption padding included.</param>
public readonly record struct Header(
    Cookie InitiatorCookie, Cookie ResponderCookie, PayloadType NextPayload, byte Version, ExchangeType ExchangeType,
    HeaderFlags Flags, uint MessageId, uint Length)
{
    /// <summary>Octets of a header.</summary>
    public const int Size = 28;

    /// <summary>
    /// The header of a message that is about to be written: version 1.0; the writer sets Next Payload and Length, and the
    /// Encryption flag where it seals (RFC 2408 §3.1).
    /// </summary>
    public static Header Of(
        Cookie CKY_I, Cookie CKY_R, ExchangeType exchange, uint M_ID, HeaderFlags flags = HeaderFlags.None)
        => new(CKY_I, CKY_R, PayloadType.None, 0x10, exchange, flags, M_ID, 0);

    /// <summary>Whether the payloads are encrypted.</summary>
    public bool IsEncrypted => (Flags & HeaderFlags.Encryption) != 0;

    /// <summary>Reads and checks a datagram's header (RFC 2408 §5.2).</summary>
    [Clause("2408-3.1-12")]
    [Clause("2408-5.2-02")]
    public static bool TryRead(ReadOnlySpan<byte> datagram, out Header header, out Malformed? malformed)
    {
        header = default;
        if (datagram.Length < Size)
        {
            malformed = Bad(Defect.HeaderTruncated, Math.Min(24, datagram.Length),
                $"{datagram.Length} octets are no header");
            return false;
        }

        header = new Header(Cookie.Read(datagram), Cookie.Read(datagram[8..]), (PayloadType)datagram[16], datagram[17],
            (ExchangeType)datagram[18], (HeaderFlags)datagram[19], BinaryPrimitives.ReadUInt32BigEndian(datagram[20..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[24..]));
        malformed = Check(header, datagram);
        return malformed is null;
    }

    /// <summary>Into the first 28 octets.</summary>
    public void Write(Span<byte> to)
    {
        InitiatorCookie.Write(to);
        ResponderCookie.Write(to[8..]);
        to[16] = (byte)NextPayload;
        to[17] = Version;
        to[18] = (byte)ExchangeType;
        to[19] = (byte)Flags;
        BinaryPrimitives.WriteUInt32BigEndian(to[20..], MessageId);
        BinaryPrimitives.WriteUInt32BigEndian(to[24..], Length);
    }

    [Clause("2408-5.1-01")]
    [Clause("2408-5.1-02")]
    private static Malformed? Check(Header header, ReadOnlySpan<byte> datagram)
    {
        if (header.InitiatorCookie.IsZero)
        {
            return Bad(Defect.InitiatorCookie, 0, "the initiator's cookie is zero");
        }

        if (header.Version >> 4 != 1)
        {
            return Bad(Defect.MajorVersion, 17, $"major version {header.Version >> 4}");
        }

        if ((header.Version & 15) != 0)
        {
            return Bad(Defect.MinorVersion, 17, $"minor version {header.Version & 15}");
        }

        if (((byte)header.Flags & 0xF8) != 0)
        {
            return Bad(Defect.ReservedFlags, 19, $"reserved flags in {(byte)header.Flags:x2}");
        }

        if (header.Length < Size || header.Length > datagram.Length)
        {
            return Bad(Defect.MessageLength, 24, $"Length {header.Length} in a datagram of {datagram.Length} octets");
        }

        var surplus = datagram[(int)header.Length..];
        return surplus.Length == 0
            || (!header.IsEncrypted && surplus.Length <= 16 && surplus.IndexOfAnyExcept((byte)0) < 0)
            ? null
            : Bad(Defect.OctetsAfterMessage, 24, $"{surplus.Length} octets after the message");
    }

    private static Malformed Bad(Defect defect, int offset, string reason)
        => new(defect, PayloadType.None, offset, reason);
}
