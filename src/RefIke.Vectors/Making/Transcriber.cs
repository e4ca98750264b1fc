using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Vectors.Replay;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>
/// Datagrams and what the endpoints told, into a vector: reads each message and puts every value in its place.
/// </summary>
internal sealed class Transcriber
{
    private readonly Inputs inputs;
    private readonly Network network;
    private readonly Phase1State keys;
    private readonly Phase1State end;
    private readonly ImmutableArray<Effect> initiator;
    private readonly ImmutableArray<Effect> responder;
    private readonly Dictionary<uint, Octets> ivs;
    private readonly Dictionary<int, ImmutableArray<(byte Type, byte[] Body)>> payloads = [];
    private readonly Dictionary<(Role, ushort), List<Octets>> fragments = [];

    public Transcriber(Inputs inputs, ImmutableArray<Effect> initiator, ImmutableArray<Effect> responder)
    {
        (this.inputs, this.initiator, this.responder) = (inputs, initiator, responder);
        network = new Network(inputs);
        // The responder derives with its last clear message: its record still has the first IV.
        keys = responder.OfType<Effect.KeysDerived>().Single().Phase1;
        end = responder.OfType<Effect.IsakmpEstablished>().Single().Phase1;
        ivs = new() { [0] = keys.Iv };
    }

    /// <summary>The next datagram; they come in the order in which they crossed the wire.</summary>
    public Datagram Message(int number, long at, Effect.Send sent)
    {
        var from = $"{sent.Local.Address}" == inputs.Initiator.Address ? Role.Initiator : Role.Responder;
        var straight = Setups.At(inputs.Other(from), sent.Local.Port);
        var header = HeaderOf(sent.Datagram);
        var plain = new Datagram(number, at, from, (ushort)sent.Local.Port, header.ExchangeType, header.MessageId,
            "FRAG", null, null, null, null, sent.Datagram)
        {
            SentTo = sent.Remote.Equals(straight) ? null : $"{sent.Remote}",
            ArrivedFrom = network.Outside(sent.Local) is var seen && seen.Equals(sent.Local) ? null : $"{seen}",
        };
        if (header.NextPayload == PayloadType.Fragment)
        {
            return Gather(from, sent.Datagram) is { } whole ? Read(plain with { Gathered = whole }) : plain;
        }

        return Read(plain);
    }

    public VectorFile ToVector(Recipe recipe, ImmutableArray<Datagram> messages)
    {
        var quick = new QuickModeTranscript(this);
        var vector = new VectorFile(recipe.Name, "RefIke, both sides, with random octets derived from a seed",
            recipe.Shows, [], [], inputs, new Phase1Transcript(this, messages).Values(), messages,
            [.. Exchanges(messages, ExchangeType.QuickMode).Select(quick.Values)],
            [.. messages.Where(m => m.Exchange == ExchangeType.Informational && m.IsWhole).Select(
                m => new InformationalValues(m.M_ID, m.From, m.Iv!.Value, Body(m.Number, PayloadType.Hash)))])
        {
            Transactions = Some(Exchanges(messages, ExchangeType.Transaction).Select(t => new TransactionValues(
                t[0].M_ID, t[0].From, t[0].Iv!.Value, [.. t.Select(Attributes)]))),
            NewGroups = Some(Exchanges(messages, ExchangeType.NewGroupMode).Select(NewGroup)),
        };
        vector = vector with { Flags = Vectors.Flags.Of(vector) };
        return vector with { Clauses = ShownClauses.Of(vector) };
    }

    /// <summary>What the sides know once the keys are derived, with the first IV.</summary>
    internal Phase1State Derived => keys;

    /// <summary>What the responder knows at the end of phase 1.</summary>
    internal Phase1State Established => end;

    internal Inputs Inputs => inputs;

    /// <summary>The last ciphertext block of phase 1, or the first IV where there is none.</summary>
    internal Octets LastBlock => ivs[0];

    internal ImmutableArray<Effect> Told(Role role) => role == Role.Initiator ? initiator : responder;

    /// <summary>Types and bodies of a message's payloads.</summary>
    internal ImmutableArray<(byte Type, byte[] Body)> Payloads(int number) => payloads[number];

