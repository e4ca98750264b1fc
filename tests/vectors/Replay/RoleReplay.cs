using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exploration.Mutants;
using RefIke.Vectors.Making;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// One role's run through a vector's orders and the other role's datagrams, with a fault in the role if one is seeded.
/// </summary>
internal sealed class RoleReplay
{
    private readonly VectorFile vector;
    private readonly Role role;
    private readonly Step step;
    private readonly IPAddress peer;
    private readonly RecordedRandomness randomness;
    private readonly Queue<Effect.Send> sent = [];
    private EndpointState state = EndpointState.Empty;
    private Instant now;

    public RoleReplay(VectorFile vector, Role role, Mutant? fault = null)
    {
        (this.vector, this.role) = (vector, role);
        randomness = new RecordedRandomness(vector.Inputs.Of(role));
        var setup = Setups.Of(vector.Inputs, role, randomness);
        Step honest = new Endpoint(fault?.Change(setup) ?? setup).Step;
        step = fault?.Around(honest) ?? honest;
        peer = IPAddress.Parse(vector.Inputs.Of(role == Role.Initiator ? Role.Responder : Role.Initiator).Address);
    }

    private List<Effect> Told { get; } = [];

    /// <summary>
    /// Every datagram of this role is the recorded one, octet for octet; the phase 1 keys, and KEYMAT and SPIs of every
    /// pair are; every recorded random octet was asked for; nothing was refused but what the vector says.
    /// </summary>
    public void RunAndCheck()
    {
        Run();
        Assert.Empty(randomness.Left);
        Assert.Equal(vector.QuickModes.Count(q => q.HASH_3 is null && q.From != role),
            Told.Count(e => e is Effect.Rejected));
        CheckPhase1(Assert.Single(Told.OfType<Effect.IsakmpEstablished>()).Phase1);
        var pairs = Told.OfType<Effect.PairEstablished>().ToDictionary(e => e.Pair.Exchange.M_ID, e => e.Pair);
        QuickModeValues[] agreed = [.. vector.QuickModes.Where(q => q.HASH_3 is not null)];
        Assert.Equal(agreed.Select(q => q.M_ID).Order(), pairs.Keys.Order());
        Assert.All(agreed, q => CheckPair(q, pairs[q.M_ID]));
    }

    private void CheckPhase1(Phase1State phase1)
    {
        var (k, p) = (phase1.Keys!, vector.Phase1);
        Assert.Equal(
            [p.SKEYID, p.SKEYID_d, p.SKEYID_a, p.SKEYID_e, p.Ka, p.LastBlock],
            [Octets(k.SKEYID), Octets(k.SKEYID_d), Octets(k.SKEYID_a), Octets(k.SKEYID_e), Octets(k.Ka), phase1.Iv]);
    }

    private void CheckPair(QuickModeValues q, IpsecPair pair)
    {
        var (i, r) = ((q.SPI_i, q.KEYMAT_i!.Value), (q.SPI_r!.Value, q.KEYMAT_r!.Value));
        var (inbound, outbound) = ((Spi(pair.Spi), Octets(pair.Inbound)), (Spi(pair.PeerSpi), Octets(pair.Outbound)));
        Assert.Equal(q.From == role ? (i, r) : (r, i), (inbound, outbound));
        Assert.Equal((q.Suite, q.LifeSeconds), (pair.Suite.Name, pair.Suite.LifeSeconds));
    }

    private void Run()
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

        Assert.Empty(sent);
    }

    private void Take(Datagram message)
    {
        RunTo(message.At);
        if (message.From != role)
        {
            var local = Setups.At(vector.Inputs.Of(role), message.Port);
            Do(new Input.DatagramArrived(local, new IPEndPoint(peer, message.Port), message.Octets));
            return;
        }

        Assert.True(sent.TryDequeue(out var own), $"message {message.Number} was not sent");
        Assert.Equal((message.Octets.ToHex(), message.Port, new IPEndPoint(peer, message.Port)),
            (own.Datagram.ToHex(), (ushort)own.Local.Port, own.Remote));
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
        Told.AddRange(effects);
        foreach (var own in effects.OfType<Effect.Send>())
        {
            sent.Enqueue(own);
        }
    }

    private static Octets Octets(Secret secret) => secret.Reveal().ToArray();

    private static Octets Spi(uint spi) => Wire.Octets.FromHex($"{spi:x8}");
}
