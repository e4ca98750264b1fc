using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Wire;

namespace RefIke.Properties.Fuzzing;

/// <summary>
/// Garbage under the right key and IV of the endpoint's own exchanges, so that it is decrypted and read: messages 5 and
/// 6 of Main Mode, Quick Mode's three, New Group Mode's first, Informationals, Transactions. Its HASH is random or, as a
/// hostile peer would make it, right for the garbage.
/// </summary>
internal sealed class SealedGarbage(Random random, EndpointSetup setup)
{
    private static readonly KeySchedule Formulas = KeySchedule.Rfc2409;
    private static readonly MemoisedDiffieHellman Dh = new MemoisedDiffieHellman(DiffieHellman.Best);


    private static readonly Field[] IdFields =
        [new("ID Type", 0, 1), new("Protocol", 1, 1), new("Port", 2, 2), new("Data", 4, 4)];

    private Connection Connection => setup.Connections[0];

    /// <summary>A datagram for one of the exchanges that have keys; null where none has.</summary>
    public Octets? Make(EndpointState state, bool rightHash)
    {
        var keyed = state.Isakmp.Values.Where(e => e.Phase1.Keys is not null).ToArray();
        if (keyed.Length == 0)
        {
            return null;
        }

        var entry = keyed[random.Next(keyed.Length)];
        if (entry.Phase1.Step != Phase1Step.Established)
        {
            return Phase1Message(entry.Phase1, rightHash);
        }

        var open = state.QuickModes.Values.Where(q => q.Own == entry.Own.Value).ToArray();
        var asked = state.Transactions.Values.Where(t => t.Own == entry.Own.Value).ToArray();
        return random.Next(10) switch
        {
            < 5 when asked.Length > 0
                => Transaction(entry.Phase1, asked[random.Next(asked.Length)].State, rightHash),
            < 1 when entry.Access is not null => Transaction(entry.Phase1, null, rightHash),
            < 4 when open.Length > 0 => QuickModeMessage(open[random.Next(open.Length)].State, rightHash),
            < 6 => FirstQuickModeMessage(entry.Phase1, rightHash),
            6 => NewGroup(entry.Phase1, rightHash),
            _ => Informational(entry.Phase1, state, rightHash),
        };
    }

    /// <summary>Message 5 or 6: ID and HASH_I or HASH_R over a spoilt ID.</summary>
    private Octets Phase1Message(Phase1State p, bool rightHash)
    {
        var expected = Connection.PeerIdentity;
        var id = expected.Body.ToArray();
        if (random.Next(3) == 0)
        {
            Mutation.Change(random, id, IdFields);
        }

        var hash = rightHash ? Hash(p, id) : Mutation.Some(random, p.Suite!.Prf.Length);
        byte[] chain = [8, 0, .. Length(id), .. id, 0, 0, .. Length(hash), .. hash];
        var (first, spoilt) = rightHash && random.Next(2) == 0 ? ((byte)5, chain) : Mutation.Chain(random, 5, chain);
        return Seal(p, ExchangeType.MainMode, 0, p.Iv, first, spoilt);
    }

    /// <summary>The peer's HASH_I or HASH_R (RFC 2409 §5).</summary>
    private static byte[] Hash(Phase1State p, byte[] id)
    {
        var (prf, SKEYID) = (p.Suite!.Prf, p.Keys!.SKEYID);
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        return p.Role == Role.Responder
            ? Formulas.HASH_I(prf, SKEYID, p.g_xi.Span, p.g_xr.Span, CKY_I, CKY_R, p.SAi_b.Span, id)
            : Formulas.HASH_R(prf, SKEYID, p.g_xr.Span, p.g_xi.Span, CKY_R, CKY_I, p.SAi_b.Span, id);
    }

    private Octets FirstQuickModeMessage(Phase1State phase1, bool rightHash)
    {
        var id = Id();
        var rest = SaNonce(phase1, true);
        return Hashed(phase1, ExchangeType.QuickMode, id, Iv(phase1, id), rest,
            rightHash, octets => Formulas.HASH_1(phase1.Suite!.Prf, phase1.Keys!.SKEYID_a, id, octets));
    }

