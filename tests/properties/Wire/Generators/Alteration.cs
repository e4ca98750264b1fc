using FsCheck;
using FsCheck.Fluent;

namespace RefIke.Properties.Wire.Generators;

/// <summary>
/// A change to a datagram on its way. Places count from 0 to 65535 and are taken as a part of the datagram's length.
/// </summary>
public abstract record Alteration
{
    public static Gen<Alteration> One => Gen.OneOf(
        NumberGen.Short.Select(at => (Alteration)new Truncated(at)),
        NumberGen.Octets(1, 40).Select(octets => (Alteration)new Extended(octets.ToHex())),
        NumberGen.Short.Zip(NumberGen.Octet, (at, value) => (Alteration)new Set(at, value)),
        NumberGen.Short.Zip(Gen.Choose(0, 7), (at, bit) => (Alteration)new Flipped(at, bit)),
        NumberGen.Short.Zip(NumberGen.Octets(1, 8), (at, octets) => (Alteration)new Inserted(at, octets.ToHex())),
        NumberGen.Short.Zip(Gen.Choose(1, 8), (at, count) => (Alteration)new Removed(at, count)),
        NumberGen.Short.Two().Select(places => (Alteration)new Repeated(places.Item1, places.Item2)));

    public abstract byte[] Apply(byte[] datagram);

    private static int Place(ushort at, byte[] datagram) => at * datagram.Length / (ushort.MaxValue + 1);

    private sealed record Truncated(ushort At) : Alteration
    {
        public override byte[] Apply(byte[] datagram) => datagram[..Place(At, datagram)];
    }

    private sealed record Extended(string Hex) : Alteration
    {
        public override byte[] Apply(byte[] datagram) => [.. datagram, .. Convert.FromHexString(Hex)];
    }

    private sealed record Set(ushort At, byte Value) : Alteration
    {
        public override byte[] Apply(byte[] datagram)
        {
            var altered = datagram.ToArray();
            altered.AsSpan(Place(At, datagram)..).Slice(0, Math.Min(1, altered.Length)).Fill(Value);
            return altered;
        }
    }

    private sealed record Flipped(ushort At, int Bit) : Alteration
    {
        public override byte[] Apply(byte[] datagram)
        {
            var altered = datagram.ToArray();
            foreach (ref var octet in altered.AsSpan(Place(At, datagram)..).Slice(0, Math.Min(1, altered.Length)))
            {
                octet ^= (byte)(1 << Bit);
            }

            return altered;
        }
    }

    private sealed record Inserted(ushort At, string Hex) : Alteration
    {
        public override byte[] Apply(byte[] datagram)
            => [.. datagram[..Place(At, datagram)], .. Convert.FromHexString(Hex), .. datagram[Place(At, datagram)..]];
    }

    private sealed record Removed(ushort At, int Count) : Alteration
    {
        public override byte[] Apply(byte[] datagram)
            => [.. datagram[..Place(At, datagram)],
                .. datagram[Math.Min(Place(At, datagram) + Count, datagram.Length)..]];
    }

    private sealed record Repeated(ushort From, ushort To) : Alteration
    {
        public override byte[] Apply(byte[] datagram)
        {
            var (from, to) = (Place(Math.Min(From, To), datagram), Place(Math.Max(From, To), datagram));
            return [.. datagram[..to], .. datagram[from..to], .. datagram[to..]];
        }
    }
}
