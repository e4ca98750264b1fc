using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine;

/// <summary>Phase 1's group described by all of its parameters in place of its number (RFC 2409 §4, App. A).</summary>
[JudgesFaults]
public sealed class DescribedGroupTests
{
    public static TheoryData<string> Groups => [.. GroupList.All.Where(g => g.PublicLength <= 256).Select(g => g.Name)];

    /// <summary>Of each group: the offer has no number, the answer is the offer, and both ends hold the same keys.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    [Clause("2409-4-08")]
    [Clause("2409-4-09")]
    public void EachGroupIsTakenByItsParameters(string name)
    {
        var pair = new Pair($"aes128-sha1-{name}", changeA: Describing);
        pair.Connect(pair.A);
        var offered = Transform(pair.Flying.Single().Datagram);
        Assert.DoesNotContain(offered.Attributes, a => a.Type == (ushort)Phase1Attribute.GroupDescription);
        Assert.Contains(offered.Attributes, a => a.Type == (ushort)Phase1Attribute.GroupPrime);
        pair.Deliver(pair.Flying[0]);
        pair.Flying.RemoveAt(0);
        Assert.Equal(offered.Attributes, Transform(pair.Flying.Single().Datagram).Attributes);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.All(
            [pair.A, pair.B], s => Assert.Equal(name, s.State.Isakmp.Values.Single().Phase1.Suite!.Group.Name));
    }

    /// <summary>
    /// Beside a number, without one of the parameters, with another value, or of a group that is not known: not taken, and
    /// nothing costly is done to find out.
    /// </summary>
    [Theory]
    [InlineData("beside a number", "parameters of a group beside a group's number")]
    [InlineData("no generator", "the attributes are not those of group type 1")]
    [InlineData("no type", "Group Type is missing")]
    [InlineData("twice", "attribute 6 twice")]
    [InlineData("other prime", "the group that is described is not spoken")]
    [InlineData("other size", "the group that is described is not spoken")]
    [Clause("2409-4-08")]
    [Clause("2409-4-09")]
    public void WhatDescribesNoKnownGroupIsNotTaken(string fault, string why)
    {
        var pair = new Pair(changeA: Describing);
        pair.Connect(pair.A);
        var sent = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Deliver(sent with
        {
            Datagram = Insider.Clear(sent.Datagram, payloads => payloads.Select(p =>
                p is SecurityAssociationPayload sa ? With(sa, [.. Faulty(Transform(sent.Datagram).Attributes, fault)]) : p)),
        });
        var rejection = Assert.IsType<Rejection.NothingAcceptable>(Assert.Single(pair.B.Told.OfType<Effect.Rejected>()).Why);
        Assert.Equal(NotifyType.NoProposalChosen, rejection.Notify);
        Assert.Contains(why, rejection.Reason, StringComparison.Ordinal);
        Assert.Empty(pair.B.State.Isakmp);
    }

    private static IEnumerable<DataAttribute> Faulty(ImmutableArray<DataAttribute> good, string fault) => fault switch
    {
        "beside a number" => [.. good, DataAttribute.Basic((ushort)Phase1Attribute.GroupDescription, 2)],
        "no generator" => good.Where(a => a.Type != (ushort)Phase1Attribute.GroupGeneratorOne),
        "no type" => good.Where(a => a.Type != (ushort)Phase1Attribute.GroupType),
        "twice" => [.. good, good.Single(a => a.Type == (ushort)Phase1Attribute.GroupPrime)],
        "other prime" => good.Select(a => a.Type != (ushort)Phase1Attribute.GroupPrime ? a
            : DataAttribute.Variable(a.Type, (byte[])[.. a.Value.Span[..^1], (byte)(a.Value.Span[^1] ^ 2)])),
        _ => [.. good, DataAttribute.Basic((ushort)Phase1Attribute.FieldSize, 1023)],
    };

    private static SecurityAssociationPayload With(SecurityAssociationPayload sa, ImmutableArray<DataAttribute> attributes)
        => sa with { Proposals = [sa.Proposals[0] with { Transforms = [sa.Proposals[0].Transforms[0] with { Attributes = attributes }] }] };

    private static TransformPayload Transform(Octets datagram)
        => MessageReader.TryRead(datagram.Memory, out var message, out _)
            ? message!.Payloads.OfType<SecurityAssociationPayload>().Single().Proposals[0].Transforms[0]
            : throw new InvalidOperationException("no clear message");

    private static EndpointSetup Describing(EndpointSetup setup) => setup with
    {
        Connections = [.. setup.Connections.Select(
            c => c with { Suites = [.. c.Suites.Select(s => s with { DescribesGroup = true })] })],
    };
}