    /// <summary>What an open Quick Mode awaits: message 2, 3 or, where the Commit bit was set, 4.</summary>
    private Octets QuickModeMessage(QuickModeState q, bool rightHash)
    {
        var (phase1, id) = (q.Phase1, q.Name.M_ID);
        var (prf, key) = (phase1.Suite!.Prf, phase1.Keys!.SKEYID_a);
        if (q.Step == QuickModeStep.AwaitConnected)
        {
            var spi = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(spi, q.Pair!.PeerSpi);
            var connected = new NotificationPayload(Doi.Ipsec, Protocol.Esp, spi, NotifyType.Connected, Octets.Empty);
            return Hashed(phase1, ExchangeType.QuickMode, id, q.Iv, [connected], rightHash,
                octets => Formulas.HASH_1(prf, key, id, octets));
        }

        return q.Role == Role.Initiator
            ? Hashed(phase1, ExchangeType.QuickMode, id, q.Iv, SaNonce(phase1, false), rightHash,
                octets => Formulas.HASH_2(prf, key, id, q.Ni_b.Span, octets))
            : Hashed(phase1, ExchangeType.QuickMode, id, q.Iv, [], rightHash,
                _ => Formulas.HASH_3(prf, key, id, q.Ni_b.Span, q.Nr_b.Span));
    }

    /// <summary>What an open Transaction awaits, or the first message of one.</summary>
    private Octets Transaction(Phase1State phase1, TransactionState? open, bool rightHash)
    {
        var type = open?.Step switch
        {
            TransactionStep.AwaitReply => ConfigurationMessage.Reply,
            TransactionStep.AwaitAck => ConfigurationMessage.Ack,
            _ => random.Next(2) == 0 ? ConfigurationMessage.Request : ConfigurationMessage.Set,
        };
        var identifier = open is null || random.Next(4) == 0 ? (ushort)random.Next(0x10000) : open.Identifier;
        var id = open?.Name.M_ID ?? Id();
        return Hashed(phase1, ExchangeType.Transaction, id, open?.Iv ?? Iv(phase1, id),
            [new AttributesPayload(type, identifier, ConfigurationAttributes())], rightHash,
            octets => Formulas.HASH_1(phase1.Suite!.Prf, phase1.Keys!.SKEYID_a, id, octets));
    }

    /// <summary>Some of what XAUTH and Mode Config speak of: a stranger's name, a verdict, an address, nothing.</summary>
    private ImmutableArray<DataAttribute> ConfigurationAttributes() => random.Next(5) switch
    {
        0 => [],
        1 => [Attribute(ConfigurationAttribute.XauthUserName, "mallory"u8), Attribute(ConfigurationAttribute.XauthUserPassword, "guess"u8)],
        2 => [DataAttribute.Basic((ushort)ConfigurationAttribute.XauthStatus, (ushort)random.Next(3))],
        3 => [Attribute(ConfigurationAttribute.Ip4Address, Mutation.Some(random, random.Next(6)))],
        _ => [Attribute((ConfigurationAttribute)random.Next(0x8000), Mutation.Some(random, random.Next(20)))],
    };

    private static DataAttribute Attribute(ConfigurationAttribute type, ReadOnlySpan<byte> value)
        => DataAttribute.Variable((ushort)type, value.ToArray());

    /// <summary>An offer of a group, the first message of New Group Mode, in whatever state it is spoilt to.</summary>
    private Octets NewGroup(Phase1State phase1, bool rightHash)
    {
        var id = Id();
        var prime = new System.Numerics.BigInteger(Mutation.Some(random, 128), isUnsigned: true, isBigEndian: true);
        var group = GroupAttributes.Write((ushort)random.Next(32760, 65536), new GroupParameters.Modp(prime, 2));
        var sa = new SecurityAssociationPayload(Doi.Ipsec, Situation.IdentityOnly, null,
        [
            new ProposalPayload(1, Protocol.Isakmp, Octets.Empty,
                [new TransformPayload(1, (byte)IsakmpTransform.KeyIke, group)]),
        ]);
        return Hashed(phase1, ExchangeType.NewGroupMode, id, Iv(phase1, id), [sa], rightHash,
            octets => Formulas.HASH_1(phase1.Suite!.Prf, phase1.Keys!.SKEYID_a, id, octets));
    }

    private Octets Informational(Phase1State phase1, EndpointState state, bool rightHash)
    {
        var id = Id();
        return Hashed(
            phase1, ExchangeType.Informational, id, Iv(phase1, id), [NotifyOrDelete(phase1, state)], rightHash,
            octets => Formulas.HASH_1(phase1.Suite!.Prf, phase1.Keys!.SKEYID_a, id, octets));
    }

