using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>The algorithms of one ISAKMP SA: what one transform of a phase 1 offer stands for (RFC 2409 §4, App. A).</summary>
/// <param name="LifeSeconds">Seconds after which the SA ends.</param>
public sealed record Phase1Suite(
    Cipher Cipher, HashFunction Hash, Group Group, AuthenticationMethod Method, ulong LifeSeconds)
{
    /// <summary>The default life where none is given: eight hours (D-67).</summary>
    public const ulong DefaultLifeSeconds = 28800;

    /// <summary>
    /// Kilobytes of ciphertext after which the SA ends, counted by 1000 (D-69, D-70); null where it ends by time alone.
    /// </summary>
    public ulong? LifeKilobytes { get; init; }

    /// <summary>The prf: HMAC of the negotiated hash, as RFC 2409 §4 has it where no prf is negotiated.</summary>
    [Clause("2409-4-07")]
    public Prf Prf { get; } = Prf.Of(Hash);

    /// <summary>
    /// Whether an offer describes the group by all of its parameters instead of naming it by its number (RFC 2409 §4).
    /// </summary>
    public bool DescribesGroup { get; init; }

    /// <summary>The suite's name, as in a configuration: <c>aes128-sha1-modp2048</c>.</summary>
    public string Name => $"{SuiteNames.Of(Cipher)}-{SuiteNames.Of(Hash)}-{Group.Name}";

    /// <summary>The transform that offers this suite (RFC 2409 App. A); attributes in the order that most peers send.</summary>
    [Clause("2409-A-01")]
    [Clause("2409-4-06")]
    [Clause("2409-4-08")]
    [Clause("2409-4-09")]
    [Clause("2409-A-02")]
    [Clause("2409-A-03")]
    [Clause("2409-A-04")]
    public TransformPayload ToTransform(byte number)
    {
        var (algorithm, bits) = SuiteNames.Number(Cipher);
        var attributes = ImmutableArray.CreateBuilder<DataAttribute>();
        attributes.Add(DataAttribute.Basic((ushort)Phase1Attribute.EncryptionAlgorithm, (ushort)algorithm));
        if (bits is { } keyLength)
        {
            attributes.Add(DataAttribute.Basic((ushort)Phase1Attribute.KeyLength, keyLength));
        }

        attributes.Add(DataAttribute.Basic((ushort)Phase1Attribute.HashAlgorithm, (ushort)SuiteNames.Number(Hash)));
        attributes.AddRange(DescribesGroup
            ? GroupAttributes.Write(Group.Parameters)
            : [DataAttribute.Basic((ushort)Phase1Attribute.GroupDescription, (ushort)Group.Number)]);
        attributes.Add(DataAttribute.Basic((ushort)Phase1Attribute.AuthenticationMethod, (ushort)Method));
        attributes.AddRange(Attributes.Life(
            (ushort)Phase1Attribute.LifeType, (ushort)Phase1Attribute.LifeDuration, LifeSeconds, LifeKilobytes));
        return new TransformPayload(number, (byte)IsakmpTransform.KeyIke, attributes.ToImmutable());
    }

    /// <summary>
    /// Reads a transform; <paramref name="why"/> says what makes it one that RefIke cannot take (D-73, D-81).
    /// </summary>
    [Clause("2409-4-06")]
    [Clause("2407-4.4.1-01")]
    public static bool TryRead(
        TransformPayload transform, out Phase1Suite? suite, out string why, KnownGroups? groups = null)
    {
        suite = null;
        if (transform.Id != (byte)IsakmpTransform.KeyIke)
        {
            why = $"transform id {transform.Id} is not KEY_IKE";
            return false;
        }

        if (!Attributes.TryReadPhase1([.. transform.Attributes.Where(x => !GroupAttributes.Describes(x))], out var a, out why))
        {
            return false;
        }

        foreach (var type in a.Classes)
        {
            if (!Known.Contains((Phase1Attribute)type))
            {
                why = $"attribute {type} is not spoken";
                return false;
            }
        }

        var cipher = SuiteNames.Cipher((EncryptionAlgorithm?)a.Short((ushort)Phase1Attribute.EncryptionAlgorithm),
            a[(ushort)Phase1Attribute.KeyLength], out why);
        var hash = SuiteNames.Hash((HashAlgorithm?)a.Short((ushort)Phase1Attribute.HashAlgorithm));
        var method = (AuthenticationMethod?)a.Short((ushort)Phase1Attribute.AuthenticationMethod);
        if (cipher is null)
        {
            return false;
        }

        if (hash is null || method is null)
        {
            why = "hash or method is missing or not spoken";
            return false;
        }

        if (!TryFindGroup(transform, a.Short((ushort)Phase1Attribute.GroupDescription), groups, out var group, out why))
        {
            return false;
        }

        suite = new Phase1Suite(cipher, hash, group!, method.Value, a.Seconds ?? DefaultLifeSeconds)
        {
            LifeKilobytes = a.Kilobytes,
        };
        return true;
    }

    /// <summary>By its number, or by all of its parameters; never by both (RFC 2409 §4).</summary>
    [Clause("2409-4-08")]
    [Clause("2409-4-09")]
    private static bool TryFindGroup(
        TransformPayload transform, ushort? number, KnownGroups? groups, out Group? group, out string why)
    {
        (group, var known) = (null, groups ?? KnownGroups.Registered);
        var describing = transform.Attributes.Where(GroupAttributes.Describes).ToImmutableArray();
        if (describing.IsEmpty)
        {
            group = number is { } named ? known.Find(named) : null;
            why = group is null ? "the group is missing or not spoken" : "";
            return group is not null;
        }

        if (number is not null)
        {
            why = "parameters of a group beside a group's number";
            return false;
        }

        if (!GroupAttributes.TryRead(describing, out var parameters, out why))
        {
            return false;
        }

        group = known.Find(parameters!);
        why = group is null ? "the group that is described is not spoken" : "";
        return group is not null;
    }

    private static readonly ImmutableHashSet<Phase1Attribute> Known =
    [
        Phase1Attribute.EncryptionAlgorithm, Phase1Attribute.HashAlgorithm, Phase1Attribute.AuthenticationMethod,
        Phase1Attribute.GroupDescription, Phase1Attribute.KeyLength,
    ];

    /// <summary>This suite with lives no longer than another's (RFC 2407 §4.5.4).</summary>
    internal Phase1Suite NoLongerThan(Phase1Suite other) => this with
    {
        LifeSeconds = Math.Min(LifeSeconds, other.LifeSeconds),
        LifeKilobytes = Lives.Shorter(LifeKilobytes, other.LifeKilobytes),
    };

    /// <summary>
    /// Whether this answer is what was offered: the same algorithms, and no longer lives (D-63, D-66).
    /// </summary>
    internal bool Answers(Phase1Suite offered) => SameAlgorithms(offered)
        && LifeSeconds <= offered.LifeSeconds && Lives.Within(LifeKilobytes, offered.LifeKilobytes);

    /// <summary>Whether two suites are the same but for life.</summary>
    public bool SameAlgorithms(Phase1Suite other)
        => Cipher == other.Cipher && Hash == other.Hash && Group == other.Group && Method == other.Method;
}
