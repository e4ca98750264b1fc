using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges.Phase2;
using RefIke.Properties.Engine;
using RefIke.Properties.Engine.Phase1;
using RefIke.Wire;
using static RefIke.Properties.Engine.RemoteAccess.AccessSetups;

namespace RefIke.Properties.Fuzzing;

/// <summary>
/// A life of two honest endpoints, recorded: every datagram as it arrived, and each state that either end was in. What
/// is recorded is what a fuzzer mutates, and where it begins.
/// </summary>
internal sealed class Life
{
    private const int PortShift = 10_000;

    private readonly Pair pair;
    private readonly bool behindNat;
    private readonly List<(Side To, Input.DatagramArrived Arrived)> arrivals = [];
    private readonly List<Moment> moments = [];

    private Life(string name, Pair pair, bool behindNat, Action<Life> story)
    {
        (Name, this.pair, this.behindNat) = (name, pair, behindNat);
        Note(pair.A);
        Note(pair.B);
        story(this);
        Targets = [.. moments.Select(Target).DistinctBy(t => t.Label)];
    }

    /// <summary>
    /// The lives: with and without NAT traversal, PFS, curves, the Commit bit, dead peer detection and fragments, a user
    /// and an address that is assigned, and those in which phase 1 or Quick Mode is refused.
    /// </summary>
    public static ImmutableArray<Life> All { get; } =
    [
        new("plain", new Pair("aes128-sha1-modp768", "aes128-sha1"), false, Whole),
        new("NAT and PFS", new Pair("3des-md5-modp768", "3des-md5-modp768", natTraversal: true), true, Whole),
        new("curve", new Pair("aes256-sha256-ecp256", "aes256-sha256-ecp256,aes128-sha1-ecp256"), false, Whole),
        new("Commit bit", new Pair("aes128-sha1-modp768", "aes128-sha1", both: Committing), false, Whole),
        new("profiles", new Pair("aes128-sha1-modp768", "aes128-sha1-modp768", natTraversal: true, both: Profiled), true, Whole),
        new("user and address", new Pair("aes128-sha1-modp768", "aes128-sha1", changeA: s => GetsAddress(Host(s)),
            changeB: s => GivesAddress(Edge(s))), false, Whole),
        new("phase 1 refused", new Pair("aes128-sha1-modp768", peerPhase1: "aes256-sha1-modp768"), false, Begun),
        new("Quick Mode refused", new Pair("des-md5-modp768", "aes128-sha1", peerEsp: "3des-md5"), false, Begun),
    ];

    private sealed record Moment(
        Side Of, EndpointState State, EndpointState Peer, Instant Now, int Arrivals, bool Quiet);

    public string Name { get; }

    /// <summary>Each state that an end was in, once.</summary>
    public ImmutableArray<Target> Targets { get; }

    /// <summary>All that was sent, in both directions.</summary>
    public IEnumerable<Octets> Datagrams => arrivals.Select(a => a.Arrived.Datagram);

    /// <summary>Whether it is encrypted, or may be a part of what is: a fragment's own header never says so.</summary>
    public static bool IsEncrypted(Octets datagram)
        => (datagram.Span[19] & 1) != 0 || datagram.Span[16] == (byte)PayloadType.Fragment;

    /// <summary>What a datagram is when it has passed the network. A NAT before A shifts A's ports.</summary>
    public Input.DatagramArrived Carry(Effect.Send sent)
    {
        var (local, remote) = (sent.Remote, sent.Local);
        if (behindNat && remote.Address.Equals(pair.A.Endpoint.Setup.Local.Address))
        {
            remote = new IPEndPoint(remote.Address, remote.Port + PortShift);
        }
        else if (behindNat)
        {
            local = new IPEndPoint(local.Address, local.Port - PortShift);
        }

        return new Input.DatagramArrived(local, remote, sent.Datagram);
    }

    private static EndpointSetup Committing(EndpointSetup setup) => setup.With(
        c => c with { Children = [.. c.Children.Select(child => child with { CommitBit = true })] });

    private static EndpointSetup Profiled(EndpointSetup setup) => setup.With(
        c => c with { DeadPeer = new DeadPeerPolicy(), Fragmentation = new FragmentationPolicy { Size = 200 } });

    private static void Begun(Life life)
    {
        life.Order(life.pair.A, new Input.Connect("t", "c"));
        life.Settle();
    }

