using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>What one ESP transform stands for (RFC 2407 §4.4.4, §4.5).</summary>
/// <param name="PfsGroup">The group of the Quick Mode's own Diffie-Hellman, or null without PFS.</param>
public sealed record EspSuite(
    EspCipher Cipher, EspAuthentication Authentication, Group? PfsGroup, EncapsulationMode Mode, ulong LifeSeconds)
{
    /// <summary>The default life where none is given: eight hours (RFC 2407 §4.5).</summary>
    public const ulong DefaultLifeSeconds = 28800;

    /// <summary>Kilobytes after which the SA ends, counted by 1000 (D-69); null where it ends by time alone.</summary>
    public ulong? LifeKilobytes { get; init; }

    /// <summary>Octets of KEYMAT for one direction: the cipher's key first, then the authentication key (RFC 2401 §4.6.2).</summary>
    public int KeymatLength => Cipher.KeyOctets + Authentication.KeyOctets;

    /// <summary>
    /// Whether a direction's KEYMAT starts with a key that the cipher should not be used with (RFC 2405 §4, RFC 2451
    /// §2.3). RFC 2409 App. B leaves this test to the service; who installs the SA asks, and negotiates another where
    /// it is so (D-219).
    /// </summary>
    public bool HasWeakKey(Secret keymat) => Cipher.Cipher?.IsWeakKey(keymat.Take(Cipher.KeyOctets)) ?? false;

    /// <summary>The suite's name, as in a configuration.</summary>
    public string Name => $"{Cipher.Name}-{Authentication.Name}" + (PfsGroup is null ? "" : $"-{PfsGroup.Name}");

    /// <summary>The transform that offers this suite.</summary>
    [Clause("2407-4.5-01")]
    [Clause("2407-4.5-02")]
    [Clause("2407-4.5.1-01")]
    public TransformPayload ToTransform(byte number)
    {
        var attributes = ImmutableArray.CreateBuilder<DataAttribute>();
        if (Cipher.KeyBits is { } bits)
        {
            attributes.Add(DataAttribute.Basic((ushort)IpsecAttribute.KeyLength, bits));
        }

        attributes.Add(DataAttribute.Basic((ushort)IpsecAttribute.AuthenticationAlgorithm, (ushort)Authentication.Algorithm));
        if (PfsGroup is not null)
        {
            attributes.Add(DataAttribute.Basic((ushort)IpsecAttribute.GroupDescription, (ushort)PfsGroup.Number));
        }

        attributes.Add(DataAttribute.Basic((ushort)IpsecAttribute.EncapsulationMode, (ushort)Mode));
        attributes.AddRange(Attributes.Life(
            (ushort)IpsecAttribute.LifeType, (ushort)IpsecAttribute.LifeDuration, LifeSeconds, LifeKilobytes));
        return new TransformPayload(number, (byte)Cipher.Transform, attributes.ToImmutable());
    }

    /// <summary>Reads a transform; <paramref name="why"/> says what makes it one that RefIke cannot take.</summary>
    [Clause("2407-4.5.3-01")]
    [Clause("2407-4.5-03")]
    [Clause("2407-4.5-08")]
    public static bool TryRead(TransformPayload transform, out EspSuite? suite, out string why)
    {
        suite = null;
        if (!Attributes.TryReadIpsec(transform.Attributes, out var a, out why))
        {
            return false;
        }

        if (a.Classes.Where(type => !Known.Contains((IpsecAttribute)type)).ToArray() is [var other, ..])
        {
            why = $"attribute {other} is not spoken";
            return false;
        }

        if (EspAlgorithms.Cipher(transform.Id, a[(ushort)IpsecAttribute.KeyLength], out why) is not { } cipher
            || EspAlgorithms.Authentication(a[(ushort)IpsecAttribute.AuthenticationAlgorithm], out why)
                is not { } authentication)
        {
            return false;
        }

        if (a[(ushort)IpsecAttribute.KeyRounds] is { } rounds
            && (cipher.Transform, rounds) is not (EspTransform.Rc5, 16))
        {
            why = $"{rounds} Key Rounds: RC5 has 16 and no other cipher any (RFC 2451 §2.5)";
            return false;
        }

        Group? group = null;
        if (a[(ushort)IpsecAttribute.GroupDescription] is { } g && (g > ushort.MaxValue || !GroupList.TryGet((int)g, out group)))
        {
            why = $"group {g} is not spoken";
            return false;
        }

        if (a[(ushort)IpsecAttribute.EncapsulationMode] is not { } mode || mode > ushort.MaxValue)
        {
            why = "the encapsulation mode is missing (D-120)";
            return false;
        }

        suite = new EspSuite(cipher, authentication, group, (EncapsulationMode)(ushort)mode, a.Seconds ?? DefaultLifeSeconds)
        {
            LifeKilobytes = a.Kilobytes,
        };
        return true;
    }

    private static readonly ImmutableHashSet<IpsecAttribute> Known =
    [
        IpsecAttribute.GroupDescription, IpsecAttribute.EncapsulationMode, IpsecAttribute.AuthenticationAlgorithm,
        IpsecAttribute.KeyLength, IpsecAttribute.KeyRounds,
    ];

    /// <summary>This suite with lives no longer than another's (RFC 2407 §4.5.4).</summary>
    [Clause("2407-4.5.4-01")]
    internal EspSuite NoLongerThan(EspSuite other) => this with
    {
        LifeSeconds = Math.Min(LifeSeconds, other.LifeSeconds),
        LifeKilobytes = Lives.Shorter(LifeKilobytes, other.LifeKilobytes),
    };

    /// <summary>
    /// Whether this answer is what was offered: the same algorithms, and no longer lives (D-63, D-66).
    /// </summary>
    internal bool Answers(EspSuite offered) => SameAlgorithms(offered)
        && LifeSeconds <= offered.LifeSeconds && Lives.Within(LifeKilobytes, offered.LifeKilobytes);

    /// <summary>Whether two suites are the same but for life.</summary>
    public bool SameAlgorithms(EspSuite other)
        => Cipher == other.Cipher && Authentication == other.Authentication && PfsGroup == other.PfsGroup && Mode == other.Mode;
}
