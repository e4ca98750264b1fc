using System.Collections.Immutable;
using RefIke.Engine.Profiles;
using RefIke.Engine.Steps;
using RefIke.Exchanges;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;

namespace RefIke.Engine;

/// <summary>
/// IKE without input or output: a function from (state, time, input) to (state, effects). It owns no socket, clock, thread or
/// randomness; two calls with the same arguments give the same octets.
/// </summary>
/// <remarks>One instance a thread: its machines are kept and reused. The state is the caller's.</remarks>
public sealed class Endpoint
{
    /// <summary>An endpoint with its machines configured.</summary>
    public Endpoint(EndpointSetup setup)
    {
        Setup = setup;
        Means = new ExchangeMeans(setup.Formulas, setup.DiffieHellman, setup.Randomness, setup.Wiring)
        {
            Encryption = setup.Encryption,
            RevisedFormulas = setup.RevisedFormulas,
            PeerCertificates = setup.PeerCertificates,
            OwnSignatures = setup.OwnSignatures,
        };
        Phase1 = new Phase1Methods(Means);
        QuickMode = new QuickMode(Means);
        NewGroupMode = new NewGroupExchange(Means);
        Informational = new Informational(Means);
        Transaction = new Transaction(Means);
    }

    /// <summary>What is fixed for its life.</summary>
    public EndpointSetup Setup { get; }

    /// <summary>The machines of phase 1, by mode and authentication method.</summary>
    public Phase1Methods Phase1 { get; }

    /// <summary>Quick Mode's machines.</summary>
    public QuickMode QuickMode { get; }

    /// <summary>New Group Mode's machines.</summary>
    public NewGroupExchange NewGroupMode { get; }

    /// <summary>The Informational exchange's machines.</summary>
    public Informational Informational { get; }

    /// <summary>The Transaction exchange's machines, of Mode Config and XAUTH.</summary>
    public Transaction Transaction { get; }

    internal ExchangeMeans Means { get; }

    /// <summary>One step. Whatever a peer sends, it returns; a fault of the peer's is an effect <see cref="Effect.Rejected"/>.</summary>
    public (EndpointState State, ImmutableArray<Effect> Effects) Step(EndpointState state, Instant now, Input input)
    {
        var work = new Work(this, state, now);
        switch (input)
        {
            case Input.DatagramArrived d:
                Routing.Take(work, d.Local, d.Remote, d.Datagram);
                break;
            case Input.TimerFired t when state.Timers.ContainsKey(t.Timer):
                Timers.Fire(work, t.Timer);
                break;
            case Input.Connect c:
                Initiation.Connect(work, c.Connection, c.Child, null);
                break;
            case Input.Rekey r:
                Rekeying.Rekey(work, r.Spi);
                break;
            case Input.Renew r:
                Renewal.Renew(work, r.OwnCookie);
                break;
            case Input.Carried c:
                Lifetimes.Carried(work, c.Spi, c.Octets);
                break;
            case Input.NewGroup g:
                NewGroups.Initiate(work, g);
                break;
            case Input.DeletePair d:
                Deletion.DeletePair(work, d.Spi, "owner's order");
                break;
            case Input.DeleteIsakmp d:
                Deletion.DeleteIsakmp(work, d.OwnCookie, "owner's order");
                break;
            case Input.TrafficSeen t when state.Pairs.TryGetValue(t.Spi, out var pair):
                DeadPeers.TrafficSeen(work, pair);
                break;
            default:
                break;
        }

        Fragments.Cut(work);
        return (work.State, work.Effects.ToImmutable());
    }
}
