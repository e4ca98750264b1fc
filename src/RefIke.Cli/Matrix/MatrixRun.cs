using System.Net;
using RefIke.Cli.Configuration;
using RefIke.Cli.Ladders;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Cli.Matrix;

/// <summary>One combination: phase 1 and a Quick Mode between two endpoints in memory, and what came of them.</summary>
internal sealed class MatrixRun
{
    private const string Name = "matrix";

    /// <summary>Octets of a datagram, where messages are cut: less than most messages with keys or certificates have.</summary>
    private const int Size = 300;

    private static readonly Secret PreSharedKey = Secret.Of("refike handshake"u8);

    private readonly Combination combination;
    private readonly NattedNetwork network;
    private readonly Endpoint initiator;
    private readonly Endpoint responder;
    private readonly List<string> refusals = [];
    private EndpointState initiators = EndpointState.Empty;
    private EndpointState responders = EndpointState.Empty;
    private int messages;
    private bool isTooLong;

    private MatrixRun(Combination combination, ulong seed, MatrixKeys keys, IDiffieHellman diffieHellman)
    {
        this.combination = combination;
        var identity = combination["identity"];
        network = new NattedNetwork(
            combination["nat"], MatrixIdentities.Address(identity, 1), MatrixIdentities.Address(identity, 2));
        initiator = new Endpoint(Setup(1, seed, keys, diffieHellman));
        responder = new Endpoint(Setup(2, seed, keys, diffieHellman));
    }

    /// <summary>What is wrong with the outcome; null where both ends came up and agree in everything.</summary>
    public static string? Fault(Combination combination, ulong seed, MatrixKeys keys, IDiffieHellman diffieHellman)
    {
        var run = new MatrixRun(combination, seed, keys, diffieHellman);
        run.Connect();
        return run.Judge();
    }

    private void Connect()
    {
        (initiators, var effects) = initiator.Step(initiators, Instant.Zero, new Input.Connect(Name, Name));
        var flying = new Queue<Effect.Send>();
        Take(effects, flying);
        while (flying.TryDequeue(out var sent))
        {
            Count(sent.Datagram);
            if (network.IsForInitiator(sent.Remote))
            {
                (initiators, effects) = initiator.Step(initiators, Instant.Zero, network.Carry(sent));
            }
            else
            {
                (responders, effects) = responder.Step(responders, Instant.Zero, network.Carry(sent));
            }

            Take(effects, flying);
        }
    }

    /// <summary>Fragments of a message are one; none is too long once the peer has said that it gathers them.</summary>
    private void Count(Octets datagram)
    {
        var isFragment = datagram.Span[16] == (byte)PayloadType.Fragment;
        messages += isFragment && datagram.Span[Header.Size + 6] > 1 ? 0 : 1;
        isTooLong |= combination.HasFragments && messages > 2 && datagram.Length > Size;
    }

    private void Take(IEnumerable<Effect> effects, Queue<Effect.Send> flying)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Effect.Send send:
                    flying.Enqueue(send);
                    break;
                case Effect.Rejected rejected:
                    refusals.Add($"{rejected.Why.Kind}: {rejected.Why.Reason}");
                    break;
                default:
                    break;
            }
        }
    }

    private string? Judge()
    {
        if (refusals.Count > 0)
        {
            return string.Join("; ", refusals);
        }

        if (initiators.Isakmp.Values.SingleOrDefault() is not { Phase1: { Step: Phase1Step.Established } i }
            || responders.Isakmp.Values.SingleOrDefault() is not { Phase1: { Step: Phase1Step.Established } r })
        {
            return "no ISAKMP SA at both ends";
        }

        if (initiators.Pairs.Values.SingleOrDefault() is not { } a || responders.Pairs.Values.SingleOrDefault() is not { } b)
        {
            return "no pair of IPsec SAs at both ends";
        }

        var nat = combination["nat"] is "initiator" or "responder";
        (bool Wrong, string Words)[] demands =
        [
            (i.Keys != r.Keys, "the keys of phase 1 differ"),
            (i.PeerIdentity?.Body != Identity(2).Body || r.PeerIdentity?.Body != Identity(1).Body, "wrong identity"),
            ((a.Spi, a.PeerSpi) != (b.PeerSpi, b.Spi), "the SPIs differ"),
            (!a.Inbound.Equals(b.Outbound) || !a.Outbound.Equals(b.Inbound), "KEYMAT differs"),
            (a.Inbound.Length != a.Suite.KeymatLength, "KEYMAT has the wrong length"),
            (a.Suite.Name != Esp().Name || i.Suite!.Name != Phase1().Name, "another suite was chosen"),
            ((a.Suite.Mode == EncapsulationMode.UdpEncapsulatedTunnel) != nat, "UDP encapsulation does not fit the NAT"),
            ((a.Remote.Port == 4500) != nat, "the wrong port"),
            (isTooLong, $"a datagram of more than {Size} octets"),
            (messages != (combination.IsMain ? 9 : 6), $"{messages} messages"),
        ];
        return demands.FirstOrDefault(d => d.Wrong).Words;
    }

    private EndpointSetup Setup(int own, ulong seed, MatrixKeys keys, IDiffieHellman diffieHellman)
    {
        var (identity, method) = (combination["identity"], AuthenticationNames.Of(combination.Auth));
        var peer = 3 - own;
        IPEndPoint At(int n, int port) => new(MatrixIdentities.Address(identity, n), port);
        IdentificationPayload Net(int n) => Selector.ToPayload(new IPAddress([10, (byte)n, 0, 0]), 16);
        var connection = new Connection(Name, new IPEndPoint(network.Outside(At(peer, 500)).Address, 500),
            method == AuthenticationMethod.PreSharedKey ? PreSharedKey : null, Identity(own), Identity(peer), [Phase1()],
            [new ChildPolicy(Name, Net(own), Net(peer), [Esp()])], combination["nat"] != "off")
        {
            Mode = combination.IsMain ? ExchangeType.MainMode : ExchangeType.Aggressive,
            PublicKeys = keys.Terms(own, method, identity),
            Fragmentation = combination.HasFragments ? new FragmentationPolicy { Size = Size } : null,
        };
        var name = own == 1 ? "initiator" : "responder";
        return new EndpointSetup(
            name, At(own, 500), At(own, 4500), [connection], new MatrixRandomness(seed, name, combination.Run))
        {
            DiffieHellman = diffieHellman,
            UnixSecondsAtZero = MatrixKeys.UnixSeconds,
        };
    }

    private IdentificationPayload Identity(int n) => MatrixIdentities.Of(combination["identity"], n);

    private Phase1Suite Phase1()
    {
        var (cipher, hash, group) = (combination["cipher"], combination["hash"], combination["group"]);
        return SuiteNames.Phase1($"{cipher}-{hash}-{group}", 28800, AuthenticationNames.Of(combination.Auth))!;
    }

    private EspSuite Esp()
        => BuiltInEsp.Suite(combination["cipher"], combination["hash"], combination["group"], combination.HasPfs);
}
