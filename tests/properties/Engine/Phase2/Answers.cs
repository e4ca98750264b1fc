using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>A responder that says something else in message 2, under a HASH(2) that is right.</summary>
internal static class Answers
{
    public static Func<EndpointSetup, EndpointSetup> With(
        Func<QuickModeTurn, ImmutableArray<Payload>, ImmutableArray<Payload>> change)
        => setup => setup with
        {
            Wiring = new Wiring
            {
                Sends = ImmutableDictionary<string, Action<object, Action>>.Empty.Add(
                    "QuickMode.Responder.Hash2SaNonce", (turn, send) => Say((QuickModeTurn)turn, send, change)),
            },
        };

    private static void Say(
        QuickModeTurn t, Action send, Func<QuickModeTurn, ImmutableArray<Payload>, ImmutableArray<Payload>> change)
    {
        send();
        var rest = change(t, t.Outgoing.RemoveAt(0));
        var hash = KeySchedule.Rfc2409.HASH_2(t.Before.Phase1.Suite!.Prf, t.Before.Phase1.Keys!.SKEYID_a,
            t.Before.Name.M_ID, t.After.Ni_b.Span, MessageWriter.WritePayloads(rest));
        t.Outgoing = [new HashPayload(hash), .. rest];
    }
}
