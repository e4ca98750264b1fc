using System.Net;
using System.Numerics;
using RefIke.Crypto;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>A payload's formula and content, in few lines.</summary>
internal static class PayloadWords
{
    /// <summary>How a hash is made (RFC 2409 §5, §5.5, §5.7); null for payloads that are none.</summary>
    /// <param name="all">The names of all payloads of its message.</param>
    public static string? Formula(string name, IReadOnlyList<string> all) => name switch
    {
        "HASH_I" => "prf(SKEYID, g^xi | g^xr | CKY-I | CKY-R | SAi_b | IDii_b)",
        "HASH_R" => "prf(SKEYID, g^xr | g^xi | CKY-R | CKY-I | SAi_b | IDir_b)",
        "SIG_I" => "the signature of HASH_I (RFC 2409 §5.1)",
        "SIG_R" => "the signature of HASH_R (RFC 2409 §5.1)",
        "HASH(1)" => $"prf(SKEYID_a, M-ID | {string.Join(" | ", all.Skip(1))})",
        "HASH(2)" => $"prf(SKEYID_a, M-ID | Ni_b | {string.Join(" | ", all.Skip(1))})",
        "HASH(3)" => "prf(SKEYID_a, 0 | M-ID | Ni_b | Nr_b)",
        _ => null,
    };

    /// <summary>What is in it.</summary>
    public static IEnumerable<string> Content(Payload payload) => payload switch
    {
        SecurityAssociationPayload sa => sa.Proposals.SelectMany(p => p.Transforms.SelectMany(t => Transform(p, t))),
        KeyExchangePayload ke => [InOctets(ke.Data)],
        NoncePayload n => [InOctets(n.Data)],
        HashPayload h => [InOctets(h.Data)],
        IdentificationPayload id => [$"{RegistryWords.Of(id.IdType)} {Identity(id)}"],
        NotificationPayload n => [$"{RegistryWords.Of(n.NotifyType)}{Spi(n.Spi)}"],
        VendorIdPayload { Data: var data } when VendorIds.Of(data) is { } v => [$"{v.Name}, {v.Document}"],
        DeletePayload d => [$"{RegistryWords.Of(d.Protocol)}{string.Concat(d.Spis.Select(Spi))}"],
        _ => [InOctets(payload.Body)],
    };

    /// <summary>An identity for people: an address, a subnet with its prefix length, a name, else its octets.</summary>
    public static string Identity(IdentificationPayload id) => id.IdType switch
    {
        IdentificationType.Fqdn or IdentificationType.UserFqdn => System.Text.Encoding.UTF8.GetString(id.Data.Span),
        IdentificationType.Ipv4Subnet or IdentificationType.Ipv6Subnet when Selector.Of(id) is not null
            => Subnet(id.Data),
        _ => Selector.Of(id)?.ToString() ?? id.Data.ToHex(),
    };

    private static string Subnet(Octets data)
    {
        var half = data.Length / 2;
        var prefix = data.Slice(half, half).ToArray().Sum(o => BitOperations.PopCount(o));
        return $"{new IPAddress(data.Slice(0, half).Span)}/{prefix}";
    }

    private static IEnumerable<string> Transform(ProposalPayload proposal, TransformPayload transform)
    {
        yield return $"proposal {proposal.Number} {RegistryWords.Of(proposal.Protocol)}{Spi(proposal.Spi)}, "
            + $"transform {transform.Number} {RegistryWords.Transform(proposal.Protocol, transform.Id)}";
        var phase1 = proposal.Protocol == Protocol.Isakmp;
        var lifeType = phase1 ? (ushort)Phase1Attribute.LifeType : (ushort)IpsecAttribute.LifeType;
        var lifeDuration = phase1 ? (ushort)Phase1Attribute.LifeDuration : (ushort)IpsecAttribute.LifeDuration;
        var words = new List<string>();
        var unit = "";
        foreach (var attribute in transform.Attributes)
        {
            if (!attribute.TryGetNumber(out var n))
            {
                words.Add(Other(attribute));
            }
            else if (attribute.Type == lifeType)
            {
                unit = n > ushort.MaxValue ? "" : RegistryWords.Of((LifeType)n);
            }
            else if (attribute.Type == lifeDuration)
            {
                words.Add($"life {n} {unit}");
            }
            else
            {
                words.Add((n > ushort.MaxValue ? null : phase1 ? Phase1(attribute, n) : Ipsec(attribute, n))
                    ?? Other(attribute));
            }
        }

        yield return string.Join(", ", words);
    }

    private static string? Phase1(DataAttribute a, ulong n) => (Phase1Attribute)a.Type switch
    {
        Phase1Attribute.EncryptionAlgorithm => RegistryWords.Of((EncryptionAlgorithm)n),
        Phase1Attribute.HashAlgorithm => RegistryWords.Of((HashAlgorithm)n),
        Phase1Attribute.AuthenticationMethod => RegistryWords.Of((AuthenticationMethod)n),
        Phase1Attribute.GroupDescription => GroupWords(n),
        Phase1Attribute.KeyLength => $"{n}-bit key",
        _ => null,
    };

    private static string? Ipsec(DataAttribute a, ulong n) => (IpsecAttribute)a.Type switch
    {
        IpsecAttribute.EncapsulationMode => RegistryWords.Of((EncapsulationMode)n),
        IpsecAttribute.AuthenticationAlgorithm => RegistryWords.Of((AuthenticationAlgorithm)n),
        IpsecAttribute.GroupDescription => GroupWords(n),
        IpsecAttribute.KeyLength => $"{n}-bit key",
        _ => null,
    };

    private static string Other(DataAttribute a)
        => $"attribute {a.Type} {(a.TryGetNumber(out var n) ? $"{n}" : a.Value.ToHex())}";

    private static string GroupWords(ulong number)
        => GroupList.TryGet((int)number, out var group) ? $"group {number} ({group})" : $"group {number}";

    private static string Spi(Octets spi) => spi.Length == 0 ? "" : $", SPI {spi.ToHex()}";

    private static string InOctets(Octets data)
        => data.Length <= 32
            ? $"{data.Length} octets {data.ToHex()}"
            : $"{data.Length} octets {data.Slice(0, 16).ToHex()}…";
}
