using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Engine;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Bugs.Hostile;
using static RefIke.Properties.Specification.PlaceOfMessagesTests;

namespace RefIke.Properties.Bugs;

/// <summary>What identities did to real daemons, by the ids of docs/known-bugs.md.</summary>
[JudgesFaults]
public sealed class IdentityBugTests
{
    /// <summary>B-55, B-128, B-139: client identities of every type and of lengths that do not fit it (RFC 2407 §4.6.2.1).</summary>
    [Fact]
    [Clause("2407-4.6.2-02")]
    public void ClientOfAnyOtherTypeEndsOnlyTheQuickMode()
    {
        foreach (var type in Enumerable.Range(0, 14).Append(255))
        {
            var other = new IdentificationPayload((IdentificationType)type, 0, 0, new byte[Length(type)]);
            EndsOnlyTheQuickMode(p => [.. p[..^1], other], $"IDcr of type {type}");
            EndsOnlyTheQuickMode(p => [.. p[..^2], other, p[^1]], $"IDci of type {type}");
        }

        static int Length(int type) => type switch { 1 => 4, 4 or 7 => 8, 5 => 16, 6 or 8 => 32, _ => 9 };
    }

    /// <summary>B-139: a pair that is up is no leave to negotiate other traffic with the same peer (RFC 2409 §5.5).</summary>
    [Fact]
    [Clause("2409-5.5-08")]
    public void OtherClientsThanPolicysAreRefusedInARekeyToo()
    {
        var pair = Sent(7);
        pair.Settle();
        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        var good = pair.Flying.Single();
        pair.Flying.Clear();
        var other = Selector.ToPayload(IPAddress.Parse("10.99.0.0"), 16);
        pair.Deliver(good with { Datagram = Insider.Rehashed(pair.A, good.Datagram, p => [.. p[..^2], other, p[^1]]) });
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.NothingAcceptable });
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>B-73, B-139: one, three and four client identities are no message of Quick Mode (RFC 2409 §5.5).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [Clause("2409-5.5-03")]
    public void OtherNumbersOfClientIdentitiesAreRefused(int number)
    {
        var pair = Sent(7);
        var datagram = Insider.Rehashed(
            pair.A, pair.Flying.Single().Datagram, p => [.. p[..^2], .. Enumerable.Repeat(p[^1], number)]);
        IsRefusedAndForgotten(pair, datagram, $"{number} identities");
    }

    /// <summary>B-02, B-09, B-11: names in DER of every length, cut short and with lengths that lie (RFC 2407 §4.6.2.9).</summary>
    [Fact]
    [Clause("2407-4.6.2-02")]
    public void DistinguishedNameOfAnyShapeIsOnlyAnotherIdentity()
    {
        byte[] name = [0x30, 0x0c, 0x31, 0x0a, 0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x01, 0x61];
        for (var length = 0; length <= name.Length; length++)
        {
            foreach (var lie in new byte[] { 0x00, 0x0c, 0x7f, 0x80, 0x84, 0xff })
            {
                var der = name[..length];
                if (der.Length > 1)
                {
                    der[1] = lie;
                }

                var pair = Sent(5);
                var good = pair.Flying.Single();
                pair.Flying.Clear();
                var identity = new IdentificationPayload(IdentificationType.DerAsn1Dn, 0, 0, der);
                pair.Deliver(good with { Datagram = Insider.Message5(pair.A, good.Datagram, p => [identity, p[1]]) });
                Assert.DoesNotContain(pair.B.State.Isakmp, e => e.Value.Established is not null);
                Assert.Contains(pair.B.Told, e => e is Effect.Rejected);
            }
        }
    }
}
