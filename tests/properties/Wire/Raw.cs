using System.Buffers.Binary;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>Datagrams made octet by octet, without the writer.</summary>
internal static class Raw
{
    /// <summary>Where the first payload's body begins.</summary>
    public const int FirstBody = 32;

    /// <summary>A header of Main Mode with a right Length, and a chain of payloads in hexadecimal digits.</summary>
    public static byte[] Clear(PayloadType first, string chain)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, 28 + Hex(chain).Length);
        return [.. Hex("0102030405060708 0000000000000000"), (byte)first, 0x10, 2, 0, 0, 0, 0, 0, .. length,
            .. Hex(chain)];
    }

    /// <summary>A generic header with a right length, and a body; nested payloads look the same.</summary>
    public static string Payload(int next, string body) => $"{next:x2}00{4 + Hex(body).Length:x4}{body}";

    /// <summary>An SA of the IPsec DOI, identity only, last in its chain.</summary>
    public static string Sa(string proposals, int next = 0) => Payload(next, "0000000100000001" + proposals);

    /// <summary>A proposal: number 1, the protocol, an SPI and transforms.</summary>
    public static string Proposal(int next, Protocol protocol, string spi, int count, string transforms)
        => Payload(next, $"01{(byte)protocol:x2}{Hex(spi).Length:x2}{count:x2}{spi}{transforms}");

    /// <summary>A transform: number 1, id 12.</summary>
    public static string Transform(int next, string attributes) => Payload(next, "010c0000" + attributes);

    /// <summary>So many octets of 55.</summary>
    public static string Fill(int octets) => string.Concat(Enumerable.Repeat("55", octets));

    /// <summary>A copy with other octets from one place on.</summary>
    public static byte[] With(this byte[] datagram, int at, params byte[] octets)
        => [.. datagram[..at], .. octets, .. datagram[(at + octets.Length)..]];

    public static byte[] Hex(string digits) => Convert.FromHexString(digits.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The one payload of a message that is well-formed.</summary>
    public static T Only<T>(byte[] datagram)
        where T : Payload
    {
        Assert.True(MessageReader.TryRead(datagram, out var message, out var malformed), malformed?.ToString());
        return Assert.IsType<T>(Assert.Single(message!.Payloads));
    }
}
