using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>An ESP cipher: its transform id and key length (RFC 2407 §4.4.4, §4.5).</summary>
/// <param name="KeyOctets">Octets of KEYMAT that it takes.</param>
/// <param name="KeyBits">The Key Length attribute, or null for ciphers of fixed length.</param>
public sealed record EspCipher(string Name, EspTransform Transform, int KeyOctets, ushort? KeyBits);

/// <summary>An ESP authentication algorithm and the octets of KEYMAT that it takes (RFC 2407 §4.5, RFC 4868).</summary>
public sealed record EspAuthentication(string Name, AuthenticationAlgorithm Algorithm, int KeyOctets);

/// <summary>What one ESP transform stands for (RFC 2407 §4.4.4, §4.5).</summary>
/// <param name="PfsGroup">The group of the Quick Mode's own Diffie-Hellman, or null without PFS.</param>
public sealed record EspSuite(
    EspCipher Cipher, EspAuthentication Authentication, Group? PfsGroup, EncapsulationMode Mode, ulong LifeSeconds)
{
    /// <summary>The default life where none is given: eight hours (RFC 2407 §4.5).</summary>
    public const ulong DefaultLifeSeconds = 28800;

    /// <summary>ESP ciphers spoken.</summary>
    public static ImmutableArray<EspCipher> Ciphers { get; } =
    [
        new("des", EspTransform.Des, 8, null),
        new("3des", EspTransform.TripleDes, 24, null),
        new("aes128", EspTransform.AesCbc, 16, 128),
        new("aes192", EspTransform.AesCbc, 24, 192),
        new("aes256", EspTransform.AesCbc, 32, 256),
        new("null", EspTransform.Null, 0, null),
    ];

    /// <summary>ESP authentication algorithms spoken; each is demanded, ESP without one is not offered (D-119).</summary>
    public static ImmutableArray<EspAuthentication> Authentications { get; } =
    [
        new("md5", AuthenticationAlgorithm.HmacMd5, 16),
        new("sha1", AuthenticationAlgorithm.HmacSha, 20),
        new("sha256", AuthenticationAlgorithm.HmacSha256, 32),
        new("sha384", AuthenticationAlgorithm.HmacSha384, 48),
        new("sha512", AuthenticationAlgorithm.HmacSha512, 64),
    ];

    /// <summary>Octets of KEYMAT for one direction: the cipher's key first, then the authentication key (RFC 2401 §4.6.2).</summary>
    public int KeymatLength => Cipher.KeyOctets + Authentication.KeyOctets;

    /// <summary>The suite's name, as in a configuration.</summary>
    public string Name => $"{Cipher.Name}-{Authentication.Name}" + (PfsGroup is null ? "" : $"-{PfsGroup.Name}");

    /// <summary>The transform that offers this suite.</summary>
    [Clause("2407-4.5-01")]
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
        attributes.Add(DataAttribute.Basic((ushort)IpsecAttribute.LifeType, (ushort)LifeType.Seconds));
        attributes.Add(DataAttribute.Number((ushort)IpsecAttribute.LifeDuration, LifeSeconds));
        return new TransformPayload(number, (byte)Cipher.Transform, attributes.ToImmutable());
    }

    /// <summary>Reads a transform; <paramref name="why"/> says what makes it one that RefIke cannot take.</summary>
    [Clause("2407-4.5.3-01")]
    public static bool TryRead(TransformPayload transform, out EspSuite? suite, out string why)
    {
        suite = null;
        if (!Attributes.TryRead(transform.Attributes, (ushort)IpsecAttribute.LifeType, (ushort)IpsecAttribute.LifeDuration,
                out var a, out why))
        {
            return false;
        }

        foreach (var type in a.Classes)
        {
            if (!Known.Contains((IpsecAttribute)type))
            {
                why = $"attribute {type} is not spoken";
                return false;
            }
        }

        var bits = a[(ushort)IpsecAttribute.KeyLength];
        var cipher = Ciphers.FirstOrDefault(c => (byte)c.Transform == transform.Id && c.KeyBits == bits);
        var number = a[(ushort)IpsecAttribute.AuthenticationAlgorithm];
        var authentication = Authentications.FirstOrDefault(x => (ushort)x.Algorithm == number);
        if (cipher is null || authentication is null)
        {
            why = $"transform {transform.Id} with key length {bits} and authentication {number} is not spoken";
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

        suite = new EspSuite(cipher, authentication, group, (EncapsulationMode)(ushort)mode, a.Seconds ?? DefaultLifeSeconds);
        return true;
    }

    private static readonly ImmutableHashSet<IpsecAttribute> Known =
    [
        IpsecAttribute.GroupDescription, IpsecAttribute.EncapsulationMode, IpsecAttribute.AuthenticationAlgorithm,
        IpsecAttribute.KeyLength,
    ];

    /// <summary>Whether two suites are the same but for life.</summary>
    public bool SameAlgorithms(EspSuite other)
        => Cipher == other.Cipher && Authentication == other.Authentication && PfsGroup == other.PfsGroup && Mode == other.Mode;
}
