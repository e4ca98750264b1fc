using System.Collections.Immutable;
using System.Numerics;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>
/// The attributes that describe a group, in New Group Mode's SA beside its new number, in that of phase 1 in place of one (RFC
/// 2409 §4, §5.6, App. A).
/// </summary>
public static class GroupAttributes
{
    private static readonly ImmutableHashSet<Phase1Attribute> Basic =
        [Phase1Attribute.GroupDescription, Phase1Attribute.GroupType, Phase1Attribute.FieldSize];

    private static readonly ImmutableHashSet<Phase1Attribute> Variable =
    [
        Phase1Attribute.GroupPrime, Phase1Attribute.GroupGeneratorOne, Phase1Attribute.GroupGeneratorTwo,
        Phase1Attribute.GroupCurveA, Phase1Attribute.GroupCurveB, Phase1Attribute.GroupOrder,
    ];

    /// <summary>The attributes of a group, in the order of their numbers but with the description first.</summary>
    /// <param name="number">Its Group Description, from 32768 up.</param>
    public static ImmutableArray<DataAttribute> Write(ushort number, GroupParameters parameters)
        => [DataAttribute.Basic((ushort)Phase1Attribute.GroupDescription, number), .. Write(parameters)];

    /// <summary>The same without a number.</summary>
    public static ImmutableArray<DataAttribute> Write(GroupParameters parameters)
    {
        var list = ImmutableArray.CreateBuilder<DataAttribute>();
        list.Add(DataAttribute.Basic((ushort)Phase1Attribute.GroupType, (ushort)TypeOf(parameters)));
        foreach (var (type, value) in Numbers(parameters))
        {
            if (value is { } given)
            {
                list.Add(Number(type, given));
            }
        }

        if (parameters.FieldSize is { } size)
        {
            list.Add(DataAttribute.Basic((ushort)Phase1Attribute.FieldSize, checked((ushort)size)));
        }

        return list.ToImmutable();
    }

    /// <summary>
    /// Reads a group's description, type and parameters; <paramref name="why"/> says what is missing, twice there, or
    /// no attribute of such a group. Whether the parameters make a group is for <see cref="PrivateGroup"/> to say.
    /// </summary>
    public static bool TryRead(
        ImmutableArray<DataAttribute> list, out ushort number, out GroupParameters? parameters, out string why)
    {
        (number, parameters) = (0, null);
        if (!TryCollect(list, out var values, out why))
        {
            return false;
        }

        if (!values.TryGetValue(Phase1Attribute.GroupDescription, out var description))
        {
            why = "Group Description is missing";
            return false;
        }

        number = (ushort)description;
        return TryRead(values, out parameters, out why);
    }

    /// <summary>Whether an attribute describes a group; its number does not.</summary>
    public static bool Describes(DataAttribute attribute)
        => (Phase1Attribute)attribute.Type is Phase1Attribute.GroupType or Phase1Attribute.FieldSize
            || Variable.Contains((Phase1Attribute)attribute.Type);

    /// <summary>Reads a group's type and parameters alone.</summary>
    /// <param name="list">Only attributes that describe a group.</param>
    public static bool TryRead(ImmutableArray<DataAttribute> list, out GroupParameters? parameters, out string why)
    {
        parameters = null;
        return TryCollect(list, out var values, out why) && TryRead(values, out parameters, out why);
    }

    private static bool TryRead(
        Dictionary<Phase1Attribute, BigInteger> values, out GroupParameters? parameters, out string why)
    {
        (parameters, why) = (null, "");
        if (Get(Phase1Attribute.GroupType) is not { } type)
        {
            why = "Group Type is missing";
            return false;
        }

        var (prime, order) = (Get(Phase1Attribute.GroupPrime), Get(Phase1Attribute.GroupOrder));
        var (x, y) = (Get(Phase1Attribute.GroupGeneratorOne), Get(Phase1Attribute.GroupGeneratorTwo));
        var (a, b) = (Get(Phase1Attribute.GroupCurveA), Get(Phase1Attribute.GroupCurveB));
        GroupParameters? read = ((GroupType)(ushort)type, prime, x, y, a, b) switch
        {
            (GroupType.Modp, { } p, { } g, null, null, null) => new GroupParameters.Modp(p, g, order),
            (GroupType.Ecp, { } p, { } gx, { } gy, { } ca, { } cb) => new GroupParameters.Ecp(p, ca, cb, gx, gy, order),
            (GroupType.Ec2n, { } f, { } gx, _, { } ca, { } cb) => new GroupParameters.Ec2n(f, ca, cb, gx, y, order),
            _ => null,
        };
        if (read is null)
        {
            why = $"the attributes are not those of group type {type}";
            return false;
        }

        parameters = read with { FieldSize = (int?)Get(Phase1Attribute.FieldSize) };
        return true;

        BigInteger? Get(Phase1Attribute which) => values.TryGetValue(which, out var value) ? value : null;
    }

    /// <summary>
    /// Each class at most once and in a form it may have: variable ones also short, basic ones never long (RFC 2409
    /// App. A).
    /// </summary>
    private static bool TryCollect(
        ImmutableArray<DataAttribute> list, out Dictionary<Phase1Attribute, BigInteger> values, out string why)
    {
        (values, why) = ([], "");
        foreach (var attribute in list)
        {
            var type = (Phase1Attribute)attribute.Type;
            why = !Basic.Contains(type) && !Variable.Contains(type)
                    ? $"attribute {attribute.Type} does not describe a group"
                : Basic.Contains(type) && !attribute.IsBasic ? $"attribute {attribute.Type} in the long form"
                : attribute.Value.Length == 0 ? $"attribute {attribute.Type} is empty"
                : values.TryAdd(type, new BigInteger(attribute.Value.Span, isUnsigned: true, isBigEndian: true)) ? ""
                : $"attribute {attribute.Type} twice";
            if (why.Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static GroupType TypeOf(GroupParameters parameters) => parameters switch
    {
        GroupParameters.Modp => GroupType.Modp,
        GroupParameters.Ecp => GroupType.Ecp,
        _ => GroupType.Ec2n,
    };

    private static (Phase1Attribute Type, BigInteger? Value)[] Numbers(GroupParameters parameters) => parameters switch
    {
        GroupParameters.Modp m =>
        [
            (Phase1Attribute.GroupPrime, m.Prime), (Phase1Attribute.GroupGeneratorOne, m.Generator),
            (Phase1Attribute.GroupOrder, m.Order),
        ],
        GroupParameters.Ecp e => Curve(e.Prime, e.X, e.Y, e.A, e.B, e.Order),
        GroupParameters.Ec2n e => Curve(e.Polynomial, e.X, e.Y, e.A, e.B, e.Order),
        _ => throw new ArgumentException($"no such group type: {parameters}", nameof(parameters)),
    };

    private static (Phase1Attribute Type, BigInteger? Value)[] Curve(
        BigInteger prime, BigInteger x, BigInteger? y, BigInteger a, BigInteger b, BigInteger? order) =>
    [
        (Phase1Attribute.GroupPrime, prime),
        (Phase1Attribute.GroupGeneratorOne, x), (Phase1Attribute.GroupGeneratorTwo, y),
        (Phase1Attribute.GroupCurveA, a), (Phase1Attribute.GroupCurveB, b), (Phase1Attribute.GroupOrder, order),
    ];

    private static DataAttribute Number(Phase1Attribute type, BigInteger value) => value <= ushort.MaxValue
        ? DataAttribute.Basic((ushort)type, (ushort)value)
        : DataAttribute.Variable((ushort)type, value.ToByteArray(isUnsigned: true, isBigEndian: true));
}
