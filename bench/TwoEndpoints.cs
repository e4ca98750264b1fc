using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;

namespace RefIke.Bench;

/// <summary>An initiator and a responder that hand each other their datagrams, in one thread.</summary>
internal sealed class TwoEndpoints
{
    private readonly Endpoint initiator;
    private readonly Endpoint responder;

    public TwoEndpoints(string phase1, string esp, IDiffieHellman diffieHellman, Func<string, IRandomness> randomness)
    {
        initiator = new Endpoint(Setup("initiator", 1, 2, phase1, esp, diffieHellman, randomness("initiator")));
        responder = new Endpoint(Setup("responder", 2, 1, phase1, esp, diffieHellman, randomness("responder")));
    }

    /// <summary>One Main Mode and one Quick Mode from nothing, all nine messages. Gives the pair at each end.</summary>
    public (IpsecPair Initiator, IpsecPair Responder) Connect()
    {
        var (i, effects) = initiator.Step(EndpointState.Empty, Instant.Zero, new Input.Connect("peer", "net"));
        var r = EndpointState.Empty;
        for (var toResponder = true; Sent(effects) is { } sent; toResponder = !toResponder)
        {
            var arrived = new Input.DatagramArrived(sent.Remote, sent.Local, sent.Datagram);
            if (toResponder)
            {
                (r, effects) = responder.Step(r, Instant.Zero, arrived);
            }
            else
            {
                (i, effects) = initiator.Step(i, Instant.Zero, arrived);
            }
        }

        return (i.Pairs.Values.Single(), r.Pairs.Values.Single());
    }

    private static Effect.Send? Sent(IEnumerable<Effect> effects) => effects.OfType<Effect.Send>().SingleOrDefault();

    private static EndpointSetup Setup(
        string name, byte own, byte peer, string phase1, string esp, IDiffieHellman diffieHellman,
        IRandomness randomness)
    {
        IPAddress here = new([192, 0, 2, own]), there = new([192, 0, 2, peer]);
        var child = new ChildPolicy("net", Selector.ToPayload(new IPAddress([10, own, 0, 0]), 16),
            Selector.ToPayload(new IPAddress([10, peer, 0, 0]), 16), [SuiteNames.Esp(esp, 3600)!]);
        var connection = new Connection("peer", new IPEndPoint(there, 500), Secret.Of("a shared secret"u8),
            Selector.ToPayload(here, 32), Selector.ToPayload(there, 32), [SuiteNames.Phase1(phase1, 28800)!], [child]);
        return new EndpointSetup(name, new IPEndPoint(here, 500), new IPEndPoint(here, 4500), [connection], randomness)
        {
            DiffieHellman = diffieHellman,
        };
    }
}
