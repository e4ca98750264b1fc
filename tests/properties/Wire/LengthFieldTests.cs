using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>Fields that count octets: both of their octets, and what does not fit.</summary>
public sealed class LengthFieldTests
{
    private static readonly Header Header = new(new Cookie(1), new Cookie(2), PayloadType.None, 0x10, ExchangeType.MainMode,
        HeaderFlags.None, 0, 0);

    /// <summary>RFC 2408 §3.5, §3.6: around 256 and 512 octets the length of a transform, and of its proposal, is theirs.</summary>
    [Fact]
    public void LengthsOfTransformAndProposalHaveTwoOctets()
    {
        for (var octets = 0; octets <= 520; octets++)
        {
            var value = (Octets)new byte[octets];
            var sa = new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly, null,
                [new ProposalPayload(1, Protocol.Esp, Octets.Empty, [new TransformPayload(1, 12, [DataAttribute.Variable(5, value)])])]);
            var datagram = MessageWriter.Write(Header, [sa]);
            Assert.Equal((8 + 12 + octets, 12 + octets), (Number(datagram, 42), Number(datagram, 50)));
            Assert.Equal(sa, Raw.Only<SecurityAssociationPayload>(datagram));
        }
    }

    /// <summary>RFC 2408 §3.5, §3.14: an SPI or transforms that their one octet cannot count are not written with a wrong count.</summary>
    [Fact]
    public void WhatCannotBeCountedIsNotWritten()
    {
        Octets spi = new byte[256];
        TransformPayload[] transforms = [.. Enumerable.Repeat(new TransformPayload(1, 12, []), 256)];
        Payload[] uncounted =
        [
            new NotificationPayload(Doi.Ipsec, Protocol.Esp, spi, NotifyType.InvalidSpi, Octets.Empty),
            new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly, null,
                [new ProposalPayload(1, Protocol.Esp, spi, [transforms[0]])]),
            new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly, null,
                [new ProposalPayload(1, Protocol.Esp, Octets.Empty, [.. transforms])]),
        ];
        Assert.All(uncounted, payload => Assert.Throws<OverflowException>(() => MessageWriter.WritePayloads([payload])));
    }

    /// <summary>RFC 2408 §3.1: a cookie is its eight octets.</summary>
    [Fact]
    public void CookieIsItsEightOctets()
        => Assert.Equal(Raw.Hex("0102030405060708"), new Cookie(0x0102030405060708).ToArray());

    private static int Number(byte[] datagram, int at) => (datagram[at] << 8) | datagram[at + 1];
}