    /// <summary>
    /// Set-up, a rekey by either end, one by both at once, a renewed ISAKMP SA, Deletes of a pair and of an ISAKMP SA.
    /// </summary>
    private static void Whole(Life life)
    {
        var (a, b) = (life.pair.A, life.pair.B);
        Begun(life);
        foreach (var ends in (Side[][])[[a], [b], [a, b]])
        {
            life.Wait(100_000);
            foreach (var end in ends)
            {
                life.Order(end, new Input.Rekey(Newest(end)));
            }

            life.Settle();
        }

        (Side, long, Func<Input>)[] orders =
        [
            (b, 0, () => new Input.DeletePair(Newest(b))),
            (a, 0, () => new Input.Connect("t", "c")),
            (a, 0, () => new Input.Renew(a.State.Isakmp.Values.Single().Own)),
            (b, 40_000, () => new Input.Rekey(Newest(b))),
            (a, 0, () => new Input.DeleteIsakmp(a.State.Isakmp.Values.MaxBy(e => e.Established)!.Own)),
        ];
        foreach (var (end, wait, order) in orders)
        {
            life.Wait(wait);
            life.Order(end, order());
            life.Settle();
        }
    }

    private static uint Newest(Side end) => end.State.Sending("t", "c")!.Spi;

    private void Order(Side end, Input input)
    {
        pair.Do(end, input);
        Note(end);
    }

    private void Settle()
    {
        while (pair.Flying.Count > 0)
        {
            var arrived = Carry(pair.Flying[0]);
            var to = arrived.Local.Address.Equals(pair.A.Endpoint.Setup.Local.Address) ? pair.A : pair.B;
            pair.Flying.RemoveAt(0);
            arrivals.Add((to, arrived));
            Order(to, arrived);
        }
    }

    private void Wait(long milliseconds)
    {
        var end = pair.Now.After(milliseconds);
        foreach (var side in (Side[])[pair.A, pair.B])
        {
            while (side.State.NextTimer is { } next && next.Due <= end)
            {
                pair.Now = next.Due > pair.Now ? next.Due : pair.Now;
                Order(side, new Input.TimerFired(next.Timer));
                Settle();
            }
        }

        pair.Now = end;
    }

    private void Note(Side of)
    {
        var peer = of == pair.A ? pair.B : pair.A;
        moments.Add(new Moment(of, of.State, peer.State, pair.Now, arrivals.Count, pair.Flying.Count == 0));
    }

    private Target Target(Moment m)
    {
        var (name, peer) = m.Of == pair.A ? ("A", pair.B) : ("B", pair.A);
        var label = $"{Name}, {name}: {Label(m.State)}";
        var later = arrivals.Skip(m.Arrivals).Select(x => x.Arrived.Datagram).Where(IsEncrypted);
        var open = m.State.QuickModes.Values.Concat(m.Peer.QuickModes.Values)
            .Any(q => q.State.Step is QuickModeStep.AwaitHash2 or QuickModeStep.AwaitHash3);
        return new Target(this, label, m.Of.Endpoint.Setup, m.State, m.Now, [.. later])
        {
            Peer = (peer.Endpoint.Setup, m.Peer),
            CanRekey = m.Quiet && !open && m.State.Sending("t", "c") is { } p && m.Peer.Pairs.ContainsKey(p.PeerSpi)
                && m.State.Isakmp.Values.Any(e => e.Established is not null),
        };
    }

    private static string Label(EndpointState state)
    {
        var phase1 = state.Isakmp.Values.Select(
            e => $"{e.Phase1.Role} {e.Phase1.Step}{(e.Hint is null ? "" : " hint")}");
        var phase2 = state.QuickModes.Values.Select(q => $"QM {q.State.Role} {q.State.Step}");
        var access = state.Isakmp.Values.Where(e => e.Access is not null).Select(e => $"{e.Access!.Step}")
            .Concat(state.Transactions.Values.Select(t => $"{t.State.Role} {t.State.Step}"));
        var fragments = state.Fragments.Values.Select(f => $"{f.Parts.Count} fragments");
        var pairs = state.Pairs.Values.Select(p => p.Rekeying ? "pair rekeying" : $"{p.Standing} pair");
        return string.Join(", ", phase1.Concat(phase2).Concat(access).Concat(fragments).Concat(pairs).Order(StringComparer.Ordinal));
    }
}

/// <summary>An endpoint in one state of a life, at which datagrams are thrown.</summary>
/// <param name="Pending">What either end sends under keys later in that life: it may be obeyed.</param>
internal sealed record Target(
    Life Life, string Label, EndpointSetup Setup, EndpointState State, Instant Now, ImmutableArray<Octets> Pending)
{
    /// <summary>The honest peer at the same moment.</summary>
    public required (EndpointSetup Setup, EndpointState State) Peer { get; init; }

    /// <summary>Whether both ends are at rest with a pair, so that a rekey must succeed.</summary>
    public required bool CanRekey { get; init; }
}
