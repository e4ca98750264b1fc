using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Vectors.Replay;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>
/// Datagrams and what the endpoints told, into a vector: reads each message and puts every value in its place.
/// </summary>
internal sealed class Transcriber(Inputs inputs, Phase1State keys)
{
    private readonly Phase1Suite suite = keys.Suite!;
    private readonly Dictionary<uint, Octets> ivs = new() { [0] = keys.Iv };
    private readonly Dictionary<int, ImmutableArray<Payload>> payloads = [];

    /// <summary>The next datagram; they come in the order in which they crossed the wire.</summary>
    public Datagram Message(int number, long at, Role from, ushort port, Octets octets)
    {
        if (!Header.TryRead(octets.Span, out var header, out _))
        {
            throw new InvalidDataException("not a datagram of ours");
        }

        var plain = new Datagram(number, at, from, port, header.ExchangeType, header.MessageId, "", null, null, null,
            null, octets);
        if (!header.IsEncrypted)
        {
            _ = MessageReader.TryRead(octets.Memory, out var message, out _);
            payloads[number] = message!.Payloads;
            return plain with { Payloads = Names(number) };
        }

        var iv = ivs.TryGetValue(header.MessageId, out var running)
            ? running
            : KeySchedule.Rfc2409.Phase2Iv(suite.Hash, ivs[0].Span, header.MessageId, suite.Cipher.BlockLength);
        _ = Protection.Open(octets, header, suite.Cipher, keys.Keys!.Ka, iv, out var opened);
        (payloads[number], ivs[header.MessageId]) = (opened!.Payloads, opened.LastBlock);
        return plain with
        {
            Payloads = Names(number),
            Iv = iv,
            Clear = opened.Clear,
            Padding = new byte[octets.Length - Header.Size - opened.Clear.Length],
            NextIv = opened.LastBlock,
        };
    }

    public VectorFile ToVector(Recipe recipe, ImmutableArray<Datagram> messages, ImmutableArray<Effect> initiator,
        ImmutableArray<Effect> responder)
    {
        var vector = new VectorFile(recipe.Name, "RefIke, both sides, with random octets derived from a seed",
            recipe.Shows, [], inputs, Phase1(), messages,
            [.. messages.Where(m => m.Exchange == ExchangeType.QuickMode).GroupBy(m => m.M_ID)
                .Select(g => QuickMode([.. g], initiator, responder))],
            [.. messages.Where(m => m.Exchange == ExchangeType.Informational).Select(
                m => new InformationalValues(m.M_ID, m.From, m.Iv!.Value, One<HashPayload>(m.Number).Data))]);
        return vector with { Flags = Vectors.Flags.Of(vector) };
    }

    private Phase1Values Phase1()
    {
        var name = $"{keys.CKY_I}/{keys.CKY_R}/00000000";
        var xi = Private(Role.Initiator, "xi", name, suite.Group);
        var xr = Private(Role.Responder, "xr", name, suite.Group);
        var k = keys.Keys!;
        return new Phase1Values(
            suite.Name, "preSharedKey", suite.LifeSeconds, keys.CKY_I.ToArray(), keys.CKY_R.ToArray(),
            One<SecurityAssociationPayload>(1).Body, xi, xr, keys.g_xi, keys.g_xr,
            Shared(suite.Group, xi!.Value, keys.g_xr), keys.Ni_b, keys.Nr_b,
            Octets(k.SKEYID), Octets(k.SKEYID_d), Octets(k.SKEYID_a), Octets(k.SKEYID_e), Octets(k.Ka),
            One<IdentificationPayload>(5).Body, One<HashPayload>(5).Data,
            One<IdentificationPayload>(6).Body, One<HashPayload>(6).Data, keys.Iv, ivs[0]);
    }

    /// <summary>KEYMAT is what the endpoints installed, at both ends the same.</summary>
    private QuickModeValues QuickMode(ImmutableArray<Datagram> m, ImmutableArray<Effect> initiator,
        ImmutableArray<Effect> responder)
    {
        var (M_ID, from, one) = (m[0].M_ID, m[0].From, m[0].Number);
        Octets?[] ids = [.. payloads[one].OfType<IdentificationPayload>().Select(p => (Octets?)p.Body), null, null];
        var begun = new QuickModeValues(M_ID, from, null, null, One<NoncePayload>(one).Data, null, null, null,
            Ke(one), null, null, ids[0], ids[1],
            m[0].Iv!.Value, One<HashPayload>(one).Data, null, null, Spi(one), null, null, null);
        if (m.Length != 3)
        {
            return begun;
        }

        var (pair, peers) = from == Role.Initiator ? (At(initiator), At(responder)) : (At(responder), At(initiator));
        if (!pair.Inbound.Equals(peers.Outbound) || !pair.Outbound.Equals(peers.Inbound))
        {
            throw new InvalidDataException("the sides do not agree on KEYMAT");
        }

        var group = pair.Suite.PfsGroup;
        var name = $"{pair.Exchange}";
        var other = from == Role.Initiator ? Role.Responder : Role.Initiator;
        var xi = group is null ? null : Private(from, "xi", name, group);
        var xr = group is null ? null : Private(other, "xr", name, group);
        return begun with
        {
            Suite = pair.Suite.Name,
            LifeSeconds = pair.Suite.LifeSeconds,
            Nr_b = One<NoncePayload>(m[1].Number).Data,
            xi = xi,
            xr = xr,
            g_xr = Ke(m[1].Number),
            g_qm_xy = group is null ? default(Octets?) : Shared(group, xi!.Value, Ke(m[1].Number)!.Value),
            HASH_2 = One<HashPayload>(m[1].Number).Data,
            HASH_3 = One<HashPayload>(m[2].Number).Data,
            SPI_r = Spi(m[1].Number),
            KEYMAT_i = Octets(pair.Inbound),
            KEYMAT_r = Octets(pair.Outbound),
        };

        IpsecPair At(ImmutableArray<Effect> told)
            => told.OfType<Effect.PairEstablished>().Single(e => e.Pair.Exchange.M_ID == M_ID).Pair;
    }

    private Octets? Private(Role whose, string purpose, string exchange, Group group)
    {
        var octets = inputs.Of(whose).Random.Single(d => d.Purpose == purpose && d.Exchange == exchange).Octets;
        return Octets(group.PrivateValue(Secret.Of(octets.Span)));
    }

    private static Octets Shared(Group group, Octets x, Octets peer)
    {
        var fault = DiffieHellman.Best.TrySharedSecret(group, Secret.Of(x.Span), peer.Span, out var g_xy);
        return fault == PublicValueFault.None ? Octets(g_xy!) : throw new InvalidDataException($"{fault}");
    }

    private T One<T>(int number)
        where T : Payload => payloads[number].OfType<T>().Single();

    private Octets? Ke(int number)
        => payloads[number].OfType<KeyExchangePayload>().Select(p => (Octets?)p.Data).SingleOrDefault();

    private Octets Spi(int number) => One<SecurityAssociationPayload>(number).Proposals[0].Spi;

    private string Names(int number) => Chain.Names(payloads[number].Select(p => (byte)p.Type));

    private static Octets Octets(Secret secret) => secret.Reveal().ToArray();
}
