using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Fuzzing;

/// <summary>Each fault that the fuzzer has found, as the smallest case that shows it.</summary>
public sealed class FoundByFuzzingTests
{
    /// <summary>
    /// RFC 2409 App. A: an attribute may come in the long form, with a value that no registry of two octets has. Such a
    /// transform is none of ours; it once was an overflow on message 1 of anybody.
    /// </summary>
    [Theory]
    [InlineData(Phase1Attribute.EncryptionAlgorithm)]
    [InlineData(Phase1Attribute.HashAlgorithm)]
    [InlineData(Phase1Attribute.AuthenticationMethod)]
    [InlineData(Phase1Attribute.GroupDescription)]
    [InlineData(Phase1Attribute.KeyLength)]
    public void AttributeValueBeyondTwoOctetsIsNotAcceptable(Phase1Attribute attribute)
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        var first = pair.Flying.Single();
        Assert.True(MessageReader.TryRead(first.Datagram.Memory, out var message, out _));
        var offer = Assert.IsType<SecurityAssociationPayload>(Assert.Single(message!.Payloads));
        var (proposal, transform) = (offer.Proposals[0], offer.Proposals[0].Transforms[0]);
        var attributes = transform.Attributes.Select(
            a => a.Type == (ushort)attribute ? DataAttribute.Number(a.Type, 0x10000 + (ulong)a.Value.Span[1]) : a);
        var changed = new SecurityAssociationPayload(offer.Doi, offer.Situation, offer.Labels,
            [proposal with { Transforms = [transform with { Attributes = [.. attributes] }] }]);
        Assert.NotEqual(offer, changed);
        pair.Deliver(first with { Datagram = MessageWriter.Write(message.Header, [changed]) });
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.NothingAcceptable });
        Assert.Empty(pair.B.State.Isakmp);
    }
}
