using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Properties.Wire.Generators;

/// <summary>Smaller messages that are still well-formed, so that a counterexample ends with what matters.</summary>
internal static class Simpler
{
    public static IEnumerable<Message> Than(Message message)
    {
        var payloads = message.Payloads;
        for (var i = 0; payloads.Length > 1 && i < payloads.Length; i++)
        {
            yield return MessageGen.Of(message.Header, payloads.RemoveAt(i));
        }

        for (var i = 0; i < payloads.Length; i++)
        {
            foreach (var simpler in Than(payloads[i]))
            {
                yield return MessageGen.Of(message.Header, payloads.SetItem(i, simpler));
            }
        }
    }

    private static IEnumerable<Payload> Than(Payload payload) => payload switch
    {
        SecurityAssociationPayload sa => Than(sa.Proposals, Than, least: 1).Select(p => sa with { Proposals = p }),
        DeletePayload delete => Than(delete.Spis, _ => [], least: 0).Select(s => delete with { Spis = s }),
        AttributesPayload attributes
            => Than(attributes.List, _ => [], least: 0).Select(a => attributes with { List = a }),
        KeyExchangePayload p => Than(p.Data).Select(d => p with { Data = d }),
        CertificatePayload p => Than(p.Data).Select(d => p with { Data = d }),
        SignaturePayload p => Than(p.Data).Select(d => p with { Data = d }),
        NoncePayload p when p.Data.Length > 8 => [p with { Data = p.Data.Slice(0, 8) }],
        NotificationPayload p => Than(p.Data).Select(d => p with { Data = d }),
        _ => [],
    };

    private static IEnumerable<ProposalPayload> Than(ProposalPayload proposal)
        => Than(proposal.Transforms, Than, least: 1).Select(t => proposal with { Transforms = t });

    private static IEnumerable<TransformPayload> Than(TransformPayload transform)
        => Than(transform.Attributes, _ => [], least: 0).Select(a => transform with { Attributes = a });

    private static IEnumerable<Octets> Than(Octets octets)
        => octets.Length == 0 ? [] : [Octets.Empty, octets.Slice(0, octets.Length / 2)];

    private static IEnumerable<ImmutableArray<T>> Than<T>(
        ImmutableArray<T> list, Func<T, IEnumerable<T>> than, int least)
    {
        for (var i = 0; list.Length > least && i < list.Length; i++)
        {
            yield return list.RemoveAt(i);
        }

        for (var i = 0; i < list.Length; i++)
        {
            foreach (var simpler in than(list[i]))
            {
                yield return list.SetItem(i, simpler);
            }
        }
    }
}
