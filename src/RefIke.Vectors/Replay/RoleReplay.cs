using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Vectors.Making;
using RefIke.Wire;

namespace RefIke.Vectors.Replay;

/// <summary>
/// One role's run through a vector's orders and the other role's datagrams, by RefIke's whole endpoint. Every datagram
/// of the role is the recorded one, octet for octet; the phase 1 keys, and KEYMAT and SPIs of every pair are; every
/// recorded random octet was asked for; nothing was refused but what the vector says.
/// </summary>
internal sealed class RoleReplay
{
    private readonly VectorFile vector;
    private readonly Role role;
    private readonly Func<EndpointState, Instant, Input, (EndpointState, ImmutableArray<Effect>)> step;
    private readonly FaultList faults = new();
    private readonly RecordedRandomness randomness;
    private readonly Queue<Effect.Send> sent = [];
    private readonly List<Effect> told = [];
    private EndpointState state = EndpointState.Empty;
    private Instant now;

    /// <param name="change">What is otherwise in the role's endpoint; null for nothing.</param>
    /// <param name="around">What is otherwise in its steps.</param>
    public RoleReplay(VectorFile vector, Role role, Func<EndpointSetup, EndpointSetup>? change = null,
        Func<Func<EndpointState, Instant, Input, (EndpointState, ImmutableArray<Effect>)>,
            Func<EndpointState, Instant, Input, (EndpointState, ImmutableArray<Effect>)>>? around = null)
    {
        (this.vector, this.role) = (vector, role);
        randomness = new RecordedRandomness(vector.Inputs.Of(role));
        var setup = Setups.Of(vector.Inputs, role, randomness);
        var endpoint = new Endpoint(change?.Invoke(setup) ?? setup);
        step = around?.Invoke(endpoint.Step) ?? endpoint.Step;
    }

    /// <summary>What did not come out as recorded; the first that stops the run is the last.</summary>
    public ImmutableArray<string> Run()
    {
        try
        {
            Play();
            Judge();
        }
        catch (ReplayException e)
        {
            faults.Add(e.Message);
        }

        return [.. faults.All.Select(f => $"as {role}: {f}")];
    }

    private void Judge()
    {
        foreach (var draw in randomness.Left)
        {
            faults.Add($"{draw.Purpose} of {draw.Exchange} was not asked for");
        }

        var refusals = vector.QuickModes.Count(q => q.HASH_3 is null && q.From != role);
        var rejected = told.OfType<Effect.Rejected>().ToArray();
        faults.Holds(rejected.Length == refusals, $"{rejected.Length} refusals ({rejected.FirstOrDefault()?.Why.Reason})");
        if (told.OfType<Effect.IsakmpEstablished>().ToArray() is not [var isakmp])
        {
            throw new ReplayException("no ISAKMP SA");
        }

        JudgePhase1(isakmp.Phase1);
        foreach (var q in vector.QuickModes)
        {
            JudgePairs(q);
        }
    }

    private void JudgePhase1(Phase1State phase1)
    {
        var (k, p) = (phase1.Keys!, vector.Phase1);
        faults.Equal("SKEYID", p.SKEYID, k.SKEYID);
        faults.Equal("SKEYID_d", p.SKEYID_d, k.SKEYID_d);
        faults.Equal("SKEYID_a", p.SKEYID_a, k.SKEYID_a);
        faults.Equal("SKEYID_e", p.SKEYID_e, k.SKEYID_e);
        faults.Equal("Ka", p.Ka, k.Ka);
        faults.Equal("the last block of phase 1", p.LastBlock, phase1.Iv);
        faults.Equal("the peer's identity", role == Role.Initiator ? p.IDir_b : p.IDii_b, phase1.PeerIdentity?.Body);
    }

