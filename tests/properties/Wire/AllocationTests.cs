using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>The reader over spans costs no memory: what a flood of datagrams would be paid with.</summary>
public sealed class AllocationTests
{
    /// <summary>
    /// Header and chain of a clear message SA, VID, VID, a thousand times: not one octet on the heap.
    /// </summary>
    [Fact]
    public void ThreePayloadsAreWalkedWithoutAllocation()
    {
        var datagram = Raw.Clear(PayloadType.SecurityAssociation, Raw.Sa(
            Raw.Proposal(0, Protocol.Isakmp, "", 1,
                Raw.Transform(0, "80010007 80020002 80030001 80040002 800b0001 800c7080")), next: 13)
            + Raw.Payload(13, Raw.Fill(16)) + Raw.Payload(0, Raw.Fill(16)));
        Assert.Equal(3000, Walk(datagram));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Walk(datagram);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Walk(ReadOnlySpan<byte> datagram)
    {
        var payloads = 0;
        for (var i = 0; i < 1000; i++)
        {
            if (Header.TryRead(datagram, out var header, out _))
            {
                var reader = new IsakmpReader(header.NextPayload, datagram[Header.Size..(int)header.Length],
                    Header.Size);
                while (reader.TryNext(out _))
                {
                    payloads++;
                }
            }
        }

        return payloads;
    }
}
