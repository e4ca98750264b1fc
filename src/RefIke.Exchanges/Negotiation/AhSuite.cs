using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>What one AH transform stands for (RFC 2407 §4.4.3, §4.5).</summary>
/// <param name="PfsGroup">The group of the Quick Mode's own Diffie-Hellman, or null without PFS.</param>
public sealed record AhSuite(AhAlgorithm Algorithm, Group? PfsGroup, EncapsulationMode Mode, ulong LifeSeconds)
    : ProtocolSuite(PfsGroup, Mode, LifeSeconds)
{
    /// <inheritdoc/>
    public override Protocol Protocol => Protocol.Ah;

    /// <summary>Octets of KEYMAT for one direction: the authentication key.</summary>
    public override int KeymatLength => Algorithm.KeyOctets;

    /// <inheritdoc/>
    public override string Name => $"ah-{Algorithm.Name}" + (PfsGroup is null ? "" : $"-{PfsGroup.Name}");

    /// <inheritdoc/>
    [Clause("2407-4.4.3-01")]
    public override TransformPayload ToTransform(byte number) => new(number, (byte)Algorithm.Transform,
    [
        DataAttribute.Basic((ushort)IpsecAttribute.AuthenticationAlgorithm, (ushort)Algorithm.Algorithm),
        .. CommonAttributes(),
    ]);

    /// <summary>Reads a transform; <paramref name="why"/> says what makes it one that RefIke cannot take.</summary>
    [Clause("2407-4.4.3-01")]
    [Clause("2407-4.4.3-02")]
    public static bool TryRead(
        TransformPayload transform, out AhSuite? suite, out string why, KnownGroups? groups = null)
    {
        suite = null;
        if (ReadFrame(transform, Known, null, groups, out why) is not { } frame || AhAlgorithms.Find(
                transform.Id, frame.Attributes[(ushort)IpsecAttribute.AuthenticationAlgorithm], out why)
            is not { } algorithm)
        {
            return false;
        }

        suite = new AhSuite(algorithm, frame.Group, frame.Mode, frame.Seconds)
        {
            LifeKilobytes = frame.Attributes.Kilobytes,
            ExtendedSequenceNumbers = frame.ExtendedSequenceNumbers,
        };
        return true;
    }

    /// <inheritdoc/>
    public override bool SameAlgorithms(ProtocolSuite other)
        => other is AhSuite ah && Algorithm == ah.Algorithm && SameFrame(other);

    private static readonly ImmutableHashSet<IpsecAttribute> Known =
        [IpsecAttribute.AuthenticationAlgorithm, IpsecAttribute.ExtendedSequenceNumber];
}
