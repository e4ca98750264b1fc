using FsCheck;
using FsCheck.Fluent;

namespace RefIke.Vectors.Tests.Formulas;

/// <summary>Octets at random, and properties over them where an attribute cannot say how often.</summary>
internal static class Some
{
    private static readonly Gen<byte> Octet = Gen.Choose(0, 255).Select(n => (byte)n);

    public static Gen<byte[]> Octets(int length) => Octet.ArrayOf(length);

    public static Gen<byte[]> Octets(int least, int most) => Gen.Choose(least, most).SelectMany(Octets);

    /// <summary>Tries a property this often; a counterexample is an exception.</summary>
    public static void HoldsFor(this Property property, int runs)
        => property.Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithQuietOnSuccess(true));
}
