using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Crypto.Signatures;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>Public values, keys and proofs that are made, kept or believed wrongly.</summary>
internal static class KeyingMutants
{
    private static readonly ImmutableArray<string> Hashing =
        ["MainModePsk.Initiator", "MainModePsk.Responder", "AggressiveModePsk.Initiator", "AggressiveModePsk.Responder"];

    public static IEnumerable<Mutant> All => [.. Values, .. Keys, .. Proofs];

    private static IEnumerable<Mutant> Values =>
    [
        DiffieHellman("M-23", "leading zeros of a public value are not sent", "2409-5-05", inner => new Altered(inner)
        {
            Value = (group, value) => value.AsSpan().TrimStart((byte)0).ToArray(),
        }),
        DiffieHellman("M-24", "a public value of another length is filled up with zeros, or cut", "2409-5-05", inner => new Altered(inner)
        {
            Received = (group, value) => value.Length == group.PublicLength ? value
                : [.. new byte[Math.Max(0, group.PublicLength - value.Length)], .. value.AsSpan(Math.Max(0, value.Length - group.PublicLength))],
        }),
        DiffieHellman("M-98", "a point that is not on its curve is taken, and the secret is a known one", "2409-5-05", inner => new Altered(inner)
        {
            Takes = fault => fault is PublicValueFault.NotOnCurve or PublicValueFault.SmallOrder or PublicValueFault.NotInSubgroup,
        }),
        Setup("M-153", "g^x is computed before the cookie has come back", "2408-2.5.3-01", setup => setup with
        {
            Wiring = setup.Wiring with
            {
                Sends = setup.Wiring.Sends.SetItem("MainModePsk.Responder.SaPayload", (turn, send) =>
                {
                    send();
                    var group = ((Phase1Turn)turn).After.Suite!.Group;
                    setup.DiffieHellman.PublicValue(group, Secret.Of(setup.Randomness.Bytes("xr", ((Phase1Turn)turn).After.Name, group.PrivateLength)));
                }),
            },
        }),
    ];

    private static IEnumerable<Mutant> Keys =>
    [
        Steps("M-72", "phase 2's IVs come from the first block of phase 1, not from the last", "2409-B-07", (before, _, _, after, effects)
            => effects.OfType<Effect.IsakmpEstablished>().FirstOrDefault() is { } up && after.Isakmp.TryGetValue(up.Own.Value, out var entry)
                && entry.Phase1 is var p
                ? (after with { Isakmp = after.Isakmp.SetItem(up.Own.Value, entry with { Phase1 = p with { Iv = FirstIv(p) } }) }, effects)
                : (after, effects)),
        Pairs("M-73", "KEYMAT of each direction is made with the SPI of the other", "2409-5.5-15", p => p with
        {
            Inbound = p.Outbound,
            Outbound = p.Inbound,
            Bundle = [.. p.Bundle.Select(s => s with { Inbound = s.Outbound, Outbound = s.Inbound })],
        }),
        Pairs("M-76", "the authentication key is taken from KEYMAT before the cipher's", "2409-B-12", p => p.Suite is EspSuite esp ? p with
        {
            Inbound = Turned(p.Inbound, esp.Cipher.KeyOctets),
            Outbound = Turned(p.Outbound, esp.Cipher.KeyOctets),
            Bundle = [.. p.Bundle.Select(s => s.Suite is EspSuite e ? s with
            {
                Inbound = Turned(s.Inbound, e.Cipher.KeyOctets),
                Outbound = Turned(s.Outbound, e.Cipher.KeyOctets),
            } : s)],
        } : p),
        States("M-80", "private values are kept after use", "2409-10-05", (before, after) => after with
        {
            Isakmp = after.Isakmp.ToImmutableSortedDictionary(e => e.Key, e => before.Isakmp.GetValueOrDefault(e.Key)?.Phase1.X is { } x
                ? e.Value with { Phase1 = e.Value.Phase1 with { X = x } } : e.Value),
        }),
    ];

    private static IEnumerable<Mutant> Proofs =>
    [
        Believing("M-29", "the port of a phase 1 identity is not looked at", "2407-4.6.2-02", Hashing, "HashMatches", ["IdentityRefused"],
            t => t.Rejection is Rejection.WrongIdentity && Claimed(t) is { } id && t.Before.Terms?.PeerIdentity is { } expected
                && id.IdType == expected.IdType && id.Data == expected.Data),
        Believing("M-93", "our own identity is taken for the peer's", "2407-4.6.2-02", Hashing, "HashMatches", ["IdentityRefused"],
            t => t.Rejection is Rejection.WrongIdentity && Claimed(t) is { } id && t.Before.Terms?.OwnIdentity is { } own
                && id.IdType == own.IdType && id.Data == own.Data),
        Believing("M-84", "HASH_I comes back and is taken for HASH_R", "2409-5-18", ["MainModePsk.Initiator"], "HashMatches", ["HashDiffers"],
            t => t.After is { Keys: { } keys, Suite: { } suite, IDii: { } id } p && t.Payloads.OfType<HashPayload>().FirstOrDefault() is { } hash
                && Claimed(t) is not null && hash.Data == KeySchedule.Rfc2409.HASH_I(suite.Prf, keys.SKEYID, p.g_xi.Span, p.g_xr.Span,
                    p.CKY_I.ToArray(), p.CKY_R.ToArray(), p.SAi_b.Span, id.Body.Span)),
        Believing("M-89", "a signature is not verified where no certificate came with it", "2409-5.1-06",
            ["MainModeSig.Initiator", "MainModeSig.Responder", "AggressiveModeSig.Responder"], "SignatureMatches",
            ["SignatureDiffers", "CertificateRefused", "SignerRefused"], t => t.After.CertificatesReceived.IsEmpty && Claimed(t) is not null),
        States("M-85", "the offer is written anew before it is hashed", "2409-3.2-03", (before, after) => after with
        {
            Isakmp = after.Isakmp.ToImmutableSortedDictionary(e => e.Key, e => before.Isakmp.ContainsKey(e.Key)
                ? e.Value : e.Value with { Phase1 = e.Value.Phase1 with { SAi_b = Rewritten(e.Value.Phase1.SAi_b) } }),
        }),
        Setup("M-90", "an RSA signature is made over the HASH with its name in front", "2409-5.1-03",
            setup => setup with { OwnSignatures = new WithDigestInfo() }),
        Setup("M-95", "with public key encryption a nonce or an identity in clear is taken", "2409-5.2-01",
            setup => setup with { Encryption = new ClearToo() }),
    ];

