using System.Numerics;

namespace RefIke.Crypto;

/// <summary>
/// The parameters of a group as New Group Mode carries them (RFC 2409 §5.6, App. A). Nothing is checked yet.
/// </summary>
public abstract record GroupParameters
{
    private GroupParameters()
    {
    }

    /// <summary>Field Size in bits, where it was given: it must fit the rest.</summary>
    public int? FieldSize { get; init; }

    /// <summary>
    /// Whether these are a group's own: Field Size may be left out, a MODP group's order, and y of a generator over
    /// GF(2^m) (RFC 2409 App. A).
    /// </summary>
    public bool Describe(Group group) => (this, group.Parameters) switch
    {
        (Modp offered, Modp own) => offered.Prime == own.Prime && offered.Generator == own.Generator
            && (offered.Order is null || offered.Order == own.Order) && FieldFits((long)own.Prime.GetBitLength()),
        (Ecp offered, Ecp own) => offered with { FieldSize = null } == own && FieldFits((long)own.Prime.GetBitLength()),
        (Ec2n offered, Ec2n own) => offered with { FieldSize = null, Y = offered.Y ?? own.Y } == own
            && FieldFits((long)own.Polynomial.GetBitLength() - 1),
        _ => false,
    };

    private bool FieldFits(long bits) => FieldSize is null || FieldSize == bits;

    /// <summary>Group Type 1: exponentiation modulo Group Prime, with Group Generator One.</summary>
    /// <param name="Order">The prime order of the generator, or null: the prime must then be a safe one.</param>
    public sealed record Modp(BigInteger Prime, BigInteger Generator, BigInteger? Order = null) : GroupParameters;

    /// <summary>
    /// Group Type 2: y² = x³ + ax + b modulo Group Prime; Group Generator One and Two are x and y of the generator.
    /// </summary>
    /// <param name="Order">Group Order: the number of points, a prime.</param>
    public sealed record Ecp(
        BigInteger Prime, BigInteger A, BigInteger B, BigInteger X, BigInteger Y, BigInteger? Order) : GroupParameters;

    /// <summary>
    /// Group Type 3: y² + xy = x³ + ax² + b over GF(2^m). Elements of the field are bit strings, the lowest bit the
    /// constant term, and so is the irreducible polynomial.
    /// </summary>
    /// <param name="X">Group Generator One.</param>
    /// <param name="Y">Group Generator Two, or null: either of the two y will do (RFC 2409 §6.3).</param>
    /// <param name="Order">Group Order: the number of points, or the generator's order.</param>
    public sealed record Ec2n(
        BigInteger Polynomial, BigInteger A, BigInteger B, BigInteger X, BigInteger? Y, BigInteger? Order) : GroupParameters;
}

/// <summary>What is wrong with an offered group (RFC 2409 §5.6, §10; D-199).</summary>
public enum GroupFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Private groups are numbered from 32768 to 65535 (RFC 2409 §5.6).</summary>
    NumberNotPrivate,

    /// <summary>The field is smaller than policy takes.</summary>
    TooSmall,

    /// <summary>The field is larger than policy is willing to compute with.</summary>
    TooLarge,

    /// <summary>Field Size is given and does not fit the prime or polynomial.</summary>
    WrongFieldSize,

    /// <summary>The modulus is not prime.</summary>
    NotPrime,

    /// <summary>No order is given and the modulus is not 2q + 1 with q prime.</summary>
    NotSafePrime,

    /// <summary>No trinomial or pentanomial of odd degree: the library computes in no other field.</summary>
    PolynomialNotSpoken,

    /// <summary>The polynomial has factors.</summary>
    PolynomialReducible,

    /// <summary>A or B of the curve is no element of the field.</summary>
    CoefficientOutOfRange,

    /// <summary>The equation is no elliptic curve.</summary>
    SingularCurve,

    /// <summary>MODP: 0, 1, p-1, or not below p. Curves: a coordinate that is no element of the field.</summary>
    GeneratorOutOfRange,

    /// <summary>The generator is no point of the curve.</summary>
    GeneratorNotOnCurve,

    /// <summary>The generator spans a handful of elements only.</summary>
    GeneratorOfSmallOrder,

    /// <summary>A curve without its order: counting its points is not bounded work.</summary>
    OrderMissing,

    /// <summary>The order has no prime factor of the size wanted, or does not divide what it must.</summary>
    OrderUnfit,

    /// <summary>
    /// The generator raised to the order is not the neutral element, or the curve cannot have that many points.
    /// </summary>
    WrongOrder,

    /// <summary>A curve on which logarithms are known to be easy: anomalous, or of small embedding degree.</summary>
    WeakCurve,
}
