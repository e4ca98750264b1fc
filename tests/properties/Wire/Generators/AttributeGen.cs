using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using RefIke.Wire;

namespace RefIke.Properties.Wire.Generators;

/// <summary>Data attributes in both encodings (RFC 2408 §3.3), of every registry of classes and of none.</summary>
internal static class AttributeGen
{
    private static readonly Gen<ushort> Class = Gen.OneOf(
        NumberGen.Of<Phase1Attribute>().Select(a => (ushort)a),
        NumberGen.Of<IpsecAttribute>().Select(a => (ushort)a),
        NumberGen.Of<ConfigurationAttribute>().Select(a => (ushort)a)).Select(a => (ushort)(a & 0x7fff));

    public static Gen<DataAttribute> One => Gen.OneOf(
        Class.SelectMany(type => NumberGen.Short.Select(value => DataAttribute.Basic(type, value))),
        Class.SelectMany(type => NumberGen.Octets(0, 12).Select(value => DataAttribute.Variable(type, value))));

    public static Gen<ImmutableArray<DataAttribute>> Several
        => Gen.Choose(0, 6).SelectMany(n => One.ArrayOf(n)).Select(attributes => attributes.ToImmutableArray());
}
