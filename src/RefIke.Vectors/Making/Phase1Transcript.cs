using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Crypto.Signatures;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Vectors.Replay;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

/// <summary>Phase 1's values of a vector, of what the sides told and sent.</summary>
internal sealed class Phase1Transcript(Transcriber t, ImmutableArray<Datagram> messages)
{
    private readonly ImmutableArray<Datagram> phase1 = [.. messages.Where(m => m.M_ID == 0 && m.IsWhole)];

    public Phase1Values Values()
    {
        var (keys, end) = (t.Derived, t.Established);
        var (k, group) = (keys.Keys!, keys.Suite!.Group);
        var (xi, xr) = (Private(Role.Initiator, "xi", group), Private(Role.Responder, "xr", group));
        var values = new Phase1Values(
            keys.Suite.Name, keys.Suite.Method, keys.Suite.LifeSeconds, keys.CKY_I.ToArray(), keys.CKY_R.ToArray(),
            t.Body(phase1[0].Number, PayloadType.SecurityAssociation), xi, xr, keys.g_xi, keys.g_xr,
            Transcriber.Shared(group, xi, keys.g_xr), keys.Ni_b, keys.Nr_b,
            Octets(k.SKEYID), Octets(k.SKEYID_d), Octets(k.SKEYID_a), Octets(k.SKEYID_e), Octets(k.Ka),
            end.IDii!.Body, default, end.IDir!.Body, default, keys.Iv, t.LastBlock)
        {
            SIG_I = Last(Role.Initiator, PayloadType.Signature),
            SIG_R = Last(Role.Responder, PayloadType.Signature),
        };
        values = values with { HASH_I = Hash(values, Role.Initiator), HASH_R = Hash(values, Role.Responder) };
        return t.Inputs.Method switch
        {
            AuthenticationMethod.RsaEncryption => values with { HASH_1 = Named(), EncryptedBodies = Encrypted(values) },
            AuthenticationMethod.RevisedRsaEncryption => Revised(values) is var revised
                ? revised with { HASH_1 = Named(), EncryptedBodies = Encrypted(revised) }
                : values,
            _ => values,
        };
    }

    /// <summary>HASH_I or HASH_R as it was sent, or as it was signed.</summary>
    private Octets Hash(Phase1Values v, Role role)
    {
        if ((role == Role.Initiator ? v.SIG_I : v.SIG_R) is null)
        {
            return Last(role, PayloadType.Hash)!.Value;
        }

        SignatureMethod.TryGet((int)XauthMethods.Alone(v.Method), out var method);
        return Phase1Check.Hash(v, role, method!.HashPrf(t.Derived.Suite!.Prf));
    }

    private Phase1Values Revised(Phase1Values v)
    {
        var (f, suite) = (RevisedKeySchedule.Rfc2409, t.Derived.Suite!);
        var Ne_i = f.Ne_i(suite.Prf, Secret.Of(v.Ni_b.Span), v.CKY_I.Span);
        var Ne_r = f.Ne_r(suite.Prf, Secret.Of(v.Nr_b.Span), v.CKY_R.Span);
        return v with
        {
            Ne_i = Octets(Ne_i),
            Ke_i = Octets(f.Ke_i(suite.Prf, Ne_i, suite.Cipher)),
            Ne_r = Octets(Ne_r),
            Ke_r = Octets(f.Ke_r(suite.Prf, Ne_r, suite.Cipher)),
        };
    }

    /// <summary>HASH(1), which stands before the initiator's nonce.</summary>
    private Octets? Named()
    {
        var first = phase1.First(m => m.From == Role.Initiator && Has(m, PayloadType.Nonce));
        return Has(first, PayloadType.Hash) ? t.Body(first.Number, PayloadType.Hash) : default(Octets?);
    }

    private ImmutableArray<EncryptedBody> Encrypted(Phase1Values v)
        => [.. phase1.Where(m => m.Clear is null && Has(m, PayloadType.Nonce)).SelectMany(m => Encrypted(v, m))];

    /// <summary>The bodies that this message has encrypted, in their order.</summary>
    private IEnumerable<EncryptedBody> Encrypted(Phase1Values v, Datagram m)
    {
        var (receiver, suite) = (m.From == Role.Initiator ? Role.Responder : Role.Initiator, t.Derived.Suite!);
        var publicKey = m.From == Role.Initiator ? "PubKey_r" : "PubKey_i";
        var (name, Ke) = m.From == Role.Initiator ? ("Ke_i", v.Ke_i) : ("Ke_r", v.Ke_r);
        var key = (RsaPrivateKey)KeyReading.Private(t.Inputs.Of(receiver).Keys!.PrivateKey!.Value);
        Octets iv = new byte[suite.Cipher.BlockLength];
        var cipher = Ke is null ? null : new PayloadCipher(suite.Cipher, Secret.Of(Ke.Value.Span));
        var behindNonce = false;
        foreach (var (type, body) in t.Payloads(m.Number))
        {
            var payload = Chain.Names([type]);
            if (payload is "NONCE" || (Ke is null && payload is "ID"))
            {
                behindNonce = true;
                var clear = RsaEncryption.Rfc2409.Decrypt(key, body, 4, 256);
                yield return new EncryptedBody(m.Number, payload, publicKey, null, Octets(clear), body);
            }
            else if (behindNonce && cipher is not null && payload is not "HASH")
            {
                _ = cipher.TryDecrypt(body, out var clear, out cipher, out _);
                yield return new EncryptedBody(m.Number, payload, name, iv, clear!, body);
                iv = body[^suite.Cipher.BlockLength..];
            }
        }
    }

    private bool Has(Datagram m, PayloadType type) => t.Payloads(m.Number).Any(p => p.Type == (byte)type);

    private Octets? Last(Role from, PayloadType type)
        => phase1.LastOrDefault(m => m.From == from && Has(m, type)) is { } m ? t.Body(m.Number, type) : default(Octets?);

    /// <summary>In Aggressive Mode the initiator draws it before it knows CKY-R.</summary>
    private Octets Private(Role whose, string purpose, Group group)
        => t.Private(whose, purpose, e => e.StartsWith($"{t.Derived.CKY_I}/", StringComparison.Ordinal)
            && e.EndsWith("/00000000", StringComparison.Ordinal), group);

    private static Octets Octets(Secret secret) => secret.Reveal().ToArray();
}
