using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Bugs.Hostile;
using static RefIke.Properties.Specification.PlaceOfMessagesTests;

namespace RefIke.Properties.Bugs;

/// <summary>What offers did to real daemons, by the ids of docs/known-bugs.md.</summary>
[JudgesFaults]
public sealed class OfferBugTests
{
    /// <summary>B-14: the life agreed is that of the transform chosen, not of the first one (RFC 2408 §4.2).</summary>
    [Fact]
    [Clause("2408-4.2-04")]
    public void LifeIsThatOfTheChosenTransform()
    {
        var pair = new Pair(esp: "aes256-sha1,aes128-sha1", peerEsp: "aes128-sha1", changeA: setup => setup with
        {
            Connections = [setup.Connections[0] with
            {
                Children = [setup.Connections[0].Children[0] with
                {
                    Suites = [.. setup.Connections[0].Children[0].Suites.Select((s, n) => s.Main with { LifeSeconds = 1000ul + (ulong)n })],
                }],
            }],
        });
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal("aes128-sha1", pair.B.Pairs.Single().Suite.Name);
        Assert.Equal(1001ul, pair.B.Pairs.Single().Suite.LifeSeconds);
        Assert.Equal(1001ul, pair.A.Pairs.Single().Suite.LifeSeconds);
    }

    /// <summary>B-18: a proposal may have any number, and the answer has that number (RFC 2408 §4.2).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(255)]
    [Clause("2408-4.2-05")]
    public void ProposalOfAnyNumberIsTaken(byte number)
    {
        var pair = Sent(7);
        var good = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Deliver(good with
        {
            Datagram = Specification.Insider.Rehashed(pair.A, good.Datagram, p => p.Select(x => x is SecurityAssociationPayload sa
                ? sa with { Proposals = [sa.Proposals[0] with { Number = number }] } : x)),
        });
        Assert.Equal(QuickModeStep.AwaitHash3, pair.B.State.QuickModes.Values.Single().State.Step);
        Assert.Single(pair.Flying);
    }

    /// <summary>
    /// B-57, B-71, B-78, B-133: every ESP transform with every kind of Key Length: taken only with a length that its document gives,
    /// never more KEYMAT than that.
    /// </summary>
    [Fact]
    [Clause("2407-4.5-03")]
    public void KeyLengthThatNoDocumentGivesIsNoSuite()
    {
        foreach (var id in Enumerable.Range(0, 256))
        {
            foreach (var bits in new int?[] { null, 0, 1, 56, 64, 127, 128, 192, 256, 448, 2040, 65535 })
            {
                var attributes = ImmutableArray.Create(
                    DataAttribute.Basic((ushort)IpsecAttribute.EncapsulationMode, 1),
                    DataAttribute.Basic((ushort)IpsecAttribute.AuthenticationAlgorithm, 2));
                attributes = bits is { } b ? attributes.Add(DataAttribute.Basic((ushort)IpsecAttribute.KeyLength, (ushort)b)) : attributes;
                if (EspSuite.TryRead(new TransformPayload(1, (byte)id, attributes), out var suite, out var why))
                {
                    Assert.InRange(suite!.Cipher.KeyOctets, 0, 255);
                    Assert.True(bits is null || suite.Cipher.KeyOctets == bits / 8, $"{id}: {bits}");
                }
                else
                {
                    Assert.NotEmpty(why);
                }
            }
        }
    }

    /// <summary>B-71, B-133: the same for phase 1 (RFC 2409 App. A).</summary>
    [Fact]
    [Clause("2409-5-14")]
    public void Phase1KeyLengthThatNoDocumentGivesIsNoSuite()
    {
        foreach (var cipher in Enumerable.Range(0, 20).Append(65001))
        {
            foreach (var bits in new[] { 0, 1, 56, 64, 127, 128, 192, 256, 448, 2040, 65535 })
            {
                TransformPayload transform = new(1, 1,
                [
                    DataAttribute.Basic((ushort)Phase1Attribute.EncryptionAlgorithm, (ushort)cipher),
                    DataAttribute.Basic((ushort)Phase1Attribute.HashAlgorithm, 2),
                    DataAttribute.Basic((ushort)Phase1Attribute.AuthenticationMethod, 1),
                    DataAttribute.Basic((ushort)Phase1Attribute.GroupDescription, 2),
                    DataAttribute.Basic((ushort)Phase1Attribute.KeyLength, (ushort)bits),
                ]);
                if (Phase1Suite.TryRead(transform, out var suite, out var why))
                {
                    Assert.Equal(bits, suite!.Cipher.KeyLength * 8);
                }
                else
                {
                    Assert.NotEmpty(why);
                }
            }
        }
    }

    /// <summary>B-84, B-31: PFS on one side alone is refused both ways, and the ISAKMP SA lives on (RFC 2409 §5.5).</summary>
    [Theory]
    [InlineData("aes128-sha1-modp1024", "aes128-sha1")]
    [InlineData("aes128-sha1", "aes128-sha1-modp1024")]
    [InlineData("aes128-sha1-modp1024", "aes128-sha1-modp1536")]
    [Clause("2409-5.5-08")]
    public void PfsOfOneSideAloneIsRefused(string ours, string theirs)
    {
        var pair = new Pair(esp: ours, peerEsp: theirs);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Empty(pair.A.Pairs.Concat(pair.B.Pairs));
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.NothingAcceptable });
        Assert.NotNull(pair.A.State.Isakmp.Values.Single().Established);
    }

    /// <summary>B-31, B-49: KE of every wrong length for the group of the transform ends this Quick Mode alone.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(129)]
    [InlineData(192)]
    [Clause("2409-5-05")]
    public void KeyOfAnotherLengthThanTheGroupsIsRefused(int octets)
        => EndsOnlyTheQuickMode(
            p => [.. p[..2], new KeyExchangePayload(Enumerable.Repeat((byte)0x55, octets).ToArray()), .. p[2..]], $"{octets} octets");

    /// <summary>B-102: a method that two documents use (65001) is refused by name, as any that is not spoken here.</summary>
    [Fact]
    [Clause("2408-5.4-03")]
    public void MethodThatIsNotSpokenIsRefused()
    {
        foreach (var method in new[] { 0, 9, 64000, 65001, 65005, 65535 })
        {
            var pair = Sent(1);
            var good = pair.Flying.Single();
            pair.Flying.Clear();
            pair.Deliver(good with
            {
                Datagram = Specification.Insider.Clear(good.Datagram, p => p.Select(x => x is SecurityAssociationPayload sa
                    ? sa with { Proposals = [.. sa.Proposals.Select(q => q with { Transforms = [.. q.Transforms.Select(t => With(t, method))] })] }
                    : x)),
            });
            Assert.Empty(pair.B.State.Isakmp);
        }

        static TransformPayload With(TransformPayload t, int method) => t with
        {
            Attributes = [.. t.Attributes.Select(a => a.Type == (ushort)Phase1Attribute.AuthenticationMethod
                ? DataAttribute.Basic(a.Type, (ushort)method) : a)],
        };
    }
}
