using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>A payload's name as the RFC writes it in its place (<c>Ni</c>, <c>IDcr</c>, <c>HASH(2)</c>), and its content in one line.</summary>
internal static class PayloadWords
{
    /// <summary>The names of a message's payloads, in their order.</summary>
    /// <param name="number">Which message of its exchange, from 1.</param>
    public static IReadOnlyList<string> Names(ImmutableArray<Payload> payloads, ExchangeType exchange, bool fromInitiator, int number)
    {
        var identities = 0;
        return [.. payloads.Select(p => p.Type switch
        {
            PayloadType.SecurityAssociation => "SA",
            PayloadType.KeyExchange => "KE",
            PayloadType.Nonce => fromInitiator ? "Ni" : "Nr",
            PayloadType.Identification when exchange == ExchangeType.QuickMode => identities++ == 0 ? "IDci" : "IDcr",
            PayloadType.Identification => fromInitiator ? "IDii" : "IDir",
            PayloadType.Hash when exchange == ExchangeType.MainMode => fromInitiator ? "HASH_I" : "HASH_R",
            PayloadType.Hash => exchange == ExchangeType.QuickMode ? $"HASH({number})" : "HASH(1)",
            PayloadType.Notification => "N",
            PayloadType.Delete => "D",
            PayloadType.VendorId => "VID",
            _ => $"{p.Type}",
        })];
    }

    /// <summary>What is in it.</summary>
    public static IEnumerable<string> Content(Payload payload) => payload switch
    {
        SecurityAssociationPayload sa => sa.Proposals.SelectMany(p => p.Transforms.Select(t => Transform(p, t))),
        KeyExchangePayload ke => [Octets(ke.Data)],
        NoncePayload n => [Octets(n.Data)],
        HashPayload h => [Octets(h.Data)],
        IdentificationPayload id => [$"{id.IdType} {Selector.Of(id)?.ToString() ?? id.Data.ToHex()}"],
        NotificationPayload n => [$"{n.NotifyType}, SPI {n.Spi.ToHex()}"],
        DeletePayload d => [$"{d.Protocol} {string.Join(", ", d.Spis.Select(s => s.ToHex()))}"],
        _ => [$"{payload.Type}"],
    };

    private static string Transform(ProposalPayload proposal, TransformPayload transform)
    {
        var phase1 = proposal.Protocol == Protocol.Isakmp;
        var spi = proposal.Spi.Length == 0 ? "" : $", SPI {proposal.Spi.ToHex()}";
        var id = proposal.Protocol switch
        {
            Protocol.Isakmp => $"{(IsakmpTransform)transform.Id}",
            Protocol.Esp => $"{(EspTransform)transform.Id}",
            Protocol.Ah => $"{(AhTransform)transform.Id}",
            _ => $"{transform.Id}",
        };
        var attributes = transform.Attributes.Select(a => phase1 ? Phase1(a) : Ipsec(a));
        return $"proposal {proposal.Number} {proposal.Protocol}{spi}, transform {transform.Number} {id}: {string.Join(", ", attributes)}";
    }

    private static string Phase1(DataAttribute a) => ((Phase1Attribute)a.Type, a.TryGetNumber(out var n), n) switch
    {
        (Phase1Attribute.EncryptionAlgorithm, true, _) => $"{(EncryptionAlgorithm)n}",
        (Phase1Attribute.HashAlgorithm, true, _) => $"{(HashAlgorithm)n}",
        (Phase1Attribute.AuthenticationMethod, true, _) => $"{(AuthenticationMethod)n}",
        (Phase1Attribute.GroupDescription, true, _) => GroupWords(n),
        (Phase1Attribute.LifeType, true, _) => $"life in {(LifeType)n}",
        (Phase1Attribute.LifeDuration, true, _) => $"{n}",
        (Phase1Attribute.KeyLength, true, _) => $"{n} bits",
        var (type, isNumber, _) => $"{type} {(isNumber ? $"{n}" : a.Value.ToHex())}",
    };

    private static string Ipsec(DataAttribute a) => ((IpsecAttribute)a.Type, a.TryGetNumber(out var n), n) switch
    {
        (IpsecAttribute.EncapsulationMode, true, _) => $"{(EncapsulationMode)n}",
        (IpsecAttribute.AuthenticationAlgorithm, true, _) => $"{(AuthenticationAlgorithm)n}",
        (IpsecAttribute.GroupDescription, true, _) => GroupWords(n),
        (IpsecAttribute.LifeType, true, _) => $"life in {(LifeType)n}",
        (IpsecAttribute.LifeDuration, true, _) => $"{n}",
        (IpsecAttribute.KeyLength, true, _) => $"{n} bits",
        var (type, isNumber, _) => $"{type} {(isNumber ? $"{n}" : a.Value.ToHex())}",
    };

    private static string GroupWords(ulong number)
        => number < int.MaxValue && GroupList.TryGet((int)number, out var group) ? $"group {number} ({group})" : $"group {number}";

    private static string Octets(Octets data)
        => data.Length <= 32 ? $"{data.Length} octets {data.ToHex()}" : $"{data.Length} octets {data.Slice(0, 16).ToHex()}…";
}