    private static Mutant Pairs(string id, string words, string clause, Func<IpsecPair, IpsecPair> change)
        => Steps(id, words, clause, (before, _, _, after, effects) =>
        {
            var fresh = effects.OfType<Effect.PairEstablished>().Select(e => e.Pair.Spi).ToHashSet();
            return (after with
            {
                Pairs = after.Pairs.ToImmutableSortedDictionary(p => p.Key, p => fresh.Contains(p.Key) ? change(p.Value) : p.Value),
            }, [.. effects.Select(e => e is Effect.PairEstablished up ? up with { Pair = change(up.Pair) } : e)]);
        });

    private static IdentificationPayload? Claimed(Phase1Turn t) => t.Before.Role == Role.Initiator ? t.After.IDir : t.After.IDii;

    private static Octets FirstIv(Phase1State p)
        => KeySchedule.Rfc2409.Phase1Iv(p.Suite!.Hash, p.g_xi.Span, p.g_xr.Span, p.Suite.Cipher.BlockLength);

    private static Secret Turned(Secret keymat, int first) => Secret.Of([.. keymat.Reveal()[first..], .. keymat.Reveal()[..first]]);

    /// <summary>An SA body with every number in its shortest form: what comes of reading it and writing what was understood.</summary>
    private static Octets Rewritten(Octets body)
    {
        Payload[] chain = [new UnknownPayload(PayloadType.SecurityAssociation, body)];
        return MessageReader.TryReadPayloads(PayloadType.SecurityAssociation, MessageWriter.WritePayloads([.. chain]), 0, out var read, out _, out _)
            && read is [SecurityAssociationPayload sa]
            ? (sa with
            {
                Proposals = [.. sa.Proposals.Select(p => p with
                {
                    Transforms = [.. p.Transforms.Select(t => t with
                    {
                        Attributes = [.. t.Attributes.Select(a => a.TryGetNumber(out var n) ? DataAttribute.Number(a.Type, n) : a)],
                    })],
                })],
            }).Body : body;
    }

    /// <summary>Diffie-Hellman with a value changed before it is sent or looked at, or a fault not found.</summary>
    private sealed class Altered(IDiffieHellman inner) : IDiffieHellman
    {
        public Func<Group, byte[], byte[]> Value { get; init; } = (_, value) => value;

        public Func<Group, byte[], byte[]> Received { get; init; } = (_, value) => value;

        public Func<PublicValueFault, bool> Takes { get; init; } = _ => false;

        public string Name => inner.Name;

        public byte[] PublicValue(Group group, Secret x) => Value(group, inner.PublicValue(group, x));

        public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue)
            => inner.Check(group, Received(group, publicValue.ToArray())) is var fault && Takes(fault) ? PublicValueFault.None : fault;

        public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
        {
            var fault = inner.TrySharedSecret(group, x, Received(group, peer.ToArray()), out g_xy);
            if (!Takes(fault))
            {
                return fault;
            }

            g_xy = Secret.Of(new byte[group.PublicLength]);
            return PublicValueFault.None;
        }
    }

    private sealed class ClearToo : RsaEncryption
    {
        public override Secret Decrypt(RsaPrivateKey key, ReadOnlySpan<byte> ciphertext, int shortest, int longest)
            => ciphertext.Length >= shortest && ciphertext.Length <= longest && ciphertext.Length < key.PublicKey.Length
                ? Secret.Of(ciphertext) : base.Decrypt(key, ciphertext, shortest, longest);
    }

    /// <summary>As PKCS #1 has it elsewhere: DigestInfo, here that of SHA-1, and in it the HASH.</summary>
    private sealed class WithDigestInfo : OwnSignatures
    {
        public override byte[] Sign(SignatureMethod method, PrivateKey? key, ReadOnlySpan<byte> HASH) => key is RsaPrivateKey
            ? base.Sign(method, key, [.. Convert.FromHexString("3021300906052b0e03021a05000414"), .. HASH]) : base.Sign(method, key, HASH);
    }
}
