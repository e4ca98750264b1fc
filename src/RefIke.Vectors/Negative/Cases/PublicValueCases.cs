using System.Collections.Immutable;
using System.Numerics;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>Public values that are none of the group (RFC 2409 §5; RFC 6989 §2).</summary>
internal static class PublicValueCases
{
    private static readonly IDiffieHellman Dh = DiffieHellman.Best;

    /// <summary>Every bad value of a group in the honest message's KE.</summary>
    public static IEnumerable<Trial> Of(Scene scene, Group group, string state = Outcome.Counted)
        => Values(group).Select(v => v.Value.Length == group.PublicLength
            ? new Trial(v.Id, v.Words, "BadPublicValue", With(scene, v.Value))
            {
                Flags = ["publicValue"],
                State = state,
                Notify = NotifyType.InvalidKeyInformation,
            }
            : new Trial(v.Id, v.Words, OtherLength(scene), With(scene, v.Value))
            {
                Flags = ["publicValue"],
                State = state
            });

    /// <summary>
    /// Where SA and KE are in one message, another length says that KE is not of the group of the transform: it is the
    /// offer that
    /// cannot be taken.
    /// </summary>
    private static string OtherLength(Scene scene) => (scene.Exchange, scene.Awaits) switch
    {
        ("Aggressive", "message 1") or ("QuickMode", "message 1") => "NothingAcceptable",
        ("QuickMode", _) => "ChoiceNotOffered",
        _ => "BadPublicValue",
    };

    /// <summary>
    /// The honest message with another public value, and a HASH that is right for it where one covers it.
    /// </summary>
    private static Octets With(Scene scene, byte[] value)
    {
        RawPayload Change(RawPayload p) => p.Type == (byte)PayloadType.KeyExchange ? p.With(value) : p;
        return Insider.IsEncrypted(scene.Due)
            ? scene.Insider.Rehashed(scene.Due, p => p.Select(Change))
            : Chain.Clear(scene.Due, p => p.Select(Change));
    }

    private static IEnumerable<(string Id, string Words, byte[] Value)> Values(Group group)
    {
        var length = group.PublicLength;
        var good = Dh.PublicValue(group, Secret.Of([7]));
        yield return ("empty", "The public value is empty.", []);
        yield return ("one-less", "The public value lacks its last octet.", good[..^1]);
        yield return ("one-more", "A zero follows the public value.", [.. good, 0]);
        yield return ("one-before", "A zero stands before the public value.", [0, .. good]);
        yield return ("zero", group.Name.StartsWith("ecp", StringComparison.Ordinal)
            || group.Name.StartsWith("brainpool", StringComparison.Ordinal)
            ? "The public value is zeros, as some write the point at infinity." : "The public value is 0.",
            new byte[length]);
        yield return ("ones", "The public value is all ones, not below the prime or the field's size.",
            [.. Enumerable.Repeat((byte)0xff, length)]);
        if (group.Name.StartsWith("modp", StringComparison.Ordinal))
        {
            foreach (var value in Numbers(group, length))
            {
                yield return value;
            }
        }
        else if (length == 2 * group.SecretLength)
        {
            var half = length / 2;
            yield return ("off-curve", "The point is not on the curve: its y has the last bit changed.",
                [.. good[..^1], (byte)(good[^1] ^ 1)]);
            yield return ("x-changed", "The point is not on the curve: its x has the last bit changed.",
                [.. good[..(half - 1)], (byte)(good[half - 1] ^ 1), .. good[half..]]);
            yield return ("coordinates-swapped", "The point is not on the curve: x and y are the other way round.",
                [.. good[half..], .. good[..half]]);
            yield return ("x-alone", "The public value is x alone.", good[..half]);
            yield return ("with-form-octet", "The octet 04 stands before the point, as in X9.62.", [4, .. good]);
            yield return ("y-zero", "The point is not on the curve: its y is 0.", [.. good[..half], .. new byte[half]]);
            yield return ("x-zero-y-one", "The point is not on the curve: it is (0, 1).", [.. new byte[length - 1], 1]);
        }
        else
        {
            yield return ("with-y", "x is followed by y.", [.. good, .. good]);
        }
    }

    private static IEnumerable<(string, string, byte[])> Numbers(Group group, int length)
    {
        var p = Prime(group);
        yield return ("one", "The public value is 1.", Octets(1, length));
        yield return ("p-1", "The public value is p-1, of order 2.", Octets(p - 1, length));
        yield return ("p", "The public value is p.", Octets(p, length));
        yield return ("p+1", "The public value is p+1.", Octets(p + 1, length));
        if (group.Number is 22 or 23 or 24)
        {
            var g_x = new BigInteger(Dh.PublicValue(group, Secret.Of([7])), isUnsigned: true, isBigEndian: true);
            yield return ("two", "The public value is 2, which is outside of the group of order q.", Octets(2, length));
            yield return ("minus-g-x", "The public value is p - g^x, of order 2q.", Octets(p - g_x, length));
        }
    }

    /// <summary>
    /// The prime of a MODP group, from what the group computes: g^a g^b - g^(a+b) is a multiple of it.
    /// </summary>
    private static BigInteger Prime(Group group)
    {
        BigInteger Power(int x) => new(Dh.PublicValue(group, Secret.Of([(byte)(x >> 8), (byte)(x & 0xff)])),
            isUnsigned: true, isBigEndian: true);
        var bits = group.PublicLength * 8;
        var multiple = BigInteger.Zero;
        for (var x = bits; x < bits + 12; x++)
        {
            multiple = BigInteger.GreatestCommonDivisor(multiple, (Power(x) * Power(x + 1)) - Power((2 * x) + 1));
        }

        return multiple;
    }

    private static byte[] Octets(BigInteger number, int length)
    {
        var octets = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - octets.Length], .. octets];
    }
}
