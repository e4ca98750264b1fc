using FsCheck;
using FsCheck.Fluent;
using RefIke.Wire;

namespace RefIke.Properties.Wire.Generators;

/// <summary>What FsCheck makes for the properties of this folder, each with its shrinker.</summary>
public static class WireArbitraries
{
    public static Arbitrary<Header> Header => Arb.From(MessageGen.Header);

    public static Arbitrary<Message> Message => Arb.From(MessageGen.Clear, Simpler.Than);

    public static Arbitrary<Altered> Altered => Arb.From(Generators.Altered.One, altered => altered.Simpler());
}
