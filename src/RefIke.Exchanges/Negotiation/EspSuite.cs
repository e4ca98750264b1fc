using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>What one ESP transform stands for (RFC 2407 §4.4.4, §4.5).</summary>
/// <param name="PfsGroup">The group of the Quick Mode's own Diffie-Hellman, or null without PFS.</param>
public sealed record EspSuite(
    EspCipher Cipher, EspAuthentication Authentication, Group? PfsGroup, EncapsulationMode Mode, ulong LifeSeconds)
    : ProtocolSuite(PfsGroup, Mode, LifeSeconds)
{
    /// <inheritdoc/>
    public override Protocol Protocol => Protocol.Esp;

    /// <summary>
    /// Octets of KEYMAT for one direction: the cipher's key first, then the authentication key (RFC 2401 §4.6.2;
    /// D-105).
    /// </summary>
    public override int KeymatLength => Cipher.KeyOctets + Authentication.KeyOctets;

    /// <inheritdoc/>
    public override string Name
        => $"{Cipher.Name}-{Authentication.Name}" + (PfsGroup is null ? "" : $"-{PfsGroup.Name}");

    /// <summary>
    /// Whether a direction's KEYMAT starts with a key that the cipher should not be used with (RFC 2405 §4, RFC 2451
    /// §2.3). RFC 2409 App. B leaves this test to the service; who installs the SA asks, and negotiates another where
    /// it is so (D-219).
    /// </summary>
    public override bool HasWeakKey(Secret keymat) => Cipher.Cipher?.IsWeakKey(keymat.Take(Cipher.KeyOctets)) ?? false;

    /// <inheritdoc/>
    [Clause("2407-4.5.1-01")]
    public override TransformPayload ToTransform(byte number)
    {
        var attributes = ImmutableArray.CreateBuilder<DataAttribute>();
        if (Cipher.KeyBits is { } bits)
        {
            attributes.Add(DataAttribute.Basic((ushort)IpsecAttribute.KeyLength, bits));
        }

        attributes.Add(DataAttribute.Basic(
            (ushort)IpsecAttribute.AuthenticationAlgorithm, (ushort)Authentication.Algorithm));
        attributes.AddRange(CommonAttributes());
        return new TransformPayload(number, (byte)Cipher.Transform, attributes.ToImmutable());
    }

    /// <summary>Reads a transform; <paramref name="why"/> says what makes it one that RefIke cannot take.</summary>
    public static bool TryRead(
        TransformPayload transform, out EspSuite? suite, out string why, KnownGroups? groups = null)
    {
        suite = null;
        if (ReadFrame(transform, Known, null, groups, out why) is not { } frame)
        {
            return false;
        }

        var a = frame.Attributes;
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

        suite = new EspSuite(cipher, authentication, frame.Group, frame.Mode, frame.Seconds)
        {
            LifeKilobytes = a.Kilobytes,
            ExtendedSequenceNumbers = frame.ExtendedSequenceNumbers,
        };
        return true;
    }

    /// <inheritdoc/>
    public override bool SameAlgorithms(ProtocolSuite other) => other is EspSuite esp
        && Cipher == esp.Cipher && Authentication == esp.Authentication && SameFrame(other);

    private static readonly ImmutableHashSet<IpsecAttribute> Known =
    [
        IpsecAttribute.AuthenticationAlgorithm, IpsecAttribute.KeyLength, IpsecAttribute.KeyRounds,
        IpsecAttribute.ExtendedSequenceNumber,
    ];
}
