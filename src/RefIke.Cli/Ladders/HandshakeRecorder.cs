using System.Collections.Immutable;
using System.Text;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Oracle;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>
/// Makes a <see cref="Handshake"/> of what two endpoints tell. Resends are left out: how often they happen is the
/// machine's affair.
/// </summary>
internal sealed class HandshakeRecorder(Secret preSharedKey)
{
    private readonly Lock gate = new();
    private readonly List<(bool FromInitiator, Octets Datagram)> datagrams = [];
    private readonly List<HandshakeKey> keys = [];
    private readonly Observed observed = new();
    private Phase1State? isakmp;
    private IpsecPair? pair;
    private IpsecPair? peers;

    /// <summary>An effect of either endpoint, in the order in which they happened.</summary>
    public void Take(bool atInitiator, Effect effect)
    {
        lock (gate)
        {
            switch (effect)
            {
                case Effect.Send { IsResend: false } send:
                    datagrams.Add((atInitiator, send.Datagram));
                    break;
                case Effect.KeysDerived derived when atInitiator:
                    observed.Learn(derived.Phase1);
                    keys.AddRange(Phase1Keys(derived.Phase1));
                    break;
                case Effect.IsakmpEstablished established when atInitiator:
                    isakmp = established.Phase1;
                    break;
                case Effect.PairEstablished established when atInitiator:
                    pair = established.Pair;
                    keys.AddRange(Keymat(established.Pair));
                    break;
                case Effect.PairEstablished established:
                    peers = established.Pair;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>What was recorded, the messages opened.</summary>
    public Handshake Finish()
    {
        lock (gate)
        {
            var held = pair is not null && peers is not null && pair.Spi == peers.PeerSpi && pair.PeerSpi == peers.Spi
                && pair.Inbound.Equals(peers.Outbound) && pair.Outbound.Equals(peers.Inbound);
            return new Handshake([.. Messages()], [.. keys], isakmp, pair, held);
        }
    }

    private IEnumerable<HandshakeMessage> Messages()
    {
        var counts = new Dictionary<(ExchangeType, uint), int>();
        foreach (var ((fromInitiator, datagram), n) in datagrams.Select((d, n) => (d, n + 1)))
        {
            if (observed.Open(datagram) is not { } opened)
            {
                yield return new HandshakeMessage(n, fromInitiator, datagram, null, []);
                continue;
            }

            var exchange = (opened.Header.ExchangeType, opened.Header.MessageId);
            counts[exchange] = counts.GetValueOrDefault(exchange) + 1;
            var names = PayloadNames.InPlace(
                opened.Payloads, opened.Header.ExchangeType, fromInitiator, counts[exchange]);
            yield return new HandshakeMessage(n, fromInitiator, datagram, opened,
                [.. opened.Payloads.Zip(names, (p, name) =>
                    new HandshakePayload(name, p.Body.Length, [.. PayloadWords.Content(p)],
                        PayloadWords.Formula(name, names)))]);
        }
    }

    private IEnumerable<HandshakeKey> Phase1Keys(Phase1State phase1)
    {
        var (k, cipher) = (phase1.Keys!, phase1.Suite!.Cipher);
        return
        [
            .. phase1.Method == AuthenticationMethod.PreSharedKey
                ? [Key("pre-shared-key", preSharedKey,
                    $"\"{Encoding.UTF8.GetString(preSharedKey.Reveal())}\", known to both ends beforehand")]
                : Array.Empty<HandshakeKey>(),
            Key("SKEYID", k.SKEYID, phase1.Method switch
            {
                AuthenticationMethod.PreSharedKey => "prf(pre-shared-key, Ni_b | Nr_b)",
                AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption
                    => "prf(hash(Ni_b | Nr_b), CKY-I | CKY-R)",
                _ => "prf(Ni_b | Nr_b, g^xy)",
            }),
            Key("SKEYID_d", k.SKEYID_d, "prf(SKEYID, g^xy | CKY-I | CKY-R | 0)"),
            Key("SKEYID_a", k.SKEYID_a, "prf(SKEYID, SKEYID_d | g^xy | CKY-I | CKY-R | 1)"),
            Key("SKEYID_e", k.SKEYID_e, "prf(SKEYID, SKEYID_a | g^xy | CKY-I | CKY-R | 2)"),
            Key("Ka", k.Ka, k.SKEYID_e.Length >= cipher.KeyLength
                ? [$"{cipher.KeyLength} octets of SKEYID_e, for {cipher} (App. B)"]
                :
                [
                    $"{cipher.KeyLength} octets of K1 | K2 | …, for {cipher} (App. B)",
                    "K1 = prf(SKEYID_e, 0)",
                    "Kn = prf(SKEYID_e, Kn-1)",
                ]),
        ];
    }

    private IEnumerable<HandshakeKey> Keymat(IpsecPair pair)
        => pair.Bundle.Where(s => s.Suite.KeymatLength > 0).SelectMany(Keymat);

    private IEnumerable<HandshakeKey> Keymat(AgreedSa made)
    {
        var secret = made.Suite.PfsGroup is null ? "" : "g(qm)^xy | ";
        var parts = made.Suite switch
        {
            EspSuite { Cipher: var cipher, Authentication: var authentication } =>
                $"{cipher.KeyOctets} octets for {RegistryWords.Transform(Protocol.Esp, (byte)cipher.Transform)}, "
                + $"then {authentication.KeyOctets} for {RegistryWords.Of(authentication.Algorithm)}",
            AhSuite { Algorithm: var a } => $"{a.KeyOctets} octets for {RegistryWords.Of(a.Algorithm)}",
            var other => $"{other.KeymatLength} octets",
        };
        ImmutableArray<string> formula = made.Suite.KeymatLength <= isakmp!.Keys!.SKEYID_d.Length
            ? [$"prf(SKEYID_d, {secret}protocol | SPI | Ni_b | Nr_b): {parts}"]
            :
            [
                $"K1 | K2 | …: {parts}",
                $"K1 = prf(SKEYID_d, {secret}protocol | SPI | Ni_b | Nr_b)",
                $"Kn = prf(SKEYID_d, Kn-1 | {secret}protocol | SPI | Ni_b | Nr_b)",
            ];
        return
        [
            Key($"KEYMAT for SPI {made.PeerSpi:x8}, initiator to responder", made.Outbound, formula),
            Key($"KEYMAT for SPI {made.OwnSpi:x8}, responder to initiator", made.Inbound, formula),
        ];
    }

    /// <summary>A key that is known now.</summary>
    private HandshakeKey Key(string name, Secret value, params ImmutableArray<string> formula)
        => new(datagrams.Count, name, formula, value);
}
