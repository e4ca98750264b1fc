using System.Buffers.Binary;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>
/// RFC 2408 §5.5: an SPI that its protocol does not have is not chosen. The reader knows no protocol's SPI size and
/// keeps any; the negotiation of ESP takes four octets from 256 up (M-17, D-123).
/// </summary>
public sealed class EspSpiTests
{
    private static readonly EspSuite Suite = SuiteNames.Esp("aes128-sha1", EspSuite.DefaultLifeSeconds)!;

    [Fact]
    public void EspSpiOfFourOctetsFrom256UpIsTaken() => Assert.True(IsChosen(Spi(256)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(16)]
    public void EspSpiOfAnotherSizeIsNotChosen(int size)
        => Assert.False(IsChosen([.. Enumerable.Repeat((byte)0x55, size)]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [Clause("2408-5.5-02")]
    public void ReservedEspSpiIsNotChosen(uint spi) => Assert.False(IsChosen(Spi(spi)));

    private static byte[] Spi(uint spi)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, spi);
        return octets;
    }

    private static bool IsChosen(byte[] spi)
    {
        var sent = new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly, null,
            [new ProposalPayload(1, Protocol.Esp, spi, [Suite.ToTransform(1)])]);
        var header = new Header(new Cookie(1), new Cookie(2), PayloadType.None, 0x10, ExchangeType.QuickMode,
            HeaderFlags.None, 7, 0);
        var received = Raw.Only<SecurityAssociationPayload>(MessageWriter.Write(header, [sent]));
        Assert.Equal((Octets)spi, received.Proposals[0].Spi);
        return Phase2Negotiation.Choose(received, [Suite], null, out var refusal) is not null
            || (refusal is Rejection.NothingAcceptable ? false : throw new InvalidOperationException($"{refusal}"));
    }
}
