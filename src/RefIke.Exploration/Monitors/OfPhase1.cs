using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>What must be true of a peer when it is authenticated, of both ends and of one.</summary>
internal static class OfPhase1
{
    /// <summary>
    /// S-01: whoever is authenticated at <paramref name="mine"/> takes part under the same cookies in the other role, with the same offer, KE and
    /// nonces, and is who he says.
    /// </summary>
    public static Fault? Agreement(EndpointState mine, EndpointState theirs, Ghost pastOfTheirs, string connection)
    {
        foreach (var entry in mine.Isakmp.Values.Where(e => e.Established is not null && e.Connection == connection))
        {
            var p = entry.Phase1;
            if (theirs.Isakmp.Values.FirstOrDefault(e => e.Phase1.CKY_I == p.CKY_I && e.Phase1.CKY_R == p.CKY_R)?.Phase1 is { } q)
            {
                var same = q.Role != p.Role && q.SAi_b == p.SAi_b && q.g_xi == p.g_xi && q.g_xr == p.g_xr && q.Ni_b == p.Ni_b && q.Nr_b == p.Nr_b;
                var own = q.Role == Role.Initiator ? q.IDii : q.IDir;
                return !same ? new Fault("S-01", "the two ends of an ISAKMP SA have seen other offers, public values or nonces")
                    : own is null || p.PeerIdentity?.Body != own.Body ? new Fault("S-01", "a peer is authenticated as somebody else")
                    : q.Suite is not { } suite || !suite.SameAlgorithms(p.Suite!) ? new Fault("S-03", "the two ends of an ISAKMP SA hold other choices") : null;
            }

            if (!pastOfTheirs.Left.Keys.Any(k => k.StartsWith($"{p.CKY_I}", StringComparison.Ordinal)))
            {
                return new Fault("S-01", "a peer is authenticated that took no part");
            }
        }

        return null;
    }

    /// <summary>S-03: what is chosen was offered, and is what policy takes; likewise of a pair.</summary>
    public static Fault? Choice(Taken step)
    {
        if (step.Setup is not { } setup)
        {
            return null;
        }

        foreach (var effect in step.Effects)
        {
            var wrong = effect switch
            {
                Effect.IsakmpEstablished e when e.Phase1.Suite!.Group.Number < OfProfiles.FirstPrivateGroup =>
                    !Offered(e.Phase1) ? "the choice of phase 1 was not offered"
                    : !Of(setup, e.Connection).SuitesAs(e.Phase1.Role).Any(e.Phase1.Suite.SameAlgorithms) ? "policy does not take the choice of phase 1" : null,
                Effect.PairEstablished e when e.Pair.Suite.PfsGroup is null or { Number: < OfProfiles.FirstPrivateGroup } => Of(setup, e.Pair.Connection).Children.Single(c => c.Name == e.Pair.Child).Suites
                    .Any(s => s.Of(e.Pair.Suite.Protocol)?.Name == e.Pair.Suite.Name) ? null : "policy does not take the choice of a Quick Mode",
                _ => null,
            };
            if (wrong is not null)
            {
                return new Fault("S-03", wrong);
            }
        }

        return null;
    }

    /// <summary>S-34: what an endpoint offers a peer in phase 1 does not change, whatever failed and whoever said something.</summary>
    public static (Ghost, Fault?) Downgrade(Ghost ghost, Effect.Send send)
    {
        if (send.IsResend || !Header.TryRead(send.Datagram.Span, out var header, out _) || !header.ResponderCookie.IsZero
            || !MessageReader.TryRead(send.Datagram.Memory, out var message, out _)
            || message!.Payloads.OfType<SecurityAssociationPayload>().FirstOrDefault() is not { } offer)
        {
            return (ghost, null);
        }

        var (key, offered) = ($"{send.Remote.Address}", Digest.Of([(byte)header.ExchangeType, .. MessageWriter.WritePayloads([offer])]));
        return ghost.Offers.TryGetValue(key, out var first)
            ? (ghost, first == offered ? null : new Fault("S-34", "a later phase 1 has another mode or offer than the first"))
            : (ghost with { Offers = ghost.Offers.Add(key, offered) }, null);
    }

    /// <summary>S-37: no public value outside its group has made keys of phase 1.</summary>
    public static Fault? PublicValues(Taken step)
        => step.Effects.OfType<Effect.IsakmpEstablished>().Select(e => e.Phase1).Any(p => PlainModp.Has(p.Suite!.Group.Number)
            && !(PlainModp.IsInside(p.Suite.Group.Number, p.g_xi.ToArray()) && PlainModp.IsInside(p.Suite.Group.Number, p.g_xr.ToArray())))
            ? new Fault("S-37", "a public value outside its group was used") : null;

    /// <summary>S-29: nothing that an end made in an exchange is taken there for the peer's.</summary>
    public static Fault? Echo(Ghost ghost, Taken step)
    {
        foreach (var phase1 in step.Effects.OfType<Effect.IsakmpEstablished>().Select(e => e.Phase1))
        {
            if (phase1.CKY_I == phase1.CKY_R || phase1.g_xi == phase1.g_xr || phase1.Ni_b == phase1.Nr_b)
            {
                return new Fault("S-29", "an end has taken its own cookie, KE or nonce for the peer's");
            }
        }

        return step.Came is ({ } datagram, { } header) && ghost.Sent.Contains(Digest.Of(datagram.Span)) && IsKnown(step.Before, header)
            && (!ReferenceEquals(step.Before.Pairs, step.After.Pairs) || step.Effects.Any(e => e is Effect.Traced { Entry: var t } && t.State != t.Next))
            ? new Fault("S-29", "an end's own message moved it") : null;
    }

    private static bool IsKnown(EndpointState state, Header header) => state.Isakmp.Values.Any(e => e.Phase1.CKY_I == header.InitiatorCookie);

    private static Connection Of(EndpointSetup setup, string connection) => setup.Connections.Single(c => c.Name == connection);

    private static bool Offered(Phase1State phase1)
    {
        byte[] payload = [0, 0, (byte)((phase1.SAi_b.Length + 4) >> 8), (byte)(phase1.SAi_b.Length + 4), .. phase1.SAi_b.Span];
        return MessageReader.TryReadPayloads(PayloadType.SecurityAssociation, payload, 0, out var payloads, out _, out _)
            && payloads.OfType<SecurityAssociationPayload>().SelectMany(s => s.Proposals).SelectMany(p => p.Transforms)
                .Any(t => Phase1Suite.TryRead(t, out var suite, out _) && suite!.SameAlgorithms(phase1.Suite!));
    }
}
