using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>
/// Offers and choices of Quick Mode that cannot be taken, from a peer that is authenticated: HASH(1) and HASH(2) are
/// right for them
/// (RFC 2409 §5.5, RFC 2407 §4.4, §4.5).
/// </summary>
internal static class Phase2OfferCases
{
    public static IEnumerable<Trial> Of(Scene scene, string kinds)
        => Frames().Concat(Spis()).Concat(Attributes()).Concat(Lives()).Select(c => new Trial(
            c.Id, c.Words, kinds, scene.Insider.Rehashed(scene.Due, p => p
                .Select(x => x.Type == 1 ? Chain.Sa(x, c.Change) : x)))
        {
            Flags = ["negotiation"],
            State = Outcome.Ended,
        });

    /// <summary>Message 1, where AH is configured alone (RFC 2407 §4.4.3, §4.5).</summary>
    public static IEnumerable<Trial> Ah(Scene scene)
    {
        var algorithm = (ushort)IpsecAttribute.AuthenticationAlgorithm;
        List<SaChange> all =
        [
            new("without-algorithm", "The transform has no authentication algorithm.",
                s => s.Each(t => t with { Attributes = [.. t.Attributes.Where(a => a.Type != algorithm)] })),
            new("esp", "The protocol is ESP.", s => s.Proposal(p => p with { Protocol = Protocol.Esp })),
            new("key-length", "A key length besides.",
                s => s.Each(t => t with { Attributes = [.. t.Attributes, DataAttribute.Basic(6, 128)] })),
        ];
        all.AddRange(new byte[] { 0, 1, 2, 4, 5, 7, 13, 255 }.Select(id => new SaChange(
            $"transform-id-{id}", $"The transform id is {id}, and the algorithm HMAC-SHA.", s => s.Each(t => t with { Id = id }))));
        all.AddRange(new ushort[] { 0, 1, 3, 4, 5, 99 }.Select(value => new SaChange(
            $"algorithm-{value}", $"The algorithm is {value}, and the transform AH_SHA.",
            s => s.Set(algorithm, a => DataAttribute.Basic(a.Type, value)))));
        return all.Select(c => new Trial(
            c.Id, c.Words, "NothingAcceptable",
            scene.Insider.Rehashed(scene.Due, p => p.Select(x => x.Type == 1 ? Chain.Sa(x, c.Change) : x)))
        {
            Flags = ["negotiation"],
            State = Outcome.Ended,
        });
    }

    private static IEnumerable<SaChange> Frames()
    {
        foreach (var doi in new uint[] { 0, 2, uint.MaxValue })
        {
            yield return new($"doi-{doi:x}", $"The DOI is {doi}.", s => s with { Doi = (Doi)doi });
        }

        foreach (var situation in new uint[] { 0, 8, 0x80000000 })
        {
            yield return new($"situation-{situation:x}", $"The situation is {situation:x8}.", s =>
                s with { Situation = (Situation)situation });
        }

        foreach (var protocol in new byte[] { 0, 1, 2, 4, 5, 255 })
        {
            yield return new($"protocol-{protocol}",
                $"The protocol of the proposal is {protocol} where only ESP is configured.",
                s => s.Proposal(p => p with { Protocol = (Protocol)protocol }));
        }

        foreach (var id in new byte[] { 0, 1, 2, 3, 7, 10, 11, 13, 20, 249, 255 })
        {
            yield return new($"transform-id-{id}", $"The transform id is {id}, not ESP_AES.", s =>
                s.Each(t => t with { Id = id }));
        }

        yield return new("and-ah", "AH is asked for besides, in the same proposal number.", s => s with
        {
            Proposals = [s.Proposals[0], s.Proposals[0] with { Protocol = Protocol.Ah }],
        });
        yield return new("esp-twice", "ESP is twice in one proposal number.", s =>
            s with { Proposals = [s.Proposals[0], s.Proposals[0]] });
    }

    private static IEnumerable<SaChange> Spis()
    {
        foreach (var length in new[] { 0, 1, 2, 3, 5, 8, 16 })
        {
            yield return new($"spi-of-{length}", $"The SPI has {length} octets.", s =>
                s.Proposal(p => p with { Spi = Enumerable.Repeat((byte)0x77, length).ToArray() }));
        }

        foreach (var spi in new uint[] { 0, 1, 255 })
        {
            yield return new($"spi-{spi}", $"The SPI is {spi}, which is reserved.", s =>
                s.Proposal(p => p with { Spi = Chain.Four(spi) }));
        }
    }

    private static IEnumerable<SaChange> Attributes()
    {
        foreach (var type in new[] { IpsecAttribute.EncapsulationMode, IpsecAttribute.AuthenticationAlgorithm,
            IpsecAttribute.KeyLength })
        {
            foreach (var c in AttributeChanges.Broken((ushort)type, $"{type}")
                .Concat(AttributeChanges.Unknown((ushort)type, $"{type}")))
            {
                yield return c;
            }
        }

        foreach (var (type, value, words) in new (IpsecAttribute, ushort, string)[]
        {
            (IpsecAttribute.EncapsulationMode, 2, "transport, where tunnel is configured"),
            (IpsecAttribute.EncapsulationMode, 3, "UDP-encapsulated tunnel, where no NAT was found"),
            (IpsecAttribute.EncapsulationMode, 4, "UDP-encapsulated transport, where no NAT was found"),
            (IpsecAttribute.EncapsulationMode, 61443, "a draft's mode"),
            (IpsecAttribute.AuthenticationAlgorithm, 1, "HMAC-MD5, which was not configured"),
            (IpsecAttribute.AuthenticationAlgorithm, 3, "DES-MAC"),
            (IpsecAttribute.AuthenticationAlgorithm, 4, "KPDK"),
            (IpsecAttribute.AuthenticationAlgorithm, 5, "HMAC-SHA2-256, which was not configured"),
            (IpsecAttribute.KeyLength, 64, "64 bits"),
            (IpsecAttribute.KeyLength, 127, "127 bits"),
            (IpsecAttribute.KeyLength, 129, "129 bits"),
            (IpsecAttribute.KeyLength, 192, "192 bits, which was not configured"),
            (IpsecAttribute.KeyLength, 256, "256 bits, which was not configured"),
        })
        {
            yield return AttributeChanges.Value((ushort)type, $"{type}", value, words);
        }

        foreach (var (type, value, words) in new (ushort, ushort, string)[]
        {
            (0, 1, "An attribute 0"),
            (3, 2, "A group without KE"),
            (3, 99, "A group that is not known"),
            (7, 12, "Key Rounds of a cipher that has none"),
            (8, 1, "A dictionary size of a compression"),
            (9, 1, "A private compression algorithm"),
            (11, 1, "Extended sequence numbers, which were not configured"),
            (14, 1, "An attribute 14"), (32000, 1, "An attribute 32000"), (32767, 1, "An attribute 32767"),
        })
        {
            yield return new($"attribute-{type}-{value}", $"{words} besides.", s =>
                s.Each(t => t with { Attributes = [.. t.Attributes, DataAttribute.Basic(type, value)] }));
        }
    }

    private static IEnumerable<SaChange> Lives()
        => AttributeChanges.Lives((ushort)IpsecAttribute.LifeType, (ushort)IpsecAttribute.LifeDuration);
}