    private void JudgePairs(QuickModeValues q)
    {
        AgreedSa[] had = [.. told.OfType<Effect.PairEstablished>().Select(e => e.Pair)
            .Where(p => p.Exchange.M_ID == q.M_ID).OrderBy(p => p.Sa).SelectMany(p => p.Bundle)];
        ProtocolValues[] agreed = q.HASH_3 is null ? [] : [.. q.Protocols];
        if (had.Length != agreed.Length)
        {
            throw new ReplayException($"Quick Mode {q.M_ID:x8} has made {had.Length} SAs, not {agreed.Length}");
        }

        foreach (var (p, sa) in agreed.Zip(had))
        {
            var what = $"Quick Mode {q.M_ID:x8}'s {p.Protocol}";
            var (own, peer) = q.From == role ? (p.SPI_i, p.SPI_r) : (p.SPI_r!.Value, p.SPI_i);
            var (inbound, outbound) = q.From == role ? (p.KEYMAT_i, p.KEYMAT_r) : (p.KEYMAT_r, p.KEYMAT_i);
            faults.Equal($"{what} SPI here", own, OwnSpis.Field(p.Protocol, sa.OwnSpi));
            faults.Equal($"{what} SPI there", peer, OwnSpis.Field(p.Protocol, sa.PeerSpi));
            faults.Equal($"{what} KEYMAT inbound", inbound ?? Octets.Empty, sa.Inbound);
            faults.Equal($"{what} KEYMAT outbound", outbound ?? Octets.Empty, sa.Outbound);
            var suite = (sa.Suite.Name, sa.Suite.Mode, sa.Suite.LifeSeconds, sa.Suite.LifeKilobytes);
            faults.Holds((p.Suite, p.Mode, p.LifeSeconds, p.LifeKilobytes) == suite, $"{what} is {suite}");
        }
    }

    private void Play()
    {
        for (var n = 0; n <= vector.Messages.Length; n++)
        {
            foreach (var order in vector.Inputs.Orders.Where(o => o.AfterMessage == n && o.By == role))
            {
                RunTo(order.At);
                Do(order.ToInput(state));
            }

            if (n < vector.Messages.Length)
            {
                Take(vector.Messages[n]);
            }
        }

        faults.Holds(sent.Count == 0, $"{sent.Count} more datagrams were sent");
    }

    private void Take(Datagram message)
    {
        RunTo(message.At);
        if (message.From != role)
        {
            var local = Setups.At(vector.Inputs.Of(role), message.Port);
            var remote = message.ArrivedFrom is { } seen
                ? IPEndPoint.Parse(seen)
                : Setups.At(vector.Inputs.Of(message.From), message.Port);
            Do(new Input.DatagramArrived(local, remote, message.Octets));
            return;
        }

        if (!sent.TryDequeue(out var own))
        {
            var why = told.OfType<Effect.Rejected>().LastOrDefault() is { } last ? $": {last.Why.Reason}" : "";
            throw new ReplayException($"message {message.Number} was not sent{why}");
        }

        if (own.Datagram != message.Octets)
        {
            throw new ReplayException(
                $"message {message.Number} is [{own.Datagram.ToHex()}], not [{message.Octets.ToHex()}]");
        }

        var to = message.SentTo is { } place
            ? IPEndPoint.Parse(place)
            : Setups.At(vector.Inputs.Other(role), message.Port);
        faults.Holds(own.Remote.Equals(to) && own.Local.Port == message.Port,
            $"message {message.Number} goes from port {own.Local.Port} to {own.Remote}");
    }

    private void RunTo(long at)
    {
        while (state.NextTimer is { } next && next.Due.Milliseconds <= at)
        {
            now = next.Due;
            Do(new Input.TimerFired(next.Timer));
        }

        now = new Instant(at);
    }

    private void Do(Input input)
    {
        (state, var effects) = step(state, now, input);
        told.AddRange(effects);
        foreach (var own in effects.OfType<Effect.Send>())
        {
            sent.Enqueue(own);
        }
    }
}
