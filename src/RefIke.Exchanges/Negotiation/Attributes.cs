using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>The attributes of one transform, read once: each class at most once but the life pairs (RFC 2409 App. A, RFC 2407 §4.5).</summary>
internal sealed class Attributes
{
    private readonly Dictionary<ushort, ulong> values = [];

    private Attributes()
    {
    }

    /// <summary>Life in seconds where it was given.</summary>
    public ulong? Seconds { get; private set; }

    /// <summary>Life in kilobytes where it was given.</summary>
    public ulong? Kilobytes { get; private set; }

    /// <summary>The classes present, life pairs left out.</summary>
    public IEnumerable<ushort> Classes => values.Keys;

    /// <summary>A class's value, or null.</summary>
    public ulong? this[ushort type] => values.TryGetValue(type, out var v) ? v : null;

    /// <summary>A class's value where two octets hold it, as every value of the registries; else null.</summary>
    public ushort? Short(ushort type) => this[type] is { } v and <= ushort.MaxValue ? (ushort)v : null;

    /// <summary>Reads phase 1 attributes; says what is wrong where they contradict each other (D-64, D-65).</summary>
    [Clause("2409-A-01")]
    public static bool TryReadPhase1(ImmutableArray<DataAttribute> list, out Attributes read, out string wrong)
        => TryRead(list, (ushort)Phase1Attribute.LifeType, (ushort)Phase1Attribute.LifeDuration, out read, out wrong);

    /// <summary>Reads phase 2 attributes; says what is wrong where they contradict each other (D-129).</summary>
    [Clause("2407-4.5.2-01")]
    [Clause("2407-4.5.2-02")]
    [Clause("2407-4.5-02")]
    [Clause("2407-4.5-01")]
    public static bool TryReadIpsec(ImmutableArray<DataAttribute> list, out Attributes read, out string wrong)
        => TryRead(list, (ushort)IpsecAttribute.LifeType, (ushort)IpsecAttribute.LifeDuration, out read, out wrong);

    /// <summary>
    /// The life pairs of an offer: seconds, then kilobytes where there is such a limit; each duration right behind its
    /// type.
    /// </summary>
    public static IEnumerable<DataAttribute> Life(ushort lifeType, ushort lifeDuration, ulong seconds, ulong? kilobytes)
    {
        yield return DataAttribute.Basic(lifeType, (ushort)LifeType.Seconds);
        yield return DataAttribute.Number(lifeDuration, seconds);
        if (kilobytes is { } limit)
        {
            yield return DataAttribute.Basic(lifeType, (ushort)LifeType.Kilobytes);
            yield return DataAttribute.Number(lifeDuration, limit);
        }
    }

    /// <summary>
    /// Of the classes that these suites know, the life duration alone is variable; all others are basic and must come
    /// in the short form (RFC 2409 App. A, RFC 2407 §4.5; D-71), so their values have 16 bits.
    /// </summary>
    private static bool TryRead(
        ImmutableArray<DataAttribute> list, ushort lifeType, ushort lifeDuration, out Attributes read, out string wrong)
    {
        (read, wrong) = (new Attributes(), "");
        ulong? life = null;
        foreach (var attribute in list)
        {
            if (!attribute.IsBasic && attribute.Type != lifeDuration)
            {
                wrong = $"attribute {attribute.Type} in the long form";
                return false;
            }

            if (!attribute.TryGetNumber(out var value))
            {
                wrong = $"attribute {attribute.Type} is no number of at most eight octets";
                return false;
            }

            if (attribute.Type == lifeType)
            {
                life = value;
            }
            else if (attribute.Type == lifeDuration)
            {
                if (!read.TakeLife(life, value, out wrong))
                {
                    return false;
                }
            }
            else if (!read.values.TryAdd(attribute.Type, value))
            {
                wrong = $"attribute {attribute.Type} twice";
                return false;
            }
        }

        return true;
    }

    /// <summary>One life: behind its type, not zero (D-68), and no second one that differs.</summary>
    private bool TakeLife(ulong? type, ulong duration, out string wrong)
    {
        wrong = type switch
        {
            null => "a life duration before any life type",
            (ulong)LifeType.Seconds when Seconds is { } s && s != duration => "two different lives in seconds",
            (ulong)LifeType.Kilobytes when Kilobytes is { } k && k != duration => "two different lives in kilobytes",
            (ulong)LifeType.Seconds or (ulong)LifeType.Kilobytes when duration == 0 => "a life of zero",
            (ulong)LifeType.Seconds or (ulong)LifeType.Kilobytes => "",
            _ => $"life type {type}",
        };
        if (type == (ulong)LifeType.Seconds)
        {
            Seconds = duration;
        }
        else
        {
            Kilobytes = duration;
        }

        return wrong.Length == 0;
    }
}
