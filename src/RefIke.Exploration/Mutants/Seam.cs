using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Exploration.Worlds;
using RefIke.Wire;

namespace RefIke.Exploration.Mutants;

/// <summary>The places at which a fault is put into an endpoint: what sets it up, and what goes into a step and comes out.</summary>
internal static class Seam
{
    /// <summary>A formula substituted.</summary>
    public static Mutant Formula(string id, string words, string clause, KeySchedule formulas)
        => Setup(id, words, clause, setup => setup with { Formulas = formulas });

    /// <summary>What an endpoint is set up with, changed.</summary>
    public static Mutant Setup(string id, string words, string clause, Func<EndpointSetup, EndpointSetup> change)
        => new(id, words, clause) { Change = change };

    /// <summary>Diffie-Hellman, changed.</summary>
    public static Mutant DiffieHellman(string id, string words, string clause, Func<IDiffieHellman, IDiffieHellman> change)
        => Setup(id, words, clause, setup => setup with { DiffieHellman = change(setup.DiffieHellman) });

    /// <summary>What is said of every connection, changed.</summary>
    public static Mutant Policy(string id, string words, string clause, Func<Connection, Connection> change)
        => Setup(id, words, clause, setup => setup with { Connections = [.. setup.Connections.Select(change)] });

    /// <summary>One guard of a table always holds, the one beside it never: its row goes from the table.</summary>
    public static Mutant Unguarded(string id, string words, string clause, string table, string always, string never) => new(id, words, clause)
    {
        Change = setup => setup with
        {
            Wiring = setup.Wiring with
            {
                Guards = setup.Wiring.Guards.SetItem($"{table}.{always}", (_, _) => true).SetItem($"{table}.{never}", (_, _) => false),
            },
        },
        InTables = row => $"{row.Exchange}.{row.Role}" != table ? row
            : row.Guard == never ? null : row.Guard == always ? row with { Guard = "Always" } : row,
    };

    /// <summary>
    /// A proof of phase 1 that is believed where the fault says so: the guard holds, those beside it do not, and the peer is who it
    /// claims to be.
    /// </summary>
    public static Mutant Believing(string id, string words, string clause, ImmutableArray<string> tables, string proof,
        ImmutableArray<string> refusals, Func<Phase1Turn, bool> believes) => Setup(id, words, clause, setup =>
    {
        var guards = setup.Wiring.Guards;
        foreach (var table in tables)
        {
            guards = guards.SetItem($"{table}.{proof}", (turn, holds) => holds || Believe((Phase1Turn)turn));
            foreach (var refusal in refusals)
            {
                guards = guards.SetItem($"{table}.{refusal}", (turn, holds) => holds && !believes((Phase1Turn)turn));
            }
        }

        return setup with { Wiring = setup.Wiring with { Guards = guards } };

        bool Believe(Phase1Turn turn)
        {
            if (!believes(turn))
            {
                return false;
            }

            var claimed = turn.After.Role == Exchanges.Role.Initiator ? turn.After.IDir : turn.After.IDii;
            turn.After = turn.After with { PeerIdentity = claimed };
            return true;
        }
    });

    /// <summary>The state after each step, changed.</summary>
    public static Mutant States(string id, string words, string clause, Func<EndpointState, EndpointState, EndpointState> alter)
        => Steps(id, words, clause, (before, _, _, after, effects) => (alter(before, after), effects));

    /// <summary>The effects of each step, changed one by one.</summary>
    public static Mutant Effects(string id, string words, string clause, Func<Input, Effect, ImmutableArray<Effect>> alter)
        => Steps(id, words, clause, (_, _, input, after, effects) => (after, [.. effects.SelectMany(e => alter(input, e))]));

    /// <summary>What comes out of each step, changed.</summary>
    public static Mutant Steps(string id, string words, string clause,
        Func<EndpointState, Instant, Input, EndpointState, ImmutableArray<Effect>, (EndpointState, ImmutableArray<Effect>)> alter)
        => new(id, words, clause) { Around = Around.Outcome(alter) };

    /// <summary>The state that a step begins with, changed; what the fault leaves as it is stands after it as it would have.</summary>
    public static Mutant Before(string id, string words, string clause, Func<EndpointState, Instant, Input, EndpointState> alter)
        => new(id, words, clause) { Around = step => (state, now, input) => step(alter(state, now, input), now, input) };

    /// <summary>What goes into each step, changed; null for what is not noticed at all.</summary>
    public static Mutant Inputs(string id, string words, string clause, Func<EndpointState, Input, Input?> alter) => new(id, words, clause)
    {
        Around = step => (state, now, input) => alter(state, input) is { } other ? step(state, now, other) : (state, []),
    };

    /// <summary>A message, opened and changed before the endpoint takes it: so a fault is written that accepts what is wrong.</summary>
    public static Mutant Taken(string id, string words, string clause, Func<Letter, EndpointState, Letter> alter)
        => Arriving(id, words, clause, (datagram, state) => Letter.Open(datagram, [state], null) is { } letter
            && alter(letter, state) is var other && other != letter ? other.Write() : datagram);

    /// <summary>The same without its being opened: single octets of a datagram, which need not be a message at all.</summary>
    public static Mutant Arriving(string id, string words, string clause, Func<Octets, EndpointState, Octets> alter) => new(id, words, clause)
    {
        Around = step => (state, now, input) =>
        {
            if (input is not Input.DatagramArrived real)
            {
                return step(state, now, input);
            }

            var taken = alter(real.Datagram, state);
            if (taken == real.Datagram)
            {
                return step(state, now, input);
            }

            var (after, effects) = step(state, now, real with { Datagram = taken });
            return Pretence.Received(state, after, effects, taken, real.Datagram);
        },
    };

    /// <summary>A message of ours, opened and changed before it goes out; sent again it is the same.</summary>
    public static Mutant Sent(string id, string words, string clause, Func<Letter, EndpointState, Letter> alter)
        => Steps(id, words, clause, (before, _, input, after, effects) => Rewritten(before, input, after, effects, alter));

    /// <summary>What comes out of a step, each new message of ours opened and changed.</summary>
    public static (EndpointState State, ImmutableArray<Effect> Effects) Rewritten(EndpointState before, Input input,
        EndpointState after, ImmutableArray<Effect> effects, Func<Letter, EndpointState, Letter> alter)
    {
        var received = (input as Input.DatagramArrived)?.Datagram;
        foreach (var send in effects.OfType<Effect.Send>().Where(s => !s.IsResend))
        {
            if (Letter.Open(send.Datagram, [after, before], received) is { } letter
                && alter(letter, after) is var other && other != letter)
            {
                Octets written = other.Write();
                effects = effects.Replace(send, send with { Datagram = written });
                after = Pretence.Sent(after, send.Datagram, written);
            }
        }

        return (after, effects);
    }

    /// <summary>The same with single octets of the datagram, which need not be a message afterwards.</summary>
    public static Mutant Leaving(string id, string words, string clause, Func<Octets, EndpointState, Octets> alter)
        => Steps(id, words, clause, (_, _, _, after, effects) =>
        {
            foreach (var send in effects.OfType<Effect.Send>().Where(s => !s.IsResend))
            {
                if (alter(send.Datagram, after) is var written && written != send.Datagram)
                {
                    effects = effects.Replace(send, send with { Datagram = written });
                    after = Pretence.Sent(after, send.Datagram, written);
                }
            }

            return (after, effects);
        });
}
