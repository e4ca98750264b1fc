using FsCheck;
using FsCheck.Fluent;
using RefIke.Wire;

namespace RefIke.Properties.Wire.Generators;

/// <summary>Octets, and numbers of a registry: as often those that have a name as any that fits the field.</summary>
internal static class NumberGen
{
    public static Gen<byte> Octet => Gen.Choose(0, byte.MaxValue).Select(n => (byte)n);

    public static Gen<ushort> Short => Gen.Choose(0, ushort.MaxValue).Select(n => (ushort)n);

    public static Gen<uint> Long => Short.Two().Select(halves => ((uint)halves.Item1 << 16) | halves.Item2);

    public static Gen<Octets> Octets(int least, int most)
        => Gen.Choose(least, most).SelectMany(n => Octet.ArrayOf(n)).Select(octets => (Octets)octets);

    public static Gen<T> Of<T>()
        where T : struct, Enum
    {
        var any = Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Byte => Octet.Select(n => (ulong)n),
            TypeCode.UInt16 => Short.Select(n => (ulong)n),
            _ => Long.Select(n => (ulong)n),
        };
        return Gen.OneOf(Gen.Elements(Enum.GetValues<T>()), any.Select(n => (T)Enum.ToObject(typeof(T), n)));
    }
}
