using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>
/// What one IPCOMP transform stands for (RFC 2407 §4.4.5, RFC 3173 §4.1). It has no key; its SPI is a CPI of 16 bits.
/// </summary>
/// <param name="PfsGroup">
/// The group of the Quick Mode's own Diffie-Hellman: offered here too, as RFC 2409 §5.5 asks of every transform, but
/// one without it is taken (D-218).
/// </param>
public sealed record IpcompSuite(IpcompTransform Transform, Group? PfsGroup, EncapsulationMode Mode, ulong LifeSeconds)
    : ProtocolSuite(PfsGroup, Mode, LifeSeconds)
{
    /// <summary>
    /// The least CPI that may be negotiated; those below are of well-known algorithms (RFC 3173 §3.3).
    /// </summary>
    public const ushort LeastCpi = 256;

    /// <summary>The greatest; those above are for private use (RFC 3173 §3.3).</summary>
    public const ushort GreatestCpi = 61439;

    /// <inheritdoc/>
    public override Protocol Protocol => Protocol.Ipcomp;

    /// <summary>None: it has no key.</summary>
    public override int KeymatLength => 0;

    /// <inheritdoc/>
    public override string Name => $"ipcomp-{AlgorithmName}";

    private string AlgorithmName => Transform switch
    {
        IpcompTransform.Deflate => "deflate",
        IpcompTransform.Lzs => "lzs",
        _ => "lzjh",
    };

    /// <inheritdoc/>
    public override TransformPayload ToTransform(byte number) => new(number, (byte)Transform, [.. CommonAttributes()]);

    /// <summary>
    /// Reads a transform; <paramref name="why"/> says what makes it one that RefIke cannot take. Dictionary sizes are
    /// not spoken, and IPCOMP_OUI, which needs a private algorithm's number, is not either. Without a mode it is
    /// transport mode (RFC 3173 §4.1).
    /// </summary>
    public static bool TryRead(
        TransformPayload transform, out IpcompSuite? suite, out string why, KnownGroups? groups = null)
    {
        suite = null;
        if (ReadFrame(transform, [], EncapsulationMode.Transport, groups, out why) is not { } frame)
        {
            return false;
        }

        if ((IpcompTransform)transform.Id is not
            (IpcompTransform.Deflate or IpcompTransform.Lzs or IpcompTransform.Lzjh))
        {
            why = $"IPCOMP transform {transform.Id} is not spoken";
            return false;
        }

        suite = new IpcompSuite((IpcompTransform)transform.Id, frame.Group, frame.Mode, frame.Seconds)
        {
            LifeKilobytes = frame.Attributes.Kilobytes,
        };
        return true;
    }

    /// <summary>The mode need not be the same (D-116), and the group may be missing (D-218).</summary>
    public override bool SameAlgorithms(ProtocolSuite other) => other is IpcompSuite ipcomp
        && Transform == ipcomp.Transform && (PfsGroup is null || other.PfsGroup is null || PfsGroup == other.PfsGroup);

    /// <summary>A CPI from an SPI field of two or four octets; of four the first two are not looked at.</summary>
    internal static bool TryCpi(Octets spi, out uint cpi)
    {
        var octets = spi.Span;
        cpi = octets.Length is 2 or 4 ? (uint)((octets[^2] << 8) | octets[^1]) : 0;
        return cpi is >= LeastCpi and <= GreatestCpi;
    }
}
