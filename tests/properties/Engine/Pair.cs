using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Worlds;
using RefIke.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine;

/// <summary>Two endpoints, a fault in one if it is <see cref="Seeded"/>, and what lies between them: datagrams in flight, a clock, everything that was told.</summary>
internal sealed class Pair
{
    public static readonly string Repository = RowFile.FindRepository(AppContext.BaseDirectory)!;

    private static readonly IDiffieHellman Dh = new MemoisedDiffieHellman(DiffieHellman.Best);

    /// <summary>More datagrams than any exchange has, lost ones included.</summary>
    private const int Endless = 5_000;

    public Pair(string phase1 = "aes128-sha1-modp1024", string esp = "aes128-sha1", string? peerPhase1 = null, string? peerEsp = null,
        string peerSecret = "secret", ulong seed = 1, bool natTraversal = false, ulong life = 3600,
        IDiffieHellman? diffieHellman = null, ulong isakmpLife = 28800,
        Func<EndpointSetup, EndpointSetup>? changeA = null, Func<EndpointSetup, EndpointSetup>? changeB = null,
        Func<EndpointSetup, EndpointSetup>? both = null)
    {
        var a = Setup("A", 1, 2, phase1, esp, "secret", seed, natTraversal, life, isakmpLife) with { DiffieHellman = diffieHellman ?? Dh };
        a = both?.Invoke(a) ?? a;
        a = changeA?.Invoke(a) ?? a;
        A = Seeded.End(a, false);
        var b = Setup("B", 2, 1, peerPhase1 ?? phase1, peerEsp ?? esp, peerSecret, seed, natTraversal, life, isakmpLife);
        b = both?.Invoke(b) ?? b;
        B = Seeded.End(changeB?.Invoke(b) ?? b, true);
    }

    public Side A { get; }

    public Side B { get; }

    public Instant Now { get; set; }

    public List<Effect.Send> Flying { get; } = [];

    public static EndpointSetup Setup(
        string name, int own, int peer, string phase1, string esp, string secret, ulong seed, bool natTraversal, ulong life,
        ulong isakmpLife = 28800)
    {
        IPAddress Ip(int n) => new([10, 77, 0, (byte)n]);
        IdentificationPayload Host(int n) => Selector.ToPayload(Ip(n), 32);
        IdentificationPayload Net(int n) => Selector.ToPayload(new IPAddress([10, 77, (byte)n, 0]), 24);
        var connection = new Connection("t", new IPEndPoint(Ip(peer), 500), Secret.Of(System.Text.Encoding.UTF8.GetBytes(secret)),
            Host(own), Host(peer), [.. phase1.Split(',').Select(s => SuiteNames.Phase1(s, isakmpLife)!)],
            [new ChildPolicy("c", Net(own), Net(peer), [.. esp.Split(',').Select(s => SuiteNames.Esp(s, life)!)])], natTraversal);
        return new EndpointSetup(name, new IPEndPoint(Ip(own), 500), new IPEndPoint(Ip(own), 4500), [connection],
            new NamedRandomness(seed, name))
        { DiffieHellman = Dh };
    }

    public void Do(Side side, Input input)
    {
        var (state, effects) = side.Step(side.State, Now, input);
        side.State = state;
        side.Told.AddRange(effects);
        Flying.AddRange(effects.OfType<Effect.Send>());
    }

    public void Deliver(Effect.Send datagram)
        => Deliver(datagram, datagram.Remote.Address.Equals(A.Endpoint.Setup.Local.Address) ? A : B);

    public void Deliver(Effect.Send datagram, Side to)
        => Do(to, new Input.DatagramArrived(datagram.Remote, datagram.Local, datagram.Datagram));

    /// <summary>Delivers what was sent first of all that flies.</summary>
    public Effect.Send DeliverNext()
    {
        var next = Flying[0];
        Flying.RemoveAt(0);
        Deliver(next);
        return next;
    }

    /// <summary>Delivers everything in order until nothing flies; <paramref name="lose"/> says which are lost, by their number.</summary>
    public void Settle(Func<int, bool>? lose = null)
    {
        for (var n = 0; Flying.Count > 0; n++)
        {
            Assert.True(n < Endless, "two ends answer each other without end");
            var next = Flying[0];
            Flying.RemoveAt(0);
            if (lose?.Invoke(n) != true)
            {
                Deliver(next);
            }
        }
    }

    /// <summary>Lets the clock run, firing due timers and delivering what they send.</summary>
    public void Run(long milliseconds)
    {
        var end = Now.After(milliseconds);
        while (true)
        {
            var next = new[] { A, B }.Select(s => (Side: s, Timer: s.State.NextTimer)).Where(x => x.Timer is not null)
                .OrderBy(x => x.Timer!.Value.Due).FirstOrDefault();
            if (next.Side is null || next.Timer!.Value.Due > end)
            {
                break;
            }

            Now = next.Timer.Value.Due > Now ? next.Timer.Value.Due : Now;
            Do(next.Side, new Input.TimerFired(next.Timer.Value.Timer));
            Settle();
        }

        Now = end;
    }

    public void Connect(Side side) => Do(side, new Input.Connect("t", "c"));

    /// <summary>What the tables say of both traces: null where they accept them.</summary>
    public string? TraceFault()
    {
        var judge = new TraceAcceptance(RowFile.ReadAll(Repository));
        return new[] { A, B }.Select(s => judge.FirstFault(s.Trace)).FirstOrDefault(f => f is not null);
    }
}

/// <summary>One endpoint, its state, and what it told.</summary>
internal sealed class Side(Endpoint endpoint, Mutant? fault = null)
{
    public Step Step { get; } = fault?.Around(endpoint.Step) ?? endpoint.Step;

    public Endpoint Endpoint { get; } = endpoint;

    public EndpointState State { get; set; } = EndpointState.Empty;

    public List<Effect> Told { get; } = [];

    public IEnumerable<IpsecPair> Pairs => State.Pairs.Values;

    public IEnumerable<TraceStep> Trace => Told.OfType<Effect.Traced>().Select(t => new TraceStep(
        $"{(t.Exchange.M_ID == 0 ? $"{t.Exchange.CKY_I}" : t.Exchange.ToString())}", t.Entry.Exchange, t.Entry.Role, t.Entry.State,
        t.Entry.Event, t.Entry.Guard, t.Entry.Next, t.Entry.Sends));
}
