using System.Security.Cryptography;
using System.Text;
using RefIke.Engine;
using RefIke.Exchanges.Profiles;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification.Profiles;

/// <summary>The vendor ids that are known, and who says which (RFC 2408 §3.16).</summary>
[JudgesFaults]
public sealed class VendorIdTests
{
    /// <summary>
    /// RFC 3947 §3.1, RFC 3706 §5.1 and their like: most ids begin with the MD5 of a text, and are those octets.
    /// </summary>
    [Theory]
    [InlineData("RFC 3947", "NAT-T RFC 3947", 16)]
    [InlineData("draft-ietf-ipsec-nat-t-ike-03", "NAT-T draft 03", 16)]
    [InlineData("draft-ietf-ipsec-nat-t-ike-02", "NAT-T draft 02", 16)]
    [InlineData("draft-ietf-ipsec-nat-t-ike-02\n", "NAT-T draft 02 (line feed)", 16)]
    [InlineData("draft-ietf-ipsec-nat-t-ike-00", "NAT-T draft 00", 16)]
    [InlineData("FRAGMENTATION", "FRAGMENTATION", 16)]
    [InlineData("draft-ietf-ipsra-isakmp-xauth-06.txt", "XAUTH", 8)]
    [InlineData("CISCO-UNITY", "Cisco Unity", 14)]
    [InlineData("MS NT5 ISAKMPOAKLEY", "MS NT5 ISAKMPOAKLEY", 16)]
    public void VendorIdIsTheHashOfItsText(string text, string name, int octets)
    {
        var id = VendorIds.All.Single(v => v.Name == name);
#pragma warning disable CA5351 // the ids are made with it
        var hash = MD5.HashData(Encoding.ASCII.GetBytes(text));
#pragma warning restore CA5351
        Assert.Equal(hash.AsSpan(0, octets).ToArray(), id.Data.Slice(0, octets).ToArray());
        Assert.Equal(id, VendorIds.Of(id.Data));
    }

    /// <summary>
    /// D-60: only where the end holds a version or capabilities may it differ; a shorter one is never taken.
    /// </summary>
    [Fact]
    public void OnlyVersionsAndCapabilitiesMayDiffer()
    {
        Assert.Equal(VendorIds.DeadPeerDetection, VendorIds.Of(Octets.FromHex("afcad71368a1f1c96b8696fc77570101")));
        Assert.Equal(VendorIds.Fragmentation, VendorIds.Of(Octets.FromHex("4048b7d56ebce88525e7de7f00d6c2d380000000")));
        Assert.Null(VendorIds.Of(Octets.FromHex("4a131c81070358455c5728f20e95452f00")));
        Assert.All(
            VendorIds.All, v => Assert.NotEqual(v, VendorIds.Of(v.Data.Slice(0, (v.Prefix ?? v.Data.Length) - 1))));
    }

    /// <summary>
    /// RFC 3706 §5.1, D-60: the ids of what a connection speaks stand in messages 1 and 2, and in no other; each side
    /// knows of the other what it speaks.
    /// </summary>
    [Theory]
    [InlineData(ExchangeType.MainMode)]
    [InlineData(ExchangeType.Aggressive)]
    [Clause("3706-5.1-01")]
    public void VendorIdsStandInTheFirstTwoMessages(ExchangeType mode)
    {
        var pair = new Pair(natTraversal: true, both: s => s with
        {
            Connections = [s.Connections[0] with { Mode = mode, DeadPeer = new(), Fragmentation = new() }],
        });
        pair.Connect(pair.A);
        pair.Settle();
        var ids = pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>()
            .Select(s => MessageReader.TryRead(s.Datagram.Memory, out var m, out _) ? m : null).OfType<Message>()
            .Where(m => m.Payloads.Any(p => p is VendorIdPayload)).ToArray();
        Assert.Equal(2, ids.Length);
        Assert.All(ids, m => Assert.Equal(SpokenIds.Select(v => v.Data), m.Payloads.OfType<VendorIdPayload>()
            .Select(p => p.Data)));
        Assert.All(new[] { pair.A, pair.B },
            side => Assert.Equal(SpokenIds, side.State.Isakmp.Values.Single().Phase1.PeerVendorIds));
    }

    /// <summary>RFC 2409 alone: with every profile off no vendor id is sent.</summary>
    [Fact]
    public void WithoutProfilesNoVendorIdIsSent()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.All(pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>(), s => Assert.False(
            MessageReader.TryRead(s.Datagram.Memory, out var m, out _) && m!.Payloads.Any(p => p is VendorIdPayload)));
    }

    private static VendorId[] SpokenIds
        => [VendorIds.NatTraversal, VendorIds.DeadPeerDetection, VendorIds.Fragmentation];

    /// <summary>RFC 3947 §3.1: a vendor id that only begins like a known one is another, and says nothing.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(17)]
    [Clause("3947-3.1-01")]
    public void VendorIdOfAnotherLengthIsAnother(int octets)
    {
        var pair = PlaceOfMessagesTests.Sent(1, new Pair(changeB: s => s with { Connections = [s.Connections[0] with { NatTraversal = true }] }));
        var good = pair.Flying.Single();
        byte[] other = [.. VendorIds.NatTraversal.Data.ToArray().Append((byte)0).Take(octets)];
        pair.Deliver(good with { Datagram = Insider.Clear(good.Datagram, p => p.Add(new VendorIdPayload(other))) });
        Assert.Empty(pair.B.State.Isakmp.Values.Single().Phase1.PeerVendorIds);
    }
}
