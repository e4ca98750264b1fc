using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using RefIke.Crypto;
using RefIke.Engine;

namespace RefIke.Cli.Configuration;

/// <summary><c>[[connection.group]]</c>: a Diffie-Hellman group of our own (RFC 2409 §5.6).</summary>
internal static class GroupTable
{
    public static readonly ImmutableArray<string> Keys =
        ["number", "prime", "polynomial", "generator", "a", "b", "x", "y", "order"];

    /// <summary>Which type it is follows from the keys: MODP, ECP or EC2N.</summary>
    public static OwnGroup Read(TomlSection t)
    {
        var number = t.Number("number", 0, PrivateGroup.FirstNumber, ushort.MaxValue);
        GroupParameters parameters = (t.Has("prime"), t.Has("polynomial"), t.Has("generator")) switch
        {
            (true, false, true) => new GroupParameters.Modp(Value(t, "prime"), Value(t, "generator"), Optional(t, "order")),
            (true, false, false) => new GroupParameters.Ecp(Value(t, "prime"), Value(t, "a"), Value(t, "b"), Value(t, "x"),
                Value(t, "y"), Value(t, "order")),
            (false, true, false) => new GroupParameters.Ec2n(Value(t, "polynomial"), Value(t, "a"), Value(t, "b"),
                Value(t, "x"), Optional(t, "y"), Value(t, "order")),
            _ => throw t.Bad("a group has prime and generator; or prime, a, b, x, y and order; "
                + "or polynomial, a, b, x, y and order"),
        };
        var fault = PrivateGroup.TryMake(number, parameters, out _);
        return fault == GroupFault.None
            ? new OwnGroup((ushort)number, parameters)
            : throw t.Bad($"no group that may be used: {fault}");
    }

    private static BigInteger? Optional(TomlSection t, string key) => t.Has(key) ? Value(t, key) : null;

    private static BigInteger Value(TomlSection t, string key)
        => BigInteger.TryParse($"0{t.Text(key)}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw t.Bad($"{key} must be a number in hexadecimal digits, not {t.Text(key)}");
}
