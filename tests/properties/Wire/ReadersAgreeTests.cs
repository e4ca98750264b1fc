using FsCheck.Xunit;
using RefIke.Properties.Wire.Generators;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>The reader over spans and the reader of messages are one reading of RFC 2408 §3.2.</summary>
[Properties(Arbitrary = [typeof(WireArbitraries)], MaxTest = 500)]
public sealed class ReadersAgreeTests
{
    /// <summary>Well-formed: the same payloads, at the same places, with the same bodies.</summary>
    [Property]
    public void BothWalkTheSameChain(Message message)
    {
        var datagram = MessageWriter.Write(message.Header, message.Payloads);
        var read = RoundTripTests.Read(datagram);
        var reader = new IsakmpReader(read.Header.NextPayload, datagram.AsSpan(Header.Size), Header.Size);
        foreach (var payload in read.Payloads)
        {
            Assert.True(reader.TryNext(out _));
            Assert.Equal(payload.Type, reader.Type);
            Assert.True(payload.Body.Span == reader.Body, "not the same octets");
            Assert.True(datagram.AsSpan(Header.Size + reader.BodyStart, reader.Body.Length) == reader.Body,
                "not where it says");
        }

        Assert.False(reader.TryNext(out var malformed));
        Assert.Null(malformed);
        Assert.Equal(datagram.Length - Header.Size, reader.Position);
    }

    /// <summary>
    /// Altered: a fault of the chain that one finds, the other finds, unless a body before it is at fault.
    /// </summary>
    [Property]
    public void BothFindTheSameFaultOfTheChain(Altered altered)
    {
        var datagram = altered.Datagram;
        if (!Header.TryRead(datagram, out var header, out _))
        {
            return;
        }

        var reader = new IsakmpReader(header.NextPayload,
            datagram.AsSpan(Header.Size, (int)header.Length - Header.Size), Header.Size);
        Malformed? ofChain;
        while (reader.TryNext(out ofChain))
        {
        }

        MessageReader.TryRead(datagram, out _, out var malformed);
        if (ofChain is not null)
        {
            Assert.True(malformed == ofChain || malformed!.Offset < ofChain.Offset, $"{malformed} and {ofChain}");
        }
    }
}
