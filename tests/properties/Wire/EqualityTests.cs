using System.Collections.Immutable;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>
/// Messages and payloads are values: equal where every field is, and a field that differs makes another. Every test that
/// compares what was read with what was meant rests on it.
/// </summary>
public sealed class EqualityTests
{
    private static readonly ImmutableArray<DataAttribute> None = [];

    private static readonly Header Header = new(new Cookie(1), new Cookie(2), PayloadType.VendorId, 0x10, ExchangeType.MainMode,
        HeaderFlags.None, 7, 32);

    private static Message Message => new(Header, [new VendorIdPayload(Octets.Empty)]);

    private static AttributesPayload Attributes => new(ConfigurationMessage.Request, 7, [DataAttribute.Basic(1, 2)]);

    private static DeletePayload Delete => new(Doi.Ipsec, Protocol.Esp, 4, [Octets.FromHex("c0ffee01")]);

    private static TransformPayload Transform => new(1, 12, [DataAttribute.Basic(1, 2)]);

    private static ProposalPayload Proposal => new(1, Protocol.Esp, Octets.FromHex("c0ffee01"), [Transform]);

    private static SecurityAssociationPayload Sa => new(Doi.Ipsec, Situation.IdentityOnly, null, [Proposal]);

    /// <summary>Made twice from the same fields, with lists of their own, they are equal, and so are their hash codes.</summary>
    [Fact]
    public void EqualFieldsMakeEqualValues()
        => Assert.All(new (object One, object Other)[]
        {
            (Message, Message), (Attributes, Attributes), (Delete, Delete), (Transform, Transform), (Proposal, Proposal), (Sa, Sa),
            (Octets.FromHex("0102"), Octets.FromHex("0102")),
        }, pair =>
        {
            Assert.True(pair.One.Equals(pair.Other));
            Assert.Equal(pair.One.GetHashCode(), pair.Other.GetHashCode());
        });

    /// <summary>One field that differs is enough, whichever it is; nothing is equal to null.</summary>
    [Fact]
    public void EachFieldCounts()
        => Assert.All(new (object One, object? Other)[]
        {
            (Message, Message with { Header = Header with { MessageId = 8 } }), (Message, Message with { Payloads = [] }),
            (Attributes, Attributes with { MessageType = ConfigurationMessage.Reply }),
            (Attributes, Attributes with { Identifier = 8 }), (Attributes, Attributes with { List = None }),
            (Delete, Delete with { Doi = Doi.Isakmp }), (Delete, Delete with { Protocol = Protocol.Ah }),
            (Delete, Delete with { SpiSize = 8 }), (Delete, Delete with { Spis = [Octets.FromHex("c0ffee02")] }),
            (Transform, Transform with { Number = 2 }), (Transform, Transform with { Id = 3 }),
            (Transform, Transform with { Attributes = None }),
            (Proposal, Proposal with { Number = 2 }), (Proposal, Proposal with { Protocol = Protocol.Ah }),
            (Proposal, Proposal with { Spi = Octets.FromHex("c0ffee02") }), (Proposal, Proposal with { Transforms = [] }),
            (Sa, Sa with { Doi = Doi.Isakmp }), (Sa, Sa with { Situation = Situation.Secrecy }),
            (Sa, Sa with { Labels = new SituationLabels(1, null, null) }), (Sa, Sa with { Proposals = [] }),
            (new HashPayload(Octets.Empty), new SignaturePayload(Octets.Empty)),
            (Octets.FromHex("0102"), Octets.FromHex("0103")), (Octets.FromHex("0102"), "0102"),
            (Message, null), (Attributes, null), (Delete, null), (Transform, null), (Proposal, null), (Sa, null),
            (new HashPayload(Octets.Empty), null),
        }, pair => Assert.False(pair.One.Equals(pair.Other)));

    /// <summary>The operators of <see cref="Octets"/> say what <c>Equals</c> says.</summary>
    [Fact]
    public void OperatorsOfOctetsAreEquality()
    {
        var (one, same, other) = (Octets.FromHex("0102"), Octets.FromHex("0102"), Octets.FromHex("0103"));
        Assert.True(one == same && one != other);
        Assert.False(one != same || one == other);
    }
}
