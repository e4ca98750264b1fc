using FsCheck.Xunit;
using RefIke.Properties.Wire.Generators;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>
/// No datagram makes the reader throw: it gives a message or a fault that lies in the datagram, after a bounded number
/// of steps (M-02, M-03, M-157).
/// </summary>
[Properties(Arbitrary = [typeof(WireArbitraries)])]
public sealed class AlterationTests
{
    /// <summary>Truncated, extended, overwritten, with octets inserted, removed or repeated.</summary>
    [Property(MaxTest = 5000)]
    public void AlteredDatagramGivesAMessageOrAFault(Altered altered) => Check(altered.Datagram);

    /// <summary>Nothing but noise, behind a header that is right and without one.</summary>
    [Property(MaxTest = 2000)]
    public void NoiseGivesAMessageOrAFault(Header header, byte[] noise)
    {
        Check(noise);
        Check(MessageWriter.WriteEncrypted(header with { Flags = HeaderFlags.None }, header.NextPayload, noise));
    }

    /// <summary>A datagram with every kind of payload, cut at every place.</summary>
    [Fact]
    [Clause("2408-5.1-01")]
    public void EveryTruncationGivesAFault()
    {
        for (var length = 0; length < Samples.EveryKind.Length; length++)
        {
            var cut = Samples.EveryKind[..length];
            Check(cut);
            Assert.False(MessageReader.TryRead(cut, out _, out _), $"cut to {length} octets");
        }
    }

    /// <summary>
    /// The same with the Length that the cut leaves: what is cut is then inside a payload, or a payload.
    /// </summary>
    [Fact]
    public void EveryTruncationWithItsLengthGivesAMessageOrAFault()
    {
        for (var length = Header.Size; length < Samples.EveryKind.Length; length++)
        {
            var cut = Samples.EveryKind[..length].With(26, (byte)(length >> 8), (byte)(length & 0xff));
            Check(cut);
            Assert.False(MessageReader.TryRead(cut, out _, out _), $"cut to {length} octets");
        }
    }

    /// <summary>Each octet of it with each of its 256 values.</summary>
    [Fact]
    public void EveryOctetWithEveryValueGivesAMessageOrAFault()
    {
        for (var at = 0; at < Samples.EveryKind.Length; at++)
        {
            var altered = Samples.EveryKind.ToArray();
            for (var value = 0; value <= byte.MaxValue; value++)
            {
                altered[at] = (byte)value;
                Check(altered);
            }
        }
    }

    private static void Check(byte[] datagram)
    {
        var isRead = MessageReader.TryRead(datagram, out var message, out var malformed);
        Assert.Equal(isRead, message is not null);
        Assert.Equal(isRead, malformed is null);
        if (malformed is not null)
        {
            Assert.InRange(malformed.Offset, 0, datagram.Length);
        }

        if (message is not null)
        {
            Assert.InRange(message.Payloads.Length, 1, IsakmpReader.MaximumPayloads);
            Assert.InRange(Header.Size + message.Payloads.Sum(p => 4 + p.Body.Length), 0, datagram.Length);
        }

        var reader = new IsakmpReader((PayloadType)(datagram.Length > 16 ? datagram[16] : 1), datagram, 0);
        var steps = 0;
        while (reader.TryNext(out malformed))
        {
            steps++;
            Assert.InRange(reader.Position, 4 * steps, datagram.Length);
        }

        Assert.InRange(steps, 0, IsakmpReader.MaximumPayloads);
    }
}
