using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Exploration.Worlds;
using RefIke.Wire;

namespace RefIke.Exploration.Mutants;

/// <summary>
/// What follows of a datagram that was changed between an endpoint and the network: the endpoint goes on as if it had received or
/// sent what its peer has.
/// </summary>
internal static class Pretence
{
    /// <summary>A message of ours has other octets than the step gave it: the ones to send again, and where the next IV comes from.</summary>
    public static EndpointState Sent(EndpointState after, Octets made, Octets written)
    {
        var (oldSa, newSa) = (Letter.FirstSa(made), Letter.FirstSa(written));
        return Map(after,
            r => r.LastSent == made ? r with { LastSent = written } : r,
            p => IsEncrypted(made) && p.Suite is { Cipher.BlockLength: var block } && p.Iv == Letter.LastBlock(made, block)
                ? p with { Iv = Letter.LastBlock(written, block) }
                : oldSa is { } o && newSa is { } n && p is { Role: Exchanges.Role.Initiator, SAi_b: var body } && body == o ? p with { SAi_b = n } : p,
            (iv, block) => IsEncrypted(made) && iv == Letter.LastBlock(made, block) ? Letter.LastBlock(written, block) : iv);
    }

    /// <summary>
    /// The step was given other octets than the peer has sent: copies are known by the real ones, the peer's SA is hashed as it was,
    /// and the answer goes on from the peer's last block.
    /// </summary>
    public static (EndpointState, ImmutableArray<Effect>) Received(
        EndpointState before, EndpointState after, ImmutableArray<Effect> effects, Octets taken, Octets real)
    {
        var (oldSa, newSa) = (Letter.FirstSa(taken), Letter.FirstSa(real));
        after = Map(after,
            r => r.LastReceived == taken ? r with { LastReceived = real } : r,
            p => oldSa is { } o && newSa is { } n && p is { Role: Exchanges.Role.Responder, SAi_b: var body } && body == o ? p with { SAi_b = n } : p,
            (iv, _) => iv);
        if (!IsEncrypted(taken) || !IsEncrypted(real))
        {
            return (after, effects);
        }

        foreach (var send in effects.OfType<Effect.Send>().Where(s => !s.IsResend))
        {
            if (Resealed(send.Datagram, [after, before], taken, real) is { } written)
            {
                effects = effects.Replace(send, send with { Datagram = written });
                after = Sent(after, send.Datagram, written);
            }
        }

        return (Map(after, r => r,
            p => p.Suite is { Cipher.BlockLength: var block } && p.Iv == Letter.LastBlock(taken, block)
                ? p with { Iv = Letter.LastBlock(real, block) } : p,
            (iv, block) => iv == Letter.LastBlock(taken, block) ? Letter.LastBlock(real, block) : iv), effects);
    }

    /// <summary>An answer that goes on from the last block of one datagram, going on from that of another.</summary>
    private static Octets? Resealed(Octets datagram, ImmutableArray<EndpointState> states, Octets from, Octets to)
        => Letter.Open(datagram, states, from) is { Under: { } under } letter
            && under.Iv == Letter.LastBlock(from, under.Iv.Length)
            ? (Octets?)(letter with { Under = under with { Iv = Letter.LastBlock(to, under.Iv.Length) } }).Write() : null;

    private static bool IsEncrypted(Octets datagram) => datagram.Length > Header.Size && (datagram.Span[19] & 1) != 0;

    /// <summary>The state with what it keeps of datagrams changed, wherever it is kept.</summary>
    private static EndpointState Map(
        EndpointState s, Func<Resending, Resending> resending, Func<Phase1State, Phase1State> phase1, Func<Octets, int, Octets> iv) => s with
        {
            Isakmp = s.Isakmp.ToImmutableSortedDictionary(e => e.Key,
            e => e.Value with { Phase1 = phase1(e.Value.Phase1), Resending = resending(e.Value.Resending) }),
            QuickModes = s.QuickModes.ToImmutableSortedDictionary(e => e.Key, e => e.Value with
            {
                Resending = resending(e.Value.Resending),
                State = e.Value.State with { Phase1 = phase1(e.Value.State.Phase1), Iv = iv(e.Value.State.Iv, Block(e.Value.State.Phase1)) },
            }),
            NewGroups = s.NewGroups.ToImmutableSortedDictionary(e => e.Key, e => e.Value with
            {
                Resending = resending(e.Value.Resending),
                State = e.Value.State with { Phase1 = phase1(e.Value.State.Phase1), Iv = iv(e.Value.State.Iv, Block(e.Value.State.Phase1)) },
            }),
            Transactions = s.Transactions.ToImmutableSortedDictionary(e => e.Key, e => e.Value with
            {
                Resending = resending(e.Value.Resending),
                State = e.Value.State with { Phase1 = phase1(e.Value.State.Phase1), Iv = iv(e.Value.State.Iv, Block(e.Value.State.Phase1)) },
            }),
        };

    private static int Block(Phase1State phase1) => phase1.Suite!.Cipher.BlockLength;
}