    /// <summary>The body of the first payload of a type.</summary>
    internal Octets Body(int number, PayloadType type) => payloads[number].First(p => p.Type == (byte)type).Body;

    /// <summary>The private value that a group makes of the octets that a side drew for it.</summary>
    internal Octets Private(Role whose, string purpose, Func<string, bool> exchange, Group group)
    {
        var draw = inputs.Of(whose).Random.Single(d => d.Purpose == purpose && exchange(d.Exchange));
        return group.PrivateValue(Secret.Of(draw.Octets.Span)).Reveal().ToArray();
    }

    internal static Octets Shared(Group group, Octets x, Octets peer)
    {
        var fault = DiffieHellman.Best.TrySharedSecret(group, Secret.Of(x.Span), peer.Span, out var g_xy);
        return fault == PublicValueFault.None
            ? g_xy!.Reveal().ToArray()
            : throw new InvalidDataException($"{fault}");
    }

    private static Header HeaderOf(Octets datagram) => Header.TryRead(datagram.Span, out var header, out _)
        ? header
        : throw new InvalidDataException("not a datagram of ours");

    private static IEnumerable<ImmutableArray<Datagram>> Exchanges(ImmutableArray<Datagram> all, ExchangeType type)
        => all.Where(m => m.Exchange == type && m.IsWhole).GroupBy(m => m.M_ID).Select(g => g.ToImmutableArray());

    private static ImmutableArray<T>? Some<T>(IEnumerable<T> all)
        => all.ToImmutableArray() is { IsEmpty: false } some ? some : null;

    /// <summary>The message whose last fragment this is.</summary>
    private Octets? Gather(Role from, Octets datagram)
    {
        var fragment = datagram.Slice(Header.Size + 4, datagram.Length - Header.Size - 4);
        var id = (ushort)((fragment.Span[0] << 8) | fragment.Span[1]);
        if (!fragments.TryGetValue((from, id), out var parts))
        {
            fragments[(from, id)] = parts = [];
        }

        parts.Add(fragment.Slice(4, fragment.Length - 4));
        return (fragment.Span[3] & 1) == 0 ? null : (Octets?)parts.SelectMany(p => p.ToArray()).ToArray();
    }

    private Datagram Read(Datagram m)
    {
        var header = HeaderOf(m.Whole);
        if (!header.IsEncrypted)
        {
            payloads[m.Number] = Chain.Read((byte)header.NextPayload, m.Whole.Span[Header.Size..]);
            return m with { Payloads = Names(m.Number) };
        }

        var suite = keys.Suite!;
        var iv = ivs.TryGetValue(header.MessageId, out var running)
            ? running
            : KeySchedule.Rfc2409.Phase2Iv(suite.Hash, ivs[0].Span, header.MessageId, suite.Cipher.BlockLength);
        if (Protection.Open(m.Whole, header, suite.Cipher, keys.Keys!.Ka, iv, out var opened) is { } rejection)
        {
            throw new InvalidDataException($"message {m.Number}: {rejection.Reason}");
        }

        payloads[m.Number] = Chain.Read((byte)header.NextPayload, opened!.Clear.Span);
        ivs[header.MessageId] = opened.LastBlock;
        return m with
        {
            Payloads = Names(m.Number),
            Iv = iv,
            Clear = opened.Clear,
            Padding = new byte[m.Whole.Length - Header.Size - opened.Clear.Length],
            NextIv = opened.LastBlock,
        };
    }

    private TransactionMessage Attributes(Datagram m)
    {
        var attributes = Body(m.Number, PayloadType.Attributes).Span;
        return new TransactionMessage((ConfigurationMessage)attributes[0], (attributes[2] << 8) | attributes[3],
            Body(m.Number, PayloadType.Hash));
    }

    private NewGroupValues NewGroup(ImmutableArray<Datagram> m)
    {
        var agreed = Told(m[0].From).OfType<Effect.GroupAgreed>().Single(a => a.Exchange.M_ID == m[0].M_ID);
        return new NewGroupValues(m[0].M_ID, m[0].From, agreed.Number, m[0].Iv!.Value,
            Body(m[0].Number, PayloadType.Hash), Body(m[1].Number, PayloadType.Hash));
    }

    private string Names(int number) => Chain.Names(payloads[number].Select(p => p.Type));
}