    /// <summary>SA, nonce, KE and identities as the peer would send them.</summary>
    private ImmutableArray<Payload> SaNonce(Phase1State phase1, bool offer)
    {
        var child = Connection.Children[0];
        var suites = child.Suites.Select(s => s.In(m => phase1.Profiles.Encapsulate(m, phase1))).ToImmutableArray();
        var payloads = ImmutableArray.CreateBuilder<Payload>();
        payloads.Add(Phase2Negotiation.Offer(offer ? suites : suites[..1], (uint)random.Next(256, int.MaxValue)));
        payloads.Add(new NoncePayload(Mutation.Some(random, 16)));
        if (suites[0].PfsGroup is { } group)
        {
            var x = new byte[group.PrivateLength];
            x[^1] = (byte)random.Next(8, 16);
            payloads.Add(new KeyExchangePayload(Dh.PublicValue(group, Secret.Of(x))));
        }

        payloads.AddRange(offer ? new Payload[] { child.Peer!, child.Own! } : [child.Own!, child.Peer!]);
        return payloads.ToImmutable();
    }

    private Payload NotifyOrDelete(Phase1State phase1, EndpointState state)
    {
        uint[] spis =
        [
            .. state.Pairs.Values.Select(p => p.PeerSpi),
            .. state.QuickModes.Values.Select(q => q.State.OwnSpi),
            .. state.QuickModes.Values.Select(q => q.State.Pair?.PeerSpi ?? 0),
        ];
        var spi = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(spi, spis.Length > 0 ? spis[random.Next(spis.Length)] : 0);
        byte[] cookies = [.. phase1.CKY_I.ToArray(), .. phase1.CKY_R.ToArray()];
        return random.Next(9) switch
        {
            0 => new DeletePayload(Doi.Ipsec, Protocol.Isakmp, 16, [cookies]),
            8 => new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, cookies,
                random.Next(2) == 0 ? NotifyType.RUThere : NotifyType.RUThereAck, Mutation.Some(random, 4)),
            < 4 => new DeletePayload(Doi.Ipsec, Protocol.Esp, 4, [spi]),
            _ => new NotificationPayload(
                Doi.Ipsec, Protocol.Esp, spi, (NotifyType)random.Next(40), Mutation.Some(random, random.Next(8))),
        };
    }

    /// <summary>
    /// HASH and what follows it: spoilt before a right HASH is made over it, or as a whole with a random one.
    /// </summary>
    private Octets Hashed(Phase1State phase1, ExchangeType exchange, uint id, Octets iv, ImmutableArray<Payload> rest,
        bool rightHash, Func<byte[], byte[]> hash)
    {
        var first = rest is [var p, ..] ? (byte)p.Type : (byte)0;
        var octets = MessageWriter.WritePayloads(rest);
        if (rightHash && random.Next(3) > 0)
        {
            (first, octets) = Mutation.Chain(random, first, octets);
        }

        var value = rightHash ? hash(octets) : Mutation.Some(random, phase1.Suite!.Prf.Length);
        byte[] chain = [first, 0, .. Length(value), .. value, .. octets];
        var (head, all) = rightHash ? ((byte)8, chain) : Mutation.Chain(random, 8, chain);
        return Seal(phase1, exchange, id, iv, head, all);
    }

    private Octets Seal(Phase1State phase1, ExchangeType exchange, uint id, Octets iv, byte first, byte[] chain)
    {
        var (cipher, block) = (phase1.Suite!.Cipher, phase1.Suite.Cipher.BlockLength);
        var surplus = random.Next(10) == 0 ? random.Next(40) : 0;
        var padded = new byte[(((chain.Length + block - 1) / block) + surplus) * block];
        random.NextBytes(padded);
        chain.CopyTo(padded, 0);
        var header = new Header(
            phase1.CKY_I, phase1.CKY_R, PayloadType.None, 0x10, exchange, HeaderFlags.Encryption, id, 0);
        var ciphertext = cipher.Encrypt(phase1.Keys!.Ka, iv.Span, padded);
        return MessageWriter.WriteEncrypted(header, (PayloadType)first, ciphertext);
    }

    private uint Id() => (uint)random.Next(1, int.MaxValue);

    private static Octets Iv(Phase1State phase1, uint id)
        => Formulas.Phase2Iv(phase1.Suite!.Hash, phase1.Iv.Span, id, phase1.Suite.Cipher.BlockLength);

    private static byte[] Length(byte[] body) => [(byte)((body.Length + 4) >> 8), (byte)((body.Length + 4) & 0xff)];
}
