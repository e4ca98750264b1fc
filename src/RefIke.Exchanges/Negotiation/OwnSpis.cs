using System.Buffers.Binary;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>
/// The SPIs chosen here for one SA payload. AH and ESP have one number: an SA is known by its protocol too (RFC 2401
/// §4.1), and KEYMAT covers the protocol, so their keys differ (RFC 2409 §5.5).
/// </summary>
/// <param name="Spi">Of AH and of ESP, from 256 up.</param>
/// <param name="Cpi">Of IPCOMP, from 256 to 61439 (RFC 3173 §3.3); 0 where no suite has IPCOMP.</param>
public readonly record struct OwnSpis(uint Spi, ushort Cpi)
{
    /// <summary>An SPI and no CPI.</summary>
    public static implicit operator OwnSpis(uint spi) => FromUInt32(spi);

    /// <summary>An SPI and no CPI.</summary>
    public static OwnSpis FromUInt32(uint spi) => new(spi, 0);

    /// <summary>The number for a protocol.</summary>
    public uint Number(Protocol protocol) => protocol == Protocol.Ipcomp ? Cpi : Spi;

    /// <summary>The SPI field for a protocol: four octets, for IPCOMP two (RFC 3173 §4.1).</summary>
    public Octets For(Protocol protocol) => Field(protocol, Number(protocol));

    /// <summary>A number as the SPI field of a protocol.</summary>
    public static Octets Field(Protocol protocol, uint number)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return protocol == Protocol.Ipcomp ? octets[2..] : octets;
    }
}
