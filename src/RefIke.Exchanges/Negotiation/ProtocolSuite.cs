using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>
/// What one transform of one protocol stands for in Quick Mode (RFC 2407 §4.4, §4.5): algorithms, and what all
/// protocols have in common.
/// </summary>
/// <param name="PfsGroup">The group of the Quick Mode's own Diffie-Hellman, or null without PFS.</param>
/// <param name="Mode">Tunnel or transport, plain or in UDP.</param>
/// <param name="LifeSeconds">Seconds after which the SA ends.</param>
public abstract record ProtocolSuite(Group? PfsGroup, EncapsulationMode Mode, ulong LifeSeconds)
{
    /// <summary>
    /// The default life where none is given: eight hours (RFC 2407 §4.5), beside kilobytes too (D-208).
    /// </summary>
    public const ulong DefaultLifeSeconds = 28800;

    /// <summary>Kilobytes after which the SA ends, counted by 1000 (D-69); null where it ends by time alone.</summary>
    public ulong? LifeKilobytes { get; init; }

    /// <summary>Whether sequence numbers have 64 bits (RFC 4304 §2); offered by policy alone (D-130).</summary>
    public bool ExtendedSequenceNumbers { get; init; }

    /// <summary>AH, ESP or IPCOMP.</summary>
    public abstract Protocol Protocol { get; }

    /// <summary>Octets of KEYMAT for one direction.</summary>
    public abstract int KeymatLength { get; }

    /// <summary>The suite's name, as in a configuration.</summary>
    public abstract string Name { get; }

    /// <summary>The transform that offers this suite.</summary>
    public abstract TransformPayload ToTransform(byte number);

    /// <summary>Whether two suites are the same but for life.</summary>
    public abstract bool SameAlgorithms(ProtocolSuite other);

    /// <summary>Whether the direction that this KEYMAT is for must not be used with it (D-219).</summary>
    public virtual bool HasWeakKey(Secret keymat) => false;

    /// <summary>This suite with lives no longer than another's (RFC 2407 §4.5.4).</summary>
    [Clause("2407-4.5.4-01")]
    internal ProtocolSuite NoLongerThan(ProtocolSuite other) => NoLongerThan(other.LifeSeconds, other.LifeKilobytes);

    /// <summary>This suite with lives no longer than these.</summary>
    internal ProtocolSuite NoLongerThan(ulong? seconds, ulong? kilobytes) => this with
    {
        LifeSeconds = Math.Min(LifeSeconds, seconds ?? LifeSeconds),
        LifeKilobytes = Lives.Shorter(LifeKilobytes, kilobytes),
    };

    /// <summary>
    /// Whether this answer is what was offered: the same algorithms, and no longer lives (D-63, D-66).
    /// </summary>
    internal bool Answers(ProtocolSuite offered) => SameAlgorithms(offered)
        && LifeSeconds <= offered.LifeSeconds && Lives.Within(LifeKilobytes, offered.LifeKilobytes);

    /// <summary>The attributes that any protocol's transform ends in: group, mode, sequence numbers, lives.</summary>
    [Clause("2407-4.5-01")]
    [Clause("2407-4.5-02")]
    protected IEnumerable<DataAttribute> CommonAttributes()
    {
        if (PfsGroup is not null)
        {
            yield return DataAttribute.Basic((ushort)IpsecAttribute.GroupDescription, (ushort)PfsGroup.Number);
        }

        yield return DataAttribute.Basic((ushort)IpsecAttribute.EncapsulationMode, (ushort)Mode);
        if (ExtendedSequenceNumbers)
        {
            yield return DataAttribute.Basic((ushort)IpsecAttribute.ExtendedSequenceNumber, 1);
        }

        foreach (var life in Attributes.Life(
            (ushort)IpsecAttribute.LifeType, (ushort)IpsecAttribute.LifeDuration, LifeSeconds, LifeKilobytes))
        {
            yield return life;
        }
    }

    /// <summary>Whether mode, group and sequence numbers are the same.</summary>
    protected bool SameFrame(ProtocolSuite other)
        => PfsGroup == other.PfsGroup && Mode == other.Mode && ExtendedSequenceNumbers == other.ExtendedSequenceNumbers;

    /// <summary>
    /// Reads a transform of any protocol; <paramref name="why"/> says what makes it one that RefIke cannot take.
    /// </summary>
    public static ProtocolSuite? Read(
        Protocol protocol, TransformPayload transform, out string why, KnownGroups? groups = null)
    {
        switch (protocol)
        {
            case Protocol.Esp:
                return EspSuite.TryRead(transform, out var esp, out why, groups) ? esp : null;
            case Protocol.Ah:
                return AhSuite.TryRead(transform, out var ah, out why, groups) ? ah : null;
            case Protocol.Ipcomp:
                return IpcompSuite.TryRead(transform, out var ipcomp, out why, groups) ? ipcomp : null;
            default:
                why = $"protocol {(byte)protocol} is not spoken";
                return null;
        }
    }

    /// <summary>The attributes of a transform, and of them those that every protocol may have.</summary>
    /// <param name="own">
    /// The further classes that the protocol has; any other makes the transform unsupported (D-121).
    /// </param>
    /// <param name="without">The mode where none is given; null where one must be (D-120).</param>
    /// <param name="groups">What a Group Description may name; null for the registered groups alone.</param>
    [Clause("2407-4.5.3-01")]
    [Clause("2407-4.5-03")]
    [Clause("2407-4.5-08")]
    private protected static Frame? ReadFrame(
        TransformPayload transform, ImmutableHashSet<IpsecAttribute> own, EncapsulationMode? without,
        KnownGroups? groups, out string why)
    {
        if (!Attributes.TryReadIpsec(transform.Attributes, out var a, out why))
        {
            return null;
        }

        if (a.Classes.Where(type => !Common.Contains((IpsecAttribute)type) && !own.Contains((IpsecAttribute)type))
            .ToArray() is [var other, ..])
        {
            why = $"attribute {other} is not spoken";
            return null;
        }

        Group? group = null;
        if (a[(ushort)IpsecAttribute.GroupDescription] is { } g
            && (group = (groups ?? KnownGroups.Registered).Find(g)) is null)
        {
            why = $"group {g} is not spoken";
            return null;
        }

        if ((a[(ushort)IpsecAttribute.EncapsulationMode] ?? (ulong?)without) is not { } mode || mode > ushort.MaxValue)
        {
            why = "the encapsulation mode is missing (D-120)";
            return null;
        }

        var esn = a[(ushort)IpsecAttribute.ExtendedSequenceNumber];
        if (esn is not (null or 1))
        {
            why = $"Extended Sequence Number {esn}: 1 alone is defined (RFC 4304 §2)";
            return null;
        }

        return new Frame(a, group, (EncapsulationMode)(ushort)mode, a.Seconds ?? DefaultLifeSeconds, esn is 1);
    }

    /// <summary>What <see cref="ReadFrame"/> reads.</summary>
    private protected sealed record Frame(
        Attributes Attributes, Group? Group, EncapsulationMode Mode, ulong Seconds, bool ExtendedSequenceNumbers);

    private static readonly ImmutableHashSet<IpsecAttribute> Common =
        [IpsecAttribute.GroupDescription, IpsecAttribute.EncapsulationMode];
}
