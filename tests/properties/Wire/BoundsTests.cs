using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>
/// What is counted and measured: borders are taken, what lies beyond is refused, the largest datagram is read to its
/// end.
/// </summary>
public sealed class BoundsTests
{
    /// <summary>
    /// RFC 2408 §3.1, D-42: every payload number that is taken is read, every other one refused (M-20).
    /// </summary>
    [Fact]
    [Clause("2408-5.3-02")]
    public void EachPayloadNumberIsTakenOrRefused()
    {
        for (var number = 1; number <= byte.MaxValue; number++)
        {
            var reader = new IsakmpReader((PayloadType)number, Raw.Hex("00000004"), Header.Size);
            var taken = number is 1 or (>= 4 and <= 14) or 20 or 21 or >= 128;
            Assert.True(taken == reader.TryNext(out var malformed), $"payload number {number}: {malformed}");
        }
    }

    /// <summary>RFC 2408 §3.1, §5.2: of the 256 versions 1.0 alone is taken (M-08).</summary>
    [Fact]
    [Clause("2408-3.1-02")]
    public void OnlyVersion10IsTaken()
    {
        for (var version = 0; version <= byte.MaxValue; version++)
        {
            var datagram = Raw.Clear(PayloadType.VendorId, Raw.Payload(0, "")).With(17, (byte)version);
            Assert.Equal(version == 0x10, Header.TryRead(datagram, out _, out _));
        }
    }

    /// <summary>RFC 2408 §3.1, D-37: of the eight flags three are defined (M-07).</summary>
    [Fact]
    [Clause("2408-3.1-03")]
    public void ReservedFlagsAreRefused()
    {
        for (var flags = 0; flags <= byte.MaxValue; flags++)
        {
            var datagram = Raw.Clear(PayloadType.VendorId, Raw.Payload(0, "")).With(19, (byte)flags);
            Assert.Equal(flags < 8, Header.TryRead(datagram, out _, out _));
        }
    }

    /// <summary>RFC 2409 §5, D-53: 8 to 256 octets of nonce (M-22).</summary>
    [Fact]
    [Clause("2409-5-06")]
    public void NonceHas8To256Octets()
    {
        for (var length = 0; length <= 300; length++)
        {
            var datagram = Raw.Clear(PayloadType.Nonce, Raw.Payload(0, Raw.Fill(length)));
            Assert.Equal(length is >= 8 and <= 256, MessageReader.TryRead(datagram, out _, out _));
        }
    }

    /// <summary>RFC 2407 §4.6.2: an ID that names addresses has one length, the others any (M-31).</summary>
    [Fact]
    public void IdOfAddressesHasTheLengthOfItsType()
    {
        for (var type = 0; type <= byte.MaxValue; type++)
        {
            for (var length = 0; length <= 40; length++)
            {
                var datagram = Raw.Clear(PayloadType.Identification,
                    Raw.Payload(0, $"{type:x2}000000{Raw.Fill(length)}"));
                var due = Generators.PayloadGen.Length((IdentificationType)type) ?? length;
                Assert.True(due == length == MessageReader.TryRead(datagram, out _, out _),
                    $"type {type} with {length} octets");
            }
        }
    }

    /// <summary>The bound of 64 payloads is a bound, not less (M-157).</summary>
    [Fact]
    public void SixtyFourPayloadsAreTaken()
    {
        var chain = string.Concat(Enumerable.Repeat(Raw.Payload(13, ""), 63)) + Raw.Payload(0, "");
        Assert.True(MessageReader.TryRead(Raw.Clear(PayloadType.VendorId, chain), out var message, out _));
        Assert.Equal(64, message!.Payloads.Length);
    }

    /// <summary>
    /// An SA that fills the largest payload, 65,516 octets of 4,094 proposals, is read by a loop, not recursion (M-157).
    /// </summary>
    [Fact]
    public void LargestSaIsReadToItsEnd()
    {
        var sa = new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly, null,
            [
                .. Enumerable.Range(0, 4094).Select(i => (byte)(i & 0xff)).Select(number =>
                    new ProposalPayload(number, Protocol.Esp, Octets.Empty, [new TransformPayload(1, 12, [])])),
            ]);
        var header = new Header(new Cookie(1), new Cookie(2), PayloadType.None, 0x10, ExchangeType.QuickMode,
            HeaderFlags.None, 7, 0);
        Assert.Equal(sa, Raw.Only<SecurityAssociationPayload>(MessageWriter.Write(header, [sa])));
    }
}
